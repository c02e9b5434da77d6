"""All markets as light rows: enough to tell which are on, and in which order to show them."""

from dataclasses import dataclass
from datetime import date, timedelta

from directory.models import HoursException, Listing
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
