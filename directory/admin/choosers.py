"""Choosing a listing, or a market, in a window with a search by name."""

from django import forms
from django.shortcuts import get_object_or_404
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.chooser import CreateView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)

from directory.admin.keepers import NoFormMixin, NoFormView, for_keepers
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


class ListingsOfferedMixin:
    """Listings that are not published are offered to those who may change them."""

    filter_form_class = NameFilterForm

    def get_object_list(self):
        """What the window offers to this person."""
        return offered(super().get_object_list(), self.request.user)


class ChooseListingView(ListingsOfferedMixin, ChooseView):
    """The window."""


class ChooseListingResultsView(ListingsOfferedMixin, ChooseResultsView):
    """The window's list, as one types."""


class ListingChosenView(SnippetChosenView):
    """The one that was chosen."""

    def get_object(self, pk):
        """The listing; 404 for one that this person was not offered."""
        return get_object_or_404(offered(Listing.objects.all(), self.request.user), pk=pk)


class ListingChosenMultipleView(SnippetChosenMultipleView):
    """Those that were ticked."""

    def get_objects(self, pks):
        """Of the numbers given, the listings that this person was offered."""
        return offered(Listing.objects.filter(pk__in=pks), self.request.user)


class ListingChooserViewSet(SnippetChooserViewSet):
    """Any listing."""

    choose_view_class = ChooseListingView
    choose_results_view_class = ChooseListingResultsView
    chosen_view_class = ListingChosenView
    chosen_multiple_view_class = ListingChosenMultipleView
    create_view_class = NoFormView


def offered(listings, user):
    """Of these listings, those that somebody may choose."""
    return listings if user.has_perm("directory.change_listing") else listings.filter(live=True)


class NoMarketFormView(NoFormMixin, CreateView):
    """Markets are made like any listing."""


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
    create_view_class = NoMarketFormView

    def get_object_list(self):
        """What the window offers."""
        return Listing.objects.of_kind(Listing.Kind.MARKET)

    def construct_view(self, view_class, **kwargs):
        """It stands in a listing's form only: for those who may change listings."""
        return for_keepers(Listing, super().construct_view(view_class, **kwargs))


market_chooser = MarketChooserViewSet("market_chooser", url_prefix="annuaire/marches/choisir")
