"""Listings on whose pages something else shows, which has changed: they follow."""

from django.db.models import Q

from directory import snapshots
from directory.exporting import children
from directory.models import Category, Listing
from directory.search import indexing
from home.models import Photo, Tag


def showing(thing):
    """The listings on whose pages something else shows."""
    shown = {
        Photo: Q(photos__photo=thing.pk),
        Tag: Q(product_items__tag=thing.pk) | Q(tag_items__tag=thing.pk),
        Category: Q(more_categories=thing.pk),
        Listing: Q(stands__market=thing.pk),
    }
    return Listing.objects.filter(shown[type(thing)]).order_by("pk").distinct()


def follow(listings):
    """Put snapshots and search entries of listings right, in few queries."""
    listings = list(listings)
    children.load(listings)
    snapshots.refresh(listings)
    indexing.index_listings(listings)


def follow_markets(markets):
    """Put right who stands at these markets; nothing for none."""
    if markets:
        follow(Listing.objects.filter(stands__market__in=markets).order_by("pk").distinct())
