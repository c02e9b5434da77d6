"""What the label adds to Wagtail's administration."""

from django.urls import include, path
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet

from label import writing
from label.admin import urls
from label.admin.facts import refuse_own
from label.admin.menu import LabelGroup
from label.collecting.photos import without_collected
from label.space.saving import ACTION

register_snippet(LabelGroup)
hooks.register("before_delete_snippet", refuse_own)


@hooks.register("register_admin_urls")
def register_pages():
    """Members' pages and the buttons on them."""
    return [path("label/", include(urls))]


@hooks.register("construct_image_chooser_queryset")
def hide_collected(photos, request):
    """What others published elsewhere is nobody's to put into an article by accident."""
    return without_collected(photos)


@hooks.register("register_log_actions")
def register_edit(actions):
    """What a producer changes in their own space has its line in the history."""
    actions.register_action(ACTION)(EditFormatter)
    actions.register_action(writing.ACTION)(PostFormatter)


class EditFormatter(LogFormatter):
    """« Horaires : changé dans Mon espace », « saisi par un bénévole »."""

    label = "Changer"

    def format_message(self, entry):
        """Name the part, and whether a volunteer typed."""
        how = "saisi avec la personne" if entry.data.get("typed_for_others") else "par qui la gère"
        return f"{entry.data.get('what', '')} : changé dans Mon espace, {how}"


class PostFormatter(LogFormatter):
    """« Publiée », « Refusée. Hors sujet. »: what a volunteer decided on a post."""

    label = "Décider d’une publication"

    def format_message(self, entry):
        """What was decided, and what its author read."""
        told = [entry.data.get(name, "") for name in ("what", "said")]
        return ". ".join(filter(None, told))
