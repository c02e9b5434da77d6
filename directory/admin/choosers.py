"""Choosing a listing, or a market, in a window with a search by name."""

from django import forms
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet

from directory.admin.names import named
from directory.models import Listing


class NameFilterForm(BaseFilterForm):
    """The search line of the window."""

    q = forms.CharField(
        label="Nom",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": "Nom"}),
    )

    def filter(self, objects):
        """Keep those of this name."""
        objects = super().filter(objects)
        typed = self.cleaned_data.get("q")
        if typed:
            self.is_searching, self.search_query = True, typed
            objects = named(objects, typed)
        return objects


class ChooseListingView(ChooseView):
    """The window."""

    filter_form_class = NameFilterForm


class ChooseListingResultsView(ChooseResultsView):
    """The window's list, as one types."""

    filter_form_class = NameFilterForm


class ListingChooserViewSet(SnippetChooserViewSet):
    """Any listing."""

    choose_view_class = ChooseListingView
    choose_results_view_class = ChooseListingResultsView


class MarketChooserViewSet(ChooserViewSet):
    """Markets only."""

    model = Listing
    icon = "calendar-alt"
    choose_one_text = "Choisir un marché"
    choose_another_text = "Choisir un autre marché"
    edit_item_text = "Voir ce marché"
    register_widget = False
    per_page = 20
    choose_view_class = ChooseListingView
    choose_results_view_class = ChooseListingResultsView

    def get_object_list(self):
        """What the window offers."""
        return Listing.objects.of_kind(Listing.Kind.MARKET)


market_chooser = MarketChooserViewSet("market_chooser", url_prefix="annuaire/marches/choisir")
