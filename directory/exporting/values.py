"""A listing's content as plain values, ready for JSON and for comparing field by field.

Text as text; category, parent and further categories as slugs; communes as INSEE codes; the
point as [lat, lng] or None; products, tags and codes as sorted lists; links, exceptions and
stands as lists of objects in their order.
"""

TEXTS = (
    "name",
    "kind",
    "summary",
    "description",
    "street",
    "postal_code",
    "visits",
    "phone",
    "email",
    "website",
    "hours",
    "hours_note",
    "season_note",
    "trading_state",
    "trading_note",
    "verified_by",
)
PLAIN = (*TEXTS, "hide_address", "itinerant", "payment")

# Fields that are rows of other tables, and the relation that holds them in memory.
CHILDREN = {
    "more_categories": "more_categories",
    "serves": "serves",
    "products": "product_items",
    "tags": "tag_items",
    "links": "links",
    "exceptions": "exceptions",
    "stands": "stands",
    "photos": "photos",
}
EMPTY = ("", None, [], False)


def read_values(listing) -> dict:
    """All values of a listing whose children are in memory."""
    return {name: getattr(listing, name) for name in PLAIN} | {
        "category": listing.category.slug if listing.category else "",
        "commune": listing.commune_id or "",
        "parent": listing.parent.slug if listing.parent else "",
        "point": None if listing.lat is None else [listing.lat, listing.lng],
        "verified_on": listing.verified_on.isoformat() if listing.verified_on else "",
        "more_categories": sorted(category.slug for category in listing.more_categories.all()),
        "serves": sorted(commune.pk for commune in listing.serves.all()),
        "products": sorted(item.tag.name for item in listing.product_items.all()),
        "tags": sorted(item.tag.name for item in listing.tag_items.all()),
        "links": [{"label": link.label, "url": link.url} for link in listing.links.all()],
        "exceptions": [
            {
                "start": exception.start.isoformat(),
                "end": exception.end.isoformat(),
                "hours": exception.hours,
                "note": exception.note,
            }
            for exception in listing.exceptions.all()
        ],
        "stands": [
            {
                "market": stand.market.slug if stand.market else "",
                "place": stand.place,
                "hours": stand.hours,
                "note": stand.note,
            }
            for stand in listing.stands.all()
        ],
        "photos": [item.photo.file.name for item in listing.photos.all()],
    }
