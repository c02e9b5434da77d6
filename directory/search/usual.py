"""The usual question, a word and a place: its queries are prepared (home/prepared.py).

They are written by the same QuerySet methods as those of every other question; what is left out
here (filters, other orders, later pages) goes the long way in results.py and the API.
"""

from django.db.models import Count, Window

from directory import geometry
from directory.models import Commune, Listing
from directory.search.criteria import Order
from directory.search.indexing import KIND
from home.prepared import Prepared
from home.search import Found, Term, question

PAGE_SIZE = 20
API_PAGE_SIZE = 50


def values_of(criteria, found):
    """What tells one usual question from another, or None where more is asked for."""
    place = criteria.place
    more = criteria.box or criteria.tag or criteria.kind or criteria.commune or criteria.category
    if more or criteria.labelled or not place or not found or not found.groups or found.partial:
        return None
    if criteria.sort != Order.DISTANCE or criteria.page > 1:
        return None
    commune = place.commune.pk if place.commune else None
    return tuple(found.groups), float(place.lat), float(place.lng), float(criteria.radius), commune


def _parts(groups, lat, lng, km, commune):
    """What reaches the SQL of these values."""
    box = geometry.box_around(lat, lng, km)
    near = geometry.shrink(lat), geometry.squared_degrees(km)
    return question(groups), lat, lng, *near, *box, commune


def _listings(groups, lat, lng, km, commune):
    found = Found(KIND, "?", tuple(Term(None, stems) for stems in groups))
    listings = Listing.objects.public().trading().search(found)
    return listings.within(lat, lng, km, Commune(pk=commune) if commune else None)


def _several(*values):
    """The few with several trades, found from their side."""
    several = Listing.more_categories.through.objects.values("listing_id")
    return _listings(*values).order_by().filter(pk__in=several)


PAGE = Prepared(
    lambda *values: _listings(*values).nearest_first().values_list("pk")[:PAGE_SIZE], _parts
)
# The number of all rows comes along with those of the page.
API_PAGE = Prepared(
    lambda *values: (
        _listings(*values).nearest_first().values_list("pk", Window(Count("pk")))[:API_PAGE_SIZE]
    ),
    _parts,
)
BY_CATEGORY = Prepared(
    lambda *values: _listings(*values).order_by().values_list("category").annotate(Count("pk")),
    _parts,
)
SEVERAL = Prepared(
    lambda *values: _several(*values).values_list("pk", "more_categories", "category"), _parts
)
