"""The usual question, a word and a place: answered by arithmetic, from what the words found.

Where that lies is read once per content version: bare numbers, and none of them a visitor's. To
draw a circle among them takes a tenth of what a database needs to find and count it
(docs/decisions/0020). What is left out here (filters, other orders) goes the long way, in
results.py and the API.
"""

from array import array
from collections import Counter
from dataclasses import dataclass
from math import inf, isnan, nan

from directory import geometry
from directory.further import further_trades
from directory.models import Listing
from directory.search.criteria import Order
from directory.search.indexing import KIND
from home.prepared import Prepared
from home.search import Found, Term, question
from home.versions import remembered, remembered_by

PAGE_SIZE = 20
# Kept at once in a process, some 32 bytes each; a question weighs as much as some of them.
MOST_SPOTS, WEIGHT_OF_A_QUESTION = 500_000, 50


def _found(groups):
    """In the order of names, which decides between those that are equally far."""
    found = Found(KIND, "?", tuple(Term(None, stems) for stems in groups))
    listings = Listing.objects.public().trading().search(found).order_by("name", "pk")
    return listings.values_list("pk", "public_lat", "public_lng", "category_id")


FOUND = Prepared(_found, lambda groups: (question(groups),))
SERVING = Prepared(
    lambda insee: Listing.serves.through.objects.filter(commune_id=insee).values_list("listing_id")
)


@dataclass(frozen=True)
class Spots:
    """What some words found, as columns; degrees, NaN where there is no point, trade 0: none."""

    pks: array
    lats: array
    lngs: array
    trades: array

    @classmethod
    def read(cls, groups):
        """What answers to a stem of each group."""
        rows = FOUND.rows(groups)
        return cls(
            array("q", [pk for pk, *_ in rows]),
            array("d", [nan if lat is None else lat for _, lat, _, _ in rows]),
            array("d", [nan if lng is None else lng for _, _, lng, _ in rows]),
            array("q", [trade or 0 for *_, trade in rows]),
        )

    @property
    def weight(self):
        """How much of the memory set aside they take."""
        return len(self.pks) + WEIGHT_OF_A_QUESTION

    def near(self, lat, lng, km, also=frozenset()):
        """The places, in these columns, of what lies in the circle or is among `also`.

        As `ListingQuerySet.within` and `nearest_first` tell it, to the last digit: the nearest
        first, what has no point last.
        """
        west, south, east, north = geometry.box_around(lat, lng, km)
        shrink, farthest = geometry.shrink(lat), geometry.squared_degrees(km)
        found = []
        for number, (up, across) in enumerate(zip(self.lats, self.lngs, strict=True)):
            # A comparison with NaN is false.
            if south <= up <= north and west <= across <= east:
                up, across = up - lat, (across - lng) * shrink
                far = up * up + across * across
                if far <= farthest:
                    found.append((far, number))
        if also:
            found += self._besides(lat, lng, shrink, also, {number for _, number in found})
        return [number for _, number in sorted(found)]

    def _besides(self, lat, lng, shrink, also, near):
        for number, pk in enumerate(self.pks):
            if pk in also and number not in near:
                up, across = self.lats[number] - lat, (self.lngs[number] - lng) * shrink
                far = up * up + across * across
                yield (inf if isnan(far) else far), number


@dataclass(frozen=True)
class Usual:
    """The answer to a usual question: the pks, the nearest first, and the trade of each."""

    pks: list
    trades: list

    def by_category(self):
        """[(category, how many)], each by its first one; see `results.add_up`."""
        return [(trade or None, number) for trade, number in Counter(self.trades).items()]

    def further(self):
        """[(listing, one of its further categories, its first)] of those with several trades."""
        several = further_trades()
        return [
            (pk, other, trade or None)
            for pk, trade in zip(self.pks, self.trades, strict=True)
            for other in several.get(pk, ())
        ]


def ask(criteria, found):
    """The answer, or None where more is asked for than a word and a place."""
    place = criteria.place
    more = criteria.box or criteria.tag or criteria.kind or criteria.commune or criteria.category
    if more or criteria.labelled or not place or not found or not found.groups or found.partial:
        return None
    if criteria.sort != Order.DISTANCE:
        return None
    spots = spots_of(tuple(found.groups))
    also = serving(place.commune.pk) if place.commune else frozenset()
    here = spots.near(float(place.lat), float(place.lng), float(criteria.radius), also)
    return Usual([spots.pks[number] for number in here], [spots.trades[number] for number in here])


def spots_of(groups):
    """What answers to a stem of each group: read once per content version."""
    kept = remembered("spots of words", dict)
    found = kept.get(groups)
    if found is None:
        found = Spots.read(groups)
        if sum(spots.weight for spots in list(kept.values())) + found.weight > MOST_SPOTS:
            kept.clear()
        kept[groups] = found
    return found


def serving(insee):
    """The pks of those that deliver to a commune, or pass through it."""
    return remembered_by(insee, "serving", lambda: frozenset(pk for (pk,) in SERVING.rows(insee)))
