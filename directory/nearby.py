"""The listings around a listing, for the foot of its page."""

from directory import geometry
from directory.models import Listing
from directory.querysets import NEAREST_SHARES
from home.prepared import Prepared
from home.versions import remembered_by

MOST = 3
KM = 25


def _nearest_others(pk, lat, lng, shrink, squared_degrees, west, south, east, north):
    others = Listing.objects.public().trading().exclude(pk=pk).in_box(west, south, east, north)
    near = others.with_distance(lat, lng, shrink).filter(squared_degrees__lte=squared_degrees)
    return near.nearest_first().values_list("pk")[:MOST]


NEAREST_OTHERS = Prepared(_nearest_others)


def nearby(listing):
    """The pks of the listings nearest to this one; looked for once per content version."""
    if listing.public_lat is None:
        return []
    here = listing.pk, listing.public_lat, listing.public_lng
    return remembered_by(here, "nearby", lambda: nearest_others(*here))


def nearest_others(own, lat, lng):
    """The pks of the nearest to a point but one: as `ListingQuerySet.nearest`, but prepared."""
    found = []
    for share in NEAREST_SHARES:
        km = KM * share
        circle = geometry.shrink(lat), geometry.squared_degrees(km)
        box = geometry.box_around(lat, lng, km)
        found = [pk for (pk,) in NEAREST_OTHERS.rows(own, lat, lng, *circle, *box)]
        if len(found) == MOST:
            break
    return found
