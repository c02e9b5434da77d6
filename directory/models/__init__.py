"""Communes, categories, listings and where they come from."""

from directory.models.categories import Category
from directory.models.communes import Commune
from directory.models.contacts import ContactChange
from directory.models.listings import Listing
from directory.models.managers import ListingManager
from directory.models.map_cells import MapCell
from directory.models.parts import (
    HoursException,
    ListingLink,
    ListingPhoto,
    ListingProduct,
    ListingTag,
    MarketStand,
    Stand,
)
from directory.models.provenance import FormerSlug, ListingSource, NotDuplicate, Tombstone
from directory.models.requests import ListingRequest

__all__ = [
    "Category",
    "Commune",
    "ContactChange",
    "FormerSlug",
    "HoursException",
    "Listing",
    "ListingLink",
    "ListingManager",
    "ListingPhoto",
    "ListingProduct",
    "ListingRequest",
    "ListingSource",
    "ListingTag",
    "MapCell",
    "MarketStand",
    "NotDuplicate",
    "Stand",
    "Tombstone",
]
