"""The listings in the administration: list, form, history."""

from django.core.exceptions import PermissionDenied
from django.utils.formats import date_format
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.snippets.views.snippets import IndexView

from directory.admin.choosers import ListingChooserViewSet
from directory.admin.filters import ListingFilterSet
from directory.admin.keepers import KeptViewSet
from directory.admin.names import named
from directory.admin.panels import listing_edit_handler
from directory.admin.removing import RemoveView
from directory.models import Listing

# Columns that a telephone leaves out (admin.css).
WIDE_ONLY = "annuaire-wide"


def state_of(listing):
    """« Publiée », « Brouillon », or that changes wait."""
    if not listing.live:
        return "Brouillon"
    return "Publiée, modifiée" if listing.has_unpublished_changes else "Publiée"


def verified_on(listing):
    """The day of the last check; « jamais » is worth knowing."""
    return date_format(listing.verified_on, "j F Y") if listing.verified_on else "jamais"


class ListingIndexView(IndexView):
    """The list, searched by name whatever the accents."""

    add_item_label = "Ajouter une fiche"

    def search_queryset(self, queryset):
        """Keep those of the typed name."""
        return named(queryset, self.search_query) if self.is_searching else queryset

    def get_list_buttons(self, instance):
        """No menu on each of fifty rows: the name opens the form, which has them all."""
        return []


class ListingViewSet(KeptViewSet):
    """« Fiches »."""

    model = Listing
    icon = "clipboard-list"
    menu_label = "Fiches"
    menu_name = "fiches"
    base_url_path = "annuaire/fiches"
    chooser_viewset_class = ListingChooserViewSet
    index_view_class = ListingIndexView
    delete_view_class = RemoveView
    # The class names its own; without this Wagtail's would win.
    delete_template_name = RemoveView.template_name
    index_template_name = "directory/admin/listings.html"
    edit_handler = listing_edit_handler
    filterset_class = ListingFilterSet
    search_fields = ["name"]
    search_backend_name = None
    list_per_page = 50
    ordering = ["name", "pk"]
    copy_view_enabled = False
    list_display = [
        "name",
        Column("category", classname=WIDE_ONLY, label="Catégorie", sort_key="category__name"),
        Column("commune", label="Commune", sort_key="commune__folded"),
        StatusTagColumn(
            "live",
            label="État",
            accessor=state_of,
            primary=lambda listing: listing.live,
            sort_key="live",
        ),
        Column(
            "trading_state",
            classname=WIDE_ONLY,
            label="Activité",
            accessor="get_trading_state_display",
            sort_key="trading_state",
        ),
        Column(
            "verified_on",
            classname=WIDE_ONLY,
            label="Vérifiée",
            accessor=verified_on,
            sort_key="verified_on",
        ),
        Column(
            "hours",
            classname=WIDE_ONLY,
            label="Horaires",
            accessor=lambda listing: "connus" if listing.hours else "inconnus",
        ),
    ]

    def get_queryset(self, request):
        """The rows with what the columns show, in one query."""
        return Listing.objects.select_related("category", "commune").defer(
            "description", "snapshot"
        )


def refuse_all_in_list(request, action_type, objects, action):
    """Refuse « everything in the list »: Wagtail would take all rows, whatever the filters."""
    if action.model is Listing and "all" in request.GET.getlist("id"):
        raise PermissionDenied
