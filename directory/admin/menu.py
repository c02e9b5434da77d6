"""« Annuaire » in the menu, and the directory's panel on the administration's first page."""

from django.urls import reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from directory.admin.listings import ListingViewSet
from directory.admin.others import CategoryViewSet, TagViewSet, TombstoneViewSet
from directory.models import Listing
from directory.moderation import queue


class PermittedMenuItem(MenuItem):
    """Shown to those who may open it."""

    def __init__(self, *args, permission, **kwargs):
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request):
        """Whether this person may."""
        return request.user.has_perm(self.permission)


class DirectoryGroup(SnippetViewSetGroup):
    """Listings, requests, duplicates, categories, tags, removed listings."""

    menu_label = "Annuaire"
    menu_icon = "clipboard-list"
    menu_name = "annuaire"
    menu_order = 100
    items = (ListingViewSet, CategoryViewSet, TagViewSet, TombstoneViewSet)

    def get_submenu_items(self):
        """The lists, and between them the pages that are no lists of one model."""
        listings, *others = super().get_submenu_items()
        for place, item in enumerate(others):
            item.order = 10 + place
        return [
            listings,
            PermittedMenuItem(
                "Demandes",
                reverse("directory_admin:requests"),
                name="demandes",
                icon_name="mail",
                order=2,
                permission="directory.change_listingrequest",
            ),
            PermittedMenuItem(
                "Doublons possibles",
                reverse("directory_admin:duplicates"),
                name="doublons",
                icon_name="copy",
                order=3,
                permission="directory.change_listing",
            ),
            *others,
        ]


class DirectoryPanel(Component):
    """How many requests wait, how many listings there are, and the ways to them."""

    name = "annuaire"
    order = 50
    template_name = "directory/admin/home_panel.html"

    def get_context_data(self, parent_context):
        """Counts, for those who may see them."""
        user = parent_context["request"].user
        if not user.has_perm("directory.change_listing"):
            return {}
        count, days = queue.summary()
        return {
            "shown": True,
            "count": count,
            "days": days,
            "live": Listing.objects.public().count(),
            "drafts": Listing.objects.filter(live=False).count(),
            "can_add": user.has_perm("directory.add_listing"),
            "sees_requests": user.has_perm("directory.change_listingrequest"),
            "listings_url": reverse(Listing.snippet_viewset.get_url_name("list")),
            "add_url": reverse(Listing.snippet_viewset.get_url_name("add")),
        }
