"""Markets and who stands there as light rows: enough to tell which are on, in which order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import orjson

from directory.models import HoursException, Listing, MarketStand
from directory.models.listings import address_of
from directory.snapshots import Exceptional
from home.prepared import Prepared

BEFORE, AFTER = timedelta(days=8), timedelta(days=70)
FIELDS = (
    *("pk", "name", "hours", "trading_state", "trading_note", "public_lat", "public_lng"),
    *("commune__name", "commune__folded"),
)
MARKETS = Prepared(lambda: Listing.objects.markets().values_list(*FIELDS))
EXCEPTIONS = Prepared(
    lambda first, last: (
        HoursException.objects.filter(
            listing__kind=Listing.Kind.MARKET, end__gte=first, start__lte=last
        )
        .order_by("sort_order", "pk")
        .values_list("listing_id", "start", "end", "hours", "note")
    )
)
OF_STANDS = (
    *("market_id", "place", "hours", "note", "listing_id", "listing__name", "listing__slug"),
    *("listing__summary", "listing__snapshot", "listing__public_lat", "listing__public_lng"),
    "listing__labelled",
)
STANDS_AT = Prepared(
    lambda *pks: (
        MarketStand.objects.of_traders()
        .filter(market__in=pks)
        .order_by("listing__name", "pk")
        .values_list(*OF_STANDS)
    )
)
STANDS_ELSEWHERE = Prepared(
    lambda: (
        MarketStand.objects.of_traders().elsewhere().order_by("place", "pk").values_list(*OF_STANDS)
    )
)


@dataclass(frozen=True, slots=True)
class TraderRow:
    """What a line about somebody who sells there shows of their listing; degrees."""

    pk: int
    name: str
    slug: str
    summary: str
    snapshot: dict
    public_lat: float | None
    public_lng: float | None
    labelled: bool = False

    def get_absolute_url(self) -> str:
        """The listing's page."""
        return address_of(self.slug)


@dataclass(frozen=True, slots=True)
class StandRow:
    """A stand as `MarketStand` has it, and whose it is."""

    market_id: int | None
    place: str
    hours: str
    note: str
    listing: TraderRow

    @property
    def listing_id(self) -> int:
        """Whose it is."""
        return self.listing.pk


def stands_at(markets: Iterable[int]) -> list[StandRow]:
    """The stands at these markets, by name: one query, and no model is made."""
    return list(map(_stand, STANDS_AT.rows(*markets)))


def stands_elsewhere() -> list[StandRow]:
    """The stands at places that are written out, in their order."""
    return list(map(_stand, STANDS_ELSEWHERE.rows()))


def _stand(row: tuple) -> StandRow:
    *stand, pk, name, slug, summary, snapshot, lat, lng, labelled = row
    trader = TraderRow(pk, name, slug, summary, orjson.loads(snapshot), lat, lng, bool(labelled))
    return StandRow(*stand, trader)


@dataclass(frozen=True, slots=True)
class MarketRow:
    """What decides on a market's days; point in degrees, exceptions of the weeks asked for."""

    pk: int
    name: str
    hours: str
    trading_state: str
    trading_note: str
    public_lat: float | None
    public_lng: float | None
    commune: str
    folded: str
    exceptions: list[Exceptional]

    @property
    def is_open(self) -> bool:
        """Whether it is in business, and has not stopped for a while."""
        return self.trading_state == Listing.Trading.OPEN


def market_rows(day: date) -> list[MarketRow]:
    """Every market that visitors can see, with its exceptions around a day: two queries.

    Whole listings would take ten times as long; only those that are shown are read.
    """
    exceptions: dict[int, list[Exceptional]] = {}
    for pk, *values in EXCEPTIONS.rows(day - BEFORE, day + AFTER):
        exceptions.setdefault(pk, []).append(Exceptional(*values))
    return [
        MarketRow(*values, name or "", folded or "", exceptions.get(values[0], []))
        for *values, name, folded in MARKETS.rows()
    ]
