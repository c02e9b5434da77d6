"""The filters above the list of listings."""

from datetime import timedelta

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet

from directory.listing_form import CategoryField
from directory.models import Category, Listing, ListingSource
from directory.places.names import fold_name

YEAR_DAYS = 365
STATES = {
    "publiee": ("Publiée", Q(live=True)),
    "brouillon": ("Brouillon", Q(live=False)),
    "modifiee": ("Modifications à publier", Q(has_unpublished_changes=True, live=True)),
}
MISSING = {
    "point": ("Sans point", Q(lat=None)),
    "horaires": ("Horaires inconnus", Q(hours="")),
    "verification": ("À reconfirmer", None),
}


def known_sources():
    """The names of the sources that listings come from, as choices."""
    names = ListingSource.objects.values_list("source", flat=True).distinct().order_by("source")
    return [(name, name) for name in names]


def to_confirm():
    """Match listings never verified, or over a year ago."""
    year_ago = timezone.localdate() - timedelta(days=YEAR_DAYS)
    return Q(verified_on=None) | Q(verified_on__lt=year_ago)


class CategoryFilter(django_filters.ModelChoiceFilter):
    """A family with all its trades, or one trade."""

    field_class = type("Field", (django_filters.fields.ModelChoiceField, CategoryField), {})

    def filter(self, listings, category):
        """Keep listings that have it as first or further category."""
        return listings.in_category(category) if category else listings


class ListingFilterSet(WagtailFilterSet):
    """What a volunteer sorts the listings by."""

    etat = django_filters.ChoiceFilter(
        label="État",
        choices=[(code, label) for code, (label, _) in STATES.items()],
        empty_label="Toutes",
        method="by_state",
        widget=forms.RadioSelect,
    )
    manque = django_filters.MultipleChoiceFilter(
        label="À compléter",
        choices=[(code, label) for code, (label, _) in MISSING.items()],
        method="by_missing",
        widget=forms.CheckboxSelectMultiple,
    )
    category = CategoryFilter(
        label="Catégorie",
        queryset=Category.objects.all(),
        empty_label="Toutes",
        widget=forms.Select,
    )
    commune = django_filters.CharFilter(label="Commune", method="by_commune")
    kind = django_filters.ChoiceFilter(
        label="Genre", choices=Listing.Kind.choices, empty_label="Tous", widget=forms.RadioSelect
    )
    trading_state = django_filters.ChoiceFilter(
        label="Activité",
        choices=Listing.Trading.choices,
        empty_label="Toutes",
        widget=forms.RadioSelect,
    )
    etiquette = django_filters.CharFilter(label="Étiquette", method="by_tag")
    source = django_filters.ChoiceFilter(
        label="Source",
        choices=known_sources,
        empty_label="Toutes",
        method="by_source",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Listing
        fields = []

    def by_state(self, listings, name, state):
        """Published, drafts, or with changes that wait."""
        return listings.filter(STATES[state][1])

    def by_missing(self, listings, name, chosen):
        """Those that lack each of the chosen things."""
        for code in chosen:
            listings = listings.filter(MISSING[code][1] or to_confirm())
        return listings

    def by_commune(self, listings, name, typed):
        """The beginning of a commune's name, or a postal code."""
        typed = typed.replace("\x00", "").strip()
        if typed.isdigit():
            return listings.filter(postal_code__startswith=typed)
        return listings.filter(commune__folded__startswith=fold_name(typed))

    def by_tag(self, listings, name, typed):
        """With this tag or product."""
        return listings.tagged(typed.replace("\x00", "").strip().lstrip("#").lower())

    def by_source(self, listings, name, source):
        """That this source told us of."""
        return listings.filter(pk__in=ListingSource.objects.filter(source=source).values("listing"))
