"""Listings that may be one and the same: near each other, with similar names or one contact."""

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from rapidfuzz import fuzz

from directory import geometry
from directory.models import Listing, NotDuplicate
from home.search.fold import STOP_WORDS, words

NEAR_METRES = 100
SIMILAR = 85
# Cells of the grid are at least as wide as NEAR_METRES, in latitudes up to 53 degrees.
CELL_LAT = NEAR_METRES / 111_000
CELL_LNG = CELL_LAT / 0.6
NEAR_SQUARED = geometry.squared_degrees(NEAR_METRES * 1.01 / 1000)
FORWARD = ((0, 1), (1, -1), (1, 0), (1, 1))
# Above this many in one place, only listings that share a word are compared.
CROWD = 60


@dataclass(frozen=True, eq=False)
class Row:
    """What is compared of a listing; one object for each, so that sets of pairs stay quick."""

    pk: int
    name: str
    lat: float | None
    lng: float | None
    shrink: float
    commune: str | None
    parent: int | None
    key: str
    telling: frozenset
    phone: str
    website: str


class Pair(NamedTuple):
    """Two listings that may be one: `score` is 0 to 100, `metres` None without two points."""

    first: int
    second: int
    score: float
    metres: float | None
    same_contact: bool


def possible_duplicates():
    """Return the pairs, the likeliest first, without those that somebody said are two."""
    rows = [read(values) for values in Listing.objects.values_list(*COLUMNS).order_by("pk")]
    refused = set(NotDuplicate.objects.values_list("first_id", "second_id"))
    pairs = [
        pair
        for one, other in candidates(rows)
        if (one.pk, other.pk) not in refused
        and not same_house(one, other)
        and (pair := compare(one, other))
    ]
    return sorted(
        pairs, key=lambda pair: (-pair.score, not pair.same_contact, pair.first, pair.second)
    )


COLUMNS = ("pk", "name", "lat", "lng", "commune_id", "parent_id", "phone", "website")


def read(values):
    """Make a `Row` of the columns."""
    pk, name, lat, lng, commune, parent, phone, website = values
    folded = words(name)
    return Row(
        pk=pk,
        name=name,
        lat=lat,
        lng=lng,
        shrink=0 if lat is None else geometry.shrink(lat),
        commune=commune,
        parent=parent,
        key=" ".join(folded),
        telling=frozenset(word for word in folded if word not in STOP_WORDS),
        phone="".join(re.findall(r"\d", phone))[-9:],
        website=re.sub(r"^https?://(www\.)?|/+$", "", website.lower()),
    )


def candidates(rows):
    """Yield each pair of rows that lie near enough once, the smaller pk first.

    What was seen is kept as bare numbers: of hundreds of thousands of pairs the garbage
    collector would look through each again and again.
    """
    seen, span = set(), max((row.pk for row in rows), default=0) + 1
    for one, other in neighbours(rows):
        if one.pk > other.pk:
            one, other = other, one  # noqa: PLW2901 -- the same pair
        number = one.pk * span + other.pk
        if number not in seen:
            seen.add(number)
            yield one, other


def neighbours(rows):
    """Yield the pairs of rows that lie near enough, some of them several times."""
    placed, unplaced, by_commune = defaultdict(list), defaultdict(list), defaultdict(list)
    for row in rows:
        if row.lat is not None:
            placed[math.floor(row.lat / CELL_LAT), math.floor(row.lng / CELL_LNG)].append(row)
        elif row.commune:
            unplaced[row.commune].append(row)
        if row.lat is not None and row.commune:
            by_commune[row.commune].append(row)
    for (north, east), here in placed.items():
        yield from (pair for pair in within(here) if are_near(*pair))
        for up, right in FORWARD:
            there = placed.get((north + up, east + right), ())
            yield from (pair for pair in between(here, there) if are_near(*pair))
    for commune, here in unplaced.items():
        yield from within(here)
        yield from between(here, by_commune.get(commune, ()))


def are_near(one, other):
    """Whether two points are at most 100 m apart, and a little: `compare` measures exactly.

    A dense town asks this a million times, so it is plain arithmetic.
    """
    north, east = other.lat - one.lat, (other.lng - one.lng) * one.shrink
    return north * north + east * east <= NEAR_SQUARED


def within(group):
    """The pairs inside one group."""
    if len(group) <= CROWD:
        return combinations(group, 2)
    return (pair for shared in sharing(group).values() for pair in combinations(shared, 2))


def between(group, others):
    """The pairs across two groups."""
    if len(group) * len(others) <= CROWD * CROWD:
        return ((one, other) for one in group for other in others)
    theirs = sharing(others)
    return (
        (one, other)
        for word, shared in sharing(group).items()
        for one in shared
        for other in theirs.get(word, ())
    )


def sharing(group):
    """Group rows by what they share: telling words (the rarer ones), telephone, website.

    A word that half the group has (« boulangerie ») tells nothing.
    """
    shared = defaultdict(list)
    for row in group:
        for word in (*row.telling, f"t:{row.phone}", f"w:{row.website}"):
            if word not in ("t:", "w:"):
                shared[word].append(row)
    return {word: rows for word, rows in shared.items() if len(rows) <= CROWD}


def same_house(one, other):
    """Whether they are two outlets of one house, or the house and an outlet."""
    if one.parent == other.pk or other.parent == one.pk:
        return True
    return one.parent is not None and one.parent == other.parent


def compare(one, other):
    """Return the `Pair`, or None when they are not alike or not near enough."""
    same_contact = bool(
        (one.phone and one.phone == other.phone) or (one.website and one.website == other.website)
    )
    # Of two without a common contact, nobody needs to know how little alike they are.
    score = similarity(one, other, 0 if same_contact else SIMILAR)
    if score < SIMILAR and not same_contact:
        return None
    metres = None
    if one.lat is not None and other.lat is not None:
        metres = geometry.distance_km(one.lat, one.lng, other.lat, other.lng) * 1000
        if metres > NEAR_METRES:
            return None
    return Pair(one.pk, other.pk, score, metres, same_contact)


def similarity(one, other, least=0):
    """How alike two names are, 0 to 100; 0 for what is below `least`.

    A name that is part of the other counts as equal (« Ferme du Chêne », « La Ferme du Chêne,
    fromagerie »), but a single word (« Boulangerie ») must be the whole name.
    """
    if min(len(one.telling), len(other.telling)) < 2:
        return fuzz.token_sort_ratio(one.key, other.key, score_cutoff=least)
    return fuzz.token_set_ratio(one.key, other.key, score_cutoff=least)
