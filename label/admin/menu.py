"""« Label » in the menu."""

from wagtail.snippets.views.snippets import SnippetViewSetGroup

from label.admin.charters import CharterViewSet
from label.admin.facts import FactViewSet
from label.admin.members import MemberViewSet
from label.admin.posts import PostViewSet
from label.admin.sources import MomentViewSet, SourceViewSet


class LabelGroup(SnippetViewSetGroup):
    """Members, posts, facts, the charter, what is collected elsewhere."""

    menu_label = "Label"
    menu_icon = "circle-check"
    menu_name = "label"
    menu_order = 120
    items = (
        *(MemberViewSet, PostViewSet, FactViewSet, CharterViewSet),
        *(SourceViewSet, MomentViewSet),
    )
