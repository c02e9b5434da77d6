"""What the directory adds to Wagtail's administration."""

from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet

from directory.admin import bulk, menu, removing
from directory.admin import urls as admin_urls
from directory.admin.choosers import market_chooser
from directory.admin.listings import refuse_all_in_list
from directory.models import ContactChange, Listing

register_snippet(menu.DirectoryGroup)

for action in (bulk.Publish, bulk.Unpublish, bulk.MarkVerified, bulk.ChangeCategory):
    hooks.register("register_bulk_action", action)
# After Wagtail's own, whose place it takes.
hooks.register("register_bulk_action", removing.Remove, order=1)
hooks.register("before_bulk_action", refuse_all_in_list)


@hooks.register("register_admin_urls")
def register_pages():
    """Requests, duplicates, and what the form asks while one types."""
    return [path("annuaire/", include(admin_urls))]


@hooks.register("register_admin_viewset")
def register_market_chooser():
    """The window to choose a market."""
    return market_chooser


@hooks.register("construct_homepage_panels")
def add_directory_panel(request, panels):
    """First on the first page."""
    panels.append(menu.DirectoryPanel())


@hooks.register("insert_global_admin_css")
def add_css():
    """Our few rules."""
    return format_html('<link rel="stylesheet" href="{}">', static("directory/admin/admin.css"))


@hooks.register("insert_editor_js")
def add_js():
    """Communes proposed while one types."""
    return format_html(
        '<script type="module" src="{}"></script>', static("directory/admin/communes.js")
    )


@hooks.register("construct_snippet_action_menu")
def publish_first(items, request, context):
    """A volunteer comes to put something right: publishing is the button, a draft the choice."""
    if context["model"] is Listing:
        items.sort(key=lambda item: item.name != "action-publish")


@hooks.register("before_edit_snippet")
def note_contacts(request, listing):
    """Up to where the changes of this contact are not this moderator's."""
    if isinstance(listing, Listing) and request.method == "POST":
        request.contact_changes_before = ContactChange.objects.last_pk()


@hooks.register("after_edit_snippet")
def stand_for_contacts(request, listing):
    """A contact that a moderator typed is one that claims may be proved by at once."""
    if isinstance(listing, Listing) and request.user.has_perm("directory.publish_listing"):
        before = getattr(request, "contact_changes_before", None)
        if before is not None:
            ContactChange.objects.vouch(listing, after=before)


@hooks.register("register_log_actions")
def register_merge(actions):
    """A merge and a correction that was taken over have their lines in the history."""
    actions.register_action("directory.merge")(MergeFormatter)
    actions.register_action("directory.correct")(CorrectFormatter)


class MergeFormatter(LogFormatter):
    """« Réunie avec « La Ferme » »."""

    label = "Réunir"

    def format_message(self, entry):
        """Name the listing that is gone."""
        return f"Réunie avec « {entry.data.get('name', '')} »"


class CorrectFormatter(LogFormatter):
    """« Correction d’un visiteur reprise : Horaires, Téléphone »."""

    label = "Corriger"

    def format_message(self, entry):
        """Name the fields."""
        return f"Correction d’un visiteur reprise : {', '.join(entry.data.get('fields', ()))}"
