"""« Label » in the menu."""

from wagtail.snippets.views.snippets import SnippetViewSetGroup

from label.admin.charters import CharterViewSet
from label.admin.facts import FactViewSet
from label.admin.members import MemberViewSet
from label.admin.posts import PostViewSet


class LabelGroup(SnippetViewSetGroup):
    """Members, posts, facts, the charter."""

    menu_label = "Label"
    menu_icon = "circle-check"
    menu_name = "label"
    menu_order = 120
    items = (MemberViewSet, PostViewSet, FactViewSet, CharterViewSet)
