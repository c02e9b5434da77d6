"""What of a listing can be found, and how much it counts."""

from home import search

KIND = "listing"


def index_listings(listings):
    """Put published listings into the search index and take the others out of it."""
    shown = [listing for listing in listings if listing.live]
    hidden = [listing.pk for listing in listings if not listing.live]
    search.remove(KIND, hidden)
    search.index(KIND, [entry(listing) for listing in shown])


def entry(listing):
    """The words of one listing.

    Street and exact point are left out, so that a hidden address cannot be guessed by searching.
    """
    categories = [listing.category, *listing.more_categories.all()]
    families = [category.parent for category in categories if category and category.parent]
    tags = [*listing.products.all(), *listing.tags.all()]
    return search.Entry(
        object_id=listing.pk,
        title=[
            listing.name,
            *(word for category in [*categories, *families] if category for word in category.words),
            *(word for tag in tags for word in (tag.name, tag.synonyms)),
        ],
        body=[
            listing.summary,
            listing.description,
            listing.commune.name if listing.commune else "",
            listing.postal_code,
            listing.get_kind_display(),
        ],
    )
