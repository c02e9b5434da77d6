"""One day of all markets: which are on, which are called off, of which nobody knows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.utils import timezone

from directory import cards, hours
from directory.hours.words import piece_span
from directory.markets.progress import OVER, Progress, progress, running_late
from directory.markets.rows import MarketRow
from directory.markets.stands import (
    Absent,
    Holder,
    PointOfSale,
    count_stands,
    points_of_sale,
    present,
    stands_by_market,
)
from directory.models import Listing

DAY = timedelta(days=1)
UNKNOWN_START = 48 * 60  # minutes: after all that is known


@dataclass(frozen=True)
class MarketDay:
    """A market on one day. `progress` is there on the day itself, `distance_km` with a place.

    `market` is a row, and the listing once `with_details` has read it with those who stand there.
    """

    market: MarketRow | Listing
    hours: hours.HoursOfDay
    holders: list[Holder] = field(default_factory=list)
    absent: list[Absent] = field(default_factory=list)
    progress: Progress | None = None
    distance_km: float | None = None
    stand_in: hours.HoursOfDay | None = None

    @property
    def where(self):
        """ "Rambouillet, place aux Grains"."""
        parts = [str(self.market.commune or ""), self.market.public_street]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Day:
    """All that is known of a day, each list in its order."""

    date: date
    held: list[MarketDay]
    doubtful: list[MarketDay]
    cancelled: list[MarketDay]
    points: list[PointOfSale]

    @property
    def is_over(self):
        """Whether nothing goes on any more, or nothing was on."""
        return all(one.progress and one.progress.state == OVER for one in self.held)


def day_of(rows: Iterable[MarketRow], day: date, now: datetime | None = None, place=None) -> Day:
    """Work a day out for these markets; with `now`, it is said how far today has come."""
    now = now if now is not None and timezone.localdate(now) == day else None
    by_status = {hours.HELD: [], hours.DOUBTFUL: [], hours.CANCELLED: []}
    for row in rows:
        found = _market_day(row, day, now)
        if found.hours.status in by_status:
            far = cards.distance(row, place)
            by_status[found.hours.status].append(replace(found, distance_km=far))
    for several in by_status.values():
        several.sort(key=_order)
    return Day(
        date=day,
        held=by_status[hours.HELD],
        doubtful=by_status[hours.DOUBTFUL],
        cancelled=by_status[hours.CANCELLED],
        points=points_of_sale(day, now, place),
    )


def _order(one: MarketDay) -> tuple:
    """What is over comes last; then by distance, by hour, by commune."""
    far = float("inf") if one.distance_km is None else one.distance_km
    start = piece_span(one.hours.pieces[0])[0] if one.hours.pieces else UNKNOWN_START
    over = one.progress is not None and one.progress.state == OVER
    return over, far, start, one.market.folded, one.market.name


def with_details(several: Sequence[MarketDay], day: date) -> list[MarketDay]:
    """The same with their listings and who stands there: two queries, for those that are shown."""
    pks = [one.market.pk for one in several]
    listings = Listing.objects.markets().in_bulk(pks) if pks else {}
    stands = stands_by_market(day, pks) if pks else {}
    found = []
    for one in several:
        if market := listings.get(one.market.pk):
            holders, absent = [], []
            if one.hours.status != hours.CANCELLED:
                holders, absent = present(stands.get(market.pk, ()), one.hours)
            found.append(replace(one, market=market, holders=holders, absent=absent))
    return found


def _market_day(row: MarketRow, day: date, now: datetime | None) -> MarketDay:
    known = hours.HoursOverDays(row.hours, row.exceptions, day - DAY if now else day, day)
    of_day = known.on(day)
    if not row.is_open:
        return MarketDay(row, _paused(row, of_day))
    if now:
        of_day = _with_last_night(of_day, known.on(day - DAY), now)
    if of_day.status == hours.CANCELLED:
        return MarketDay(row, of_day, stand_in=known.stand_in(day))
    running = progress(of_day, now) if now and of_day.status == hours.HELD else None
    return MarketDay(row, of_day, progress=running)


def _paused(row: MarketRow, of_day: hours.HoursOfDay) -> hours.HoursOfDay:
    """A market that has stopped for a while, on a day when it would be on."""
    if of_day.status != hours.HELD:
        return replace(of_day, status=hours.OFF)
    reason = row.trading_note or Listing.Trading(row.trading_state).label.lower()
    return replace(of_day, status=hours.CANCELLED, reason=reason, doubt="")


def _with_last_night(
    of_day: hours.HoursOfDay, before: hours.HoursOfDay, now: datetime
) -> hours.HoursOfDay:
    """Add what began last evening and is not over."""
    late = running_late(before.pieces, now) if before.status == hours.HELD else ()
    if not late:
        return of_day
    own = of_day.pieces if of_day.status == hours.HELD else ()
    kept = of_day if own else before
    return replace(kept, date=of_day.date, pieces=(*late, *own))


def most_stands_first(held: Sequence[MarketDay], day: date) -> list[MarketDay]:
    """The order of the home page: where most producers stand."""
    stands = count_stands(day)
    return sorted(held, key=lambda one: (-stands.get(one.market.pk, 0), _order(one)))
