"""A tile that is complete: each listing in one short row, so that the browser can filter."""

from datetime import date, timedelta
from functools import lru_cache
from math import floor

import orjson
from django.db.models import Case, ExpressionWrapper, Field, Q, When
from django.utils.text import slugify

from directory import hours
from directory.further import further_trades
from directory.models import HoursException, Listing
from directory.snapshots import Exceptional
from directory.tiles.mercator import Tile
from directory.tree import category_tree
from home.prepared import Prepared
from home.versions import remembered_by

APPROXIMATE, PAUSED, MARKET, LABELLED = 1, 2, 4, 8
DAY = timedelta(days=1)
# Some 600 bytes each: at most 20 MB of a process.
MOST_KEPT = 32_768
HIDDEN = Q(lat=None) | Q(hide_address=True) | Q(visits=Listing.Visits.NONE)


def flag(condition: Q, number: int) -> Case:
    """A number where the condition holds, else 0."""
    return Case(When(condition, then=number), default=0)


# A bare field, so that the number comes as it is: converting it costs more than reading it.
FLAGS = ExpressionWrapper(
    flag(HIDDEN, APPROXIMATE)
    + flag(~Q(trading_state=Listing.Trading.OPEN), PAUSED)
    + flag(Q(kind=Listing.Kind.MARKET), MARKET)
    + flag(Q(labelled=True), LABELLED),
    output_field=Field(),
)
COLUMNS = ("pk", "public_lat", "public_lng", "slug", "name", "category_id", "hours", FLAGS)
ROWS = Prepared(
    lambda first, last: (
        Listing.objects.on_map()
        .filter(cell__range=(first, last))
        .order_by("cell", "pk")
        .values_list(*COLUMNS)
    )
)
EXCEPTIONS = Prepared(
    lambda before, after: HoursException.objects.filter(
        start__lte=after, end__gte=before
    ).values_list("listing_id", "start", "end", "hours", "note")
)


@lru_cache(maxsize=MOST_KEPT)
def place(lat: float, lng: float, slug: str, name: str) -> orjson.Fragment:
    """The first four values of a pin as JSON, found by what the database says now.

    `floor` to the nearest hundred-thousandth, a metre, takes a third of the time of `round`.
    """
    values = [
        floor(lat * 100_000 + 0.5) / 100_000,
        floor(lng * 100_000 + 0.5) / 100_000,
        "" if slug == slugify(name) else slug,
        name,
    ]
    # Four values, not one: within a row's brackets they are what the other values follow.
    return orjson.Fragment(orjson.dumps(values)[1:-1])


class Numbered(dict):
    """Gives each new key the next number, so that equal values are told once."""

    def __missing__(self, key):
        self[key] = len(self)
        return self[key]


class Openings(dict):
    """The number in a tile of the timetable that usual hours come to; None: unknown."""

    def __init__(self, known: hours.KnownDay):
        self.known = known
        self.numbers = Numbered()

    def __missing__(self, text):
        known = self.known[text]
        self[text] = found = None if known is None else self.numbers[known]
        return found

    def number(self, known: int | None) -> int | None:
        """The number in this tile of a timetable that has one on its day."""
        return None if known is None else self.numbers[known]

    @property
    def tables(self) -> list[hours.Timetable]:
        """The timetables by their numbers in the tile."""
        return [self.known.tables[known] for known in self.numbers]


def pins(tile: Tile, day: date) -> dict[str, object]:
    """The parts of a complete tile on a day, for orjson: docs/carte.md tells their format."""
    further, exceptions = further_trades(), exceptions_around(day)
    known = hours.known_day(day)
    trades, openings = Numbered(), Openings(known)
    # The few that the shortest way below would tell wrong.
    odd = remembered_by(day, "odd listings", lambda: {*further, *exceptions})

    def trade_of(pk: int, trade: int | None) -> int | list[int] | None:
        number = None if trade is None else trades[trade]
        if pk not in further:
            return number
        numbers = dict.fromkeys([number, *(trades[other] for other in further[pk])])
        return [n for n in numbers if n is not None]

    def opening_of(pk: int, text: str, flags: int) -> int | None:
        if flags & PAUSED:
            return openings.number(known.number(hours.Timetable()))
        if pk in exceptions:
            return openings.number(known.with_exceptions(text, exceptions[pk]))
        return openings[text]

    # One expression without calls where they can be spared: a tile has thousands of them.
    rows = [
        (
            place(lat, lng, slug, name),
            trade_of(pk, trade) if trade is None or pk in odd else trades[trade],
            opening_of(pk, text, flags) if pk in odd or flags & PAUSED else openings[text],
            flags,
        )
        for pk, lat, lng, slug, name, trade, text, flags in ROWS.rows(*tile.codes)
    ]
    by_pk = category_tree().by_pk
    return {
        "categories": [by_pk[pk].slug for pk in trades],
        "openings": [table.open for table in openings.tables],
        "doubts": {str(n): t.doubts for n, t in enumerate(openings.tables) if t.doubts},
        "pins": rows,
    }


def exceptions_around(day: date) -> dict[int, tuple[Exceptional, ...]]:
    """{listing: exceptional hours} that can matter from the evening before to tomorrow.

    Of all listings, once per content version: a map asks for a dozen tiles at once.
    """

    def read() -> dict[int, tuple[Exceptional, ...]]:
        found: dict[int, tuple[Exceptional, ...]] = {}
        for listing, *values in EXCEPTIONS.rows(day - DAY, day + DAY):
            found[listing] = (*found.get(listing, ()), Exceptional(*values))
        return found

    return remembered_by(day, "exceptions around", read)
