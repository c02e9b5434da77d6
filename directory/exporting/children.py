"""The rows that hang on listings, read for many listings at once.

They are kept in memory on the listing, as in an editor's form, so that whoever looks at them
afterwards asks the database nothing more.
"""

from collections import defaultdict

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
