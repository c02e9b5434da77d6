"""The rows that hang on listings, read and written for many listings at once.

Both keep them in memory on the listing, as an editor's form does, so that merging, the search
index and the snapshot ask the database nothing more.
"""

from collections import defaultdict

from directory.importing.values import CHILDREN
from directory.models import (
    HoursException,
    Listing,
    ListingLink,
    ListingPhoto,
    ListingProduct,
    ListingTag,
    MarketStand,
)

# Relation: its model, the column of the listing, what to fetch along.
TABLES = {
    "product_items": (ListingProduct, "content_object_id", ["tag"]),
    "tag_items": (ListingTag, "content_object_id", ["tag"]),
    "links": (ListingLink, "listing_id", []),
    "exceptions": (HoursException, "listing_id", []),
    "stands": (MarketStand, "listing_id", ["market__commune"]),
    "photos": (ListingPhoto, "listing_id", ["photo"]),
}
THROUGH = {
    "more_categories": (Listing.more_categories.through, "category", ["category__parent"]),
    "serves": (Listing.serves.through, "commune", ["commune"]),
}


def begin_empty(listing) -> None:
    """A new listing has no children yet, and nobody needs to ask the database."""
    for relation in CHILDREN.values():
        setattr(listing, relation, [])


def load(listings) -> None:
    """Bring the children of these listings into memory: eight queries, however many they are."""
    if not listings:
        return
    ids = [listing.pk for listing in listings]
    for relation, (model, owner, along) in TABLES.items():
        rows = model.objects.filter(**{f"{owner}__in": ids}).select_related(*along)
        order = ["sort_order", "pk"] if hasattr(model, "sort_order") else ["pk"]
        found = defaultdict(list)
        for row in rows.order_by(*order):
            found[getattr(row, owner)].append(row)
        for listing in listings:
            setattr(listing, relation, found[listing.pk])
    for relation, (model, target, along) in THROUGH.items():
        found = defaultdict(list)
        for row in model.objects.filter(listing_id__in=ids).select_related(*along).order_by("pk"):
            found[row.listing_id].append(getattr(row, target))
        for listing in listings:
            setattr(listing, relation, found[listing.pk])


def store(changed: dict[str, list]) -> None:
    """Write the children in memory: {relation: the listings whose rows are to be renewed}."""
    for relation, listings in changed.items():
        ids = [listing.pk for listing in listings]
        if relation in THROUGH:
            model, target, _ = THROUGH[relation]
            rows = [
                model(listing_id=listing.pk, **{f"{target}_id": other.pk})
                for listing in listings
                for other in getattr(listing, relation).all()
            ]
            model.objects.filter(listing_id__in=ids).delete()
        else:
            model, owner, _ = TABLES[relation]
            rows = []
            for listing in listings:
                for row in getattr(listing, relation).all():
                    row.pk = None
                    setattr(row, owner, listing.pk)
                    rows.append(row)
            model.objects.filter(**{f"{owner}__in": ids}).delete()
        model.objects.bulk_create(rows)
