"""The market days that come: the next one, and those of one market."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from django.utils import timezone

from directory import cards, hours
from directory.hours.state import openings
from directory.markets.rows import MarketRow
from directory.markets.visits import is_over
from directory.models import Listing
from directory.snapshots import exceptions_of

HORIZON = timedelta(days=60)
LISTED_AHEAD = timedelta(days=120)
SHOWN_COMMUNES = 3


@dataclass(frozen=True)
class NextDay:
    """The next day on which a market is on, and some of the markets."""

    date: date
    markets: list[MarketRow]

    @property
    def communes(self) -> list[str]:
        """Where, each commune once, a few of them."""
        names = [market.commune or market.name for market in self.markets]
        return list(dict.fromkeys(names))[:SHOWN_COMMUNES]


def next_day(rows: Iterable[MarketRow], after: date, place=None) -> NextDay | None:
    """The first day after `after` with a market, within 60 days; near ones first."""
    start, last = after + timedelta(days=1), after + HORIZON
    known: dict[str, date | None] = {}
    firsts: dict[date, list[MarketRow]] = {}
    for market in rows:
        if not market.is_open:
            continue
        exceptions = [e for e in market.exceptions if e.start <= last and start <= e.end]
        if exceptions or market.hours not in known:
            first = _first(market.hours, exceptions, start, last)
            if not exceptions:
                known[market.hours] = first
        else:
            first = known[market.hours]
        if first:
            firsts.setdefault(first, []).append(market)
    if not firsts:
        return None
    day = min(firsts)

    def near(market):
        far = cards.distance(market, place)
        return float("inf") if far is None else far, market.commune or market.name

    return NextDay(day, sorted(firsts[day], key=near))


def _first(text: str, exceptions, start: date, last: date) -> date | None:
    """The first day that is open for sure."""
    days = (p.day for p in openings(text, exceptions, start, last) if p.state == hours.OPEN)
    return next(days, None)


def coming_days(market: Listing, now: datetime, most: int = 5) -> list[hours.HoursOfDay]:
    """A market's next days, those called off included, from today on while it is not over."""
    if market.trading_state != Listing.Trading.OPEN:
        return []
    today = timezone.localdate(now)
    last = today + LISTED_AHEAD
    known = hours.HoursOverDays(market.hours, exceptions_of(market), today, last)
    days = (known.on(today + timedelta(days=number)) for number in range(LISTED_AHEAD.days + 1))
    shown = (
        day for day in days if day.status in (hours.HELD, hours.CANCELLED) and not is_over(day, now)
    )
    return list(islice(shown, most))
