"""What of a listing can be found, and how much it counts."""

from django.db import transaction
from django.db.models import QuerySet

from home import search

KIND = "listing"
CHUNK = 500
# Of a listing's fields; the wide rest is not read when thousands are indexed.
READ = ["name", "kind", "summary", "description", "postal_code", "category", "commune"]


def index_listings(listings):
    """Put published listings into the search index and take the others out of it.

    Takes a QuerySet or a list and reads everything anew, in a fixed number of queries for each
    500: a listing in memory may hold a draft that nobody shall find yet.
    """
    if isinstance(listings, QuerySet):
        model, ids = listings.model, list(listings.values_list("pk", flat=True))
    else:
        model = type(listings[0]) if listings else None
        ids = [listing.pk for listing in listings]
    for start in range(0, len(ids), CHUNK):
        _index_chunk(model, ids[start : start + CHUNK])


def rebuild(model, done=lambda count: None):
    """Index all listings again; calls `done` with the number so far, each 500.

    Returns how many entries of vanished listings were dropped.
    """
    ids = list(model.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        _index_chunk(model, ids[start : start + CHUNK])
        done(min(start + CHUNK, len(ids)))
    return search.remove_all_but(KIND, model.objects.public().values("pk"))


@transaction.atomic
def _index_chunk(model, ids):
    shown = (
        model.objects.public()
        .filter(pk__in=ids)
        .order_by()
        .only(*READ)
        .select_related("category__parent", "commune")
        .prefetch_related(
            "more_categories__parent",
            "product_items__tag",
            "tag_items__tag",
            "stands__market__commune",
        )
    )
    entries = [entry(listing) for listing in shown]
    search.remove(KIND, {*ids} - {one.object_id for one in entries})
    search.index(KIND, entries)


def entry(listing):
    """The words of one listing.

    The name and the trade count most: for « fromage » the cheesemaker comes before the market
    that also has some. Street and exact point are left out, so that a hidden address cannot be
    guessed by searching.
    """
    categories = [
        category for category in (listing.category, *listing.more_categories.all()) if category
    ]
    items = [*listing.product_items.all(), *listing.tag_items.all()]
    return search.Entry(
        object_id=listing.pk,
        title=[
            listing.name,
            *(word for category in categories for word in category.words),
        ],
        body=[
            *(text for item in items for text in (item.tag.name, item.tag.synonyms)),
            listing.summary,
            listing.description,
            *(_family(category) for category in categories),
            listing.commune.name if listing.commune else "",
            listing.postal_code,
            listing.get_kind_display(),
            *(text for stand in listing.stands.all() for text in _stand(stand)),
        ],
    )


def _family(category):
    """The name of a trade's family, unless it is a list: « Fromage, lait, œufs » sells no cheese
    at a hen farm."""
    return category.parent.name if category.parent and "," not in category.parent.name else ""


def _stand(stand):
    """The words of a place where a listing stands; of a market only what is published."""
    market = stand.market
    if market is None or not market.live:
        return [stand.place]
    return [stand.place, market.name, market.commune.name if market.commune else ""]
