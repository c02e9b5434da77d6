"""Listings of the directory within an article: one, or several on a map."""

from django.utils import timezone
from wagtail import blocks

from directory import cards
from webmag.blocks import examples
from webmag.blocks.shelf import ListingChooser

FEWEST, MOST = 2, 30


def cards_of(listings):
    """The cards of those that visitors may see; the others disappear."""
    shown = [listing for listing in listings if listing is not None and listing.live]
    return cards.of_models(shown, timezone.now())


class ListingBlock(blocks.StructBlock):
    """One listing, with the card that lists show."""

    listing = ListingChooser(label="fiche")

    def get_context(self, value, parent_context=None):
        """Add the card."""
        context = super().get_context(value, parent_context)
        return context | {"cards": cards_of([value["listing"]])}

    def get_preview_value(self):
        """Any listing."""
        return self.normalize({"listing": examples.first(examples.some_listings(1))})

    class Meta:
        icon = "tag"
        label = "Fiche"
        description = "La carte de visite d’une adresse de l’annuaire, toujours à jour."
        template = "blocks/listing.html"


class MapBlock(blocks.StructBlock):
    """Several listings: a list, and a map beside it."""

    title = blocks.CharBlock(label="titre", max_length=120)
    listings = blocks.ListBlock(
        ListingChooser(label="fiche"), label="fiches", min_num=FEWEST, max_num=MOST
    )

    def get_context(self, value, parent_context=None):
        """Add the cards, each listing once, and whether any has a place."""
        once = {listing.pk: listing for listing in value["listings"] if listing is not None}
        shown = cards_of(once.values())
        context = super().get_context(value, parent_context)
        has_places = any(card.face.lat is not None for card in shown)
        return context | {"cards": shown, "has_places": has_places}

    def get_preview_value(self):
        """A few listings."""
        listings = examples.some_listings(3)
        return self.normalize({"title": "Trois fournils à pousser", "listings": listings})

    class Meta:
        icon = "site"
        label = "Carte"
        description = "Des adresses de l’annuaire, en liste et sur une carte. Une par article."
        template = "blocks/map.html"
