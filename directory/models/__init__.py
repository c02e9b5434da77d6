"""Communes, categories, listings and where they come from."""

from directory.models.categories import Category
from directory.models.communes import Commune
from directory.models.listings import Listing
from directory.models.parts import (
    HoursException,
    ListingLink,
    ListingPhoto,
    ListingProduct,
    ListingTag,
    MarketStand,
)
from directory.models.provenance import FormerSlug, ListingSource, NotDuplicate, Tombstone
from directory.models.requests import ListingRequest

__all__ = [
    "Category",
    "Commune",
    "FormerSlug",
    "HoursException",
    "Listing",
    "ListingLink",
    "ListingPhoto",
    "ListingProduct",
    "ListingRequest",
    "ListingSource",
    "ListingTag",
    "MarketStand",
    "NotDuplicate",
    "Tombstone",
]
