"""What magazines add to Wagtail's administration."""

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from webmag.desk import urls as desk_urls
from webmag.desk.panel import WritingPanel
from webmag.desk.views import edited_by
from webmag.models import Article, Author
from webmag.team import policies


@hooks.register("register_admin_urls")
def register_pages():
    """Teams, and those who would like to join."""
    return [path("magazines/", include(desk_urls))]


@hooks.register("construct_homepage_panels")
def add_writing_panel(request, panels):
    """What somebody who writes came for."""
    panels.append(WritingPanel())


class TeamMenuItem(MenuItem):
    """Shown to editors."""

    def is_shown(self, request):
        """Whether this person runs a team."""
        return edited_by(request.user).exists()


class ProfileMenuItem(MenuItem):
    """Shown to those who sign articles."""

    def is_shown(self, request):
        """Whether this person is an author."""
        return Author.objects.filter(user=request.user).exists()


@hooks.register("register_admin_menu_item")
def add_teams():
    """« Équipes »."""
    url = reverse("webmag_admin:applications")
    return TeamMenuItem("Équipes", url, name="equipes", icon_name="group", order=150)


@hooks.register("register_admin_menu_item")
def add_profile():
    """« Ma signature »."""
    url = reverse("webmag_admin:profile")
    return ProfileMenuItem("Ma signature", url, name="signature", icon_name="user", order=160)


@hooks.register("construct_explorer_page_queryset")
def hide_others_work(parent, pages, request):
    """The explorer, and the menu that opens it, show contributors their own articles."""
    hidden = policies.work_hidden_from(request.user)
    return pages if hidden is None else pages.exclude(pk__in=hidden.values("pk"))


@hooks.register("construct_page_chooser_queryset")
def offer_published_pages(pages, request):
    """Others' articles can be linked to once they are published."""
    return policies.choosable(pages, request.user)


@hooks.register("insert_editor_js")
def keep_what_was_typed():
    """Say when it was saved; before a long text is sent after the session's end, say so.

    And name what would be read aloud without a name.
    """
    names = ("saved", "session", "names")
    return format_html_join(
        "",
        '<script type="module" src="{}" data-home="{}"></script>',
        ((static(f"webmag/admin/{name}.js"), reverse("wagtailadmin_home")) for name in names),
    )


@hooks.register("construct_page_action_menu")
def answer_what_waits(items, request, context):
    """An article that waits is accepted or sent back: published past that, nobody would be told."""
    page = context.get("page")
    if isinstance(page, Article) and page.workflow_in_progress:
        items[:] = [item for item in items if item.name != "action-publish"]
        items.sort(key=lambda item: item.name != "approve")


@hooks.register("insert_global_admin_css")
def add_css():
    """Our few rules."""
    return format_html('<link rel="stylesheet" href="{}">', static("webmag/admin/desk.css"))
