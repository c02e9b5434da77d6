"""When a producer stands where: their own hours and those of the market, put together."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils import timezone

from directory import hours
from directory.markets.progress import OVER, progress
from directory.markets.stands import Absent, presence
from directory.models import Listing, Stand
from directory.snapshots import exceptions_of

SHOWN_AHEAD = timedelta(days=60)


def days_between(span: tuple[date, date]) -> list[date]:
    """Each day from the first to the last."""
    first, last = span
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


@dataclass(frozen=True)
class StandOverDays:
    """A stand, and its own hours over some days where it has any."""

    stand: Stand
    known: hours.HoursOverDays | None

    @classmethod
    def read(cls, stand, span):
        """The stand with its hours read once."""
        return cls(stand, hours.HoursOverDays(stand.hours, (), *span) if stand.hours else None)

    def on(self, day: date) -> tuple[Stand, hours.HoursOfDay | None]:
        """The stand with what its hours say of a day."""
        return self.stand, self.known.on(day) if self.known else None


def shown_market(stand: Stand) -> Listing | None:
    """The market of a stand, if visitors can see it."""
    return stand.market if stand.market and stand.market.live else None


def visits(stand: Stand, span) -> Iterable[tuple[date, hours.HoursOfDay]]:
    """The days of one stand that have hours: at its market, or at a place that is written out."""
    market = shown_market(stand)
    if market and market.trading_state != Listing.Trading.OPEN or not (market or stand.place):
        return
    own = StandOverDays.read(stand, span)
    known = market and hours.HoursOverDays(market.hours, exceptions_of(market), *span)
    for day in days_between(span):
        of_day = visit(stand, own.on(day)[1], known.on(day) if known else None)
        if of_day and of_day.pieces:
            yield day, of_day


def visit(
    stand: Stand, own: hours.HoursOfDay | None, market_hours: hours.HoursOfDay | None
) -> hours.HoursOfDay | None:
    """One day of a stand: when its holder is there, or why not; None where it isn't their day."""
    at = market_hours or own
    if at is None or at.status == hours.OFF:
        return None
    found = presence(stand, own, at)
    if found is None:
        return None
    uses_own = own is not None and own.pieces and not at.exceptional
    day = replace(at, pieces=own.pieces, usual=()) if uses_own else replace(at, usual=())
    if isinstance(found, Absent):
        return replace(day, status=hours.CANCELLED, reason=found.reason, doubt="")
    if found.doubt and day.status == hours.HELD:
        return replace(day, status=hours.DOUBTFUL, doubt=found.doubt)
    return day


@dataclass(frozen=True)
class Visit:
    """One day of a stand, for a list of the next ones."""

    day: hours.HoursOfDay
    place: str
    market: Listing | None


def next_visits(producer: Listing, now: datetime, most: int = 4) -> list[Visit]:
    """Where a producer can be met next, those called off included."""
    if producer.trading_state != Listing.Trading.OPEN:
        return []
    stands = list(producer.stands.select_related("market__commune"))
    for stand in stands:
        stand.listing = producer
    return next_of_stands(stands, now, most)


def next_of_stands(stands: Iterable[Stand], now: datetime, most: int = 4) -> list[Visit]:
    """The next days of these stands, soonest first."""
    today = timezone.localdate(now)
    found: dict[tuple, Visit] = {}
    for stand in stands:
        market = shown_market(stand)
        place = market.name if market else stand.place
        for day, of_day in visits(stand, (today, today + SHOWN_AHEAD)):
            if not is_over(of_day, now):
                key = (day, of_day.pieces[0].start, place)
                found.setdefault(key, Visit(of_day, place, market))
    return [visit for _, visit in sorted(found.items(), key=lambda item: item[0])][:most]


def is_over(of_day: hours.HoursOfDay, now: datetime) -> bool:
    """Whether a day's hours lie behind us."""
    held = replace(of_day, status=hours.HELD)
    return of_day.date == timezone.localdate(now) and progress(held, now).state == OVER
