"""Which market is on when, and who stands there."""

from dataclasses import dataclass

from directory import hours
from directory.models import Listing
from directory.snapshots import exceptions_of


@dataclass(frozen=True)
class MarketDay:
    """A market on one day: its hours as French text, and who stands there."""

    market: Listing
    intervals: list
    holders: list


def markets_on(day):
    """Return the markets held on a date, those with most stands first."""
    markets = (
        Listing.objects.public()
        .of_kind(Listing.Kind.MARKET)
        .filter(trading_state=Listing.Trading.OPEN)
        .select_related("commune")
        .prefetch_related("exceptions", "stand_holders__listing")
        .order_by("name")
    )
    found = []
    for market in markets:
        today = hours.week(market.hours, market.exceptions.all(), day)[0]
        if today.intervals:
            found.append(MarketDay(market, today.intervals, _holders(market, day)))
    return sorted(found, key=lambda held: -len(held.holders))


def _away(listing, day):
    """Whether a holder's exceptional closing covers the day."""
    return any(row.start <= day <= row.end and not row.hours for row in exceptions_of(listing))


def _holders(market, day):
    """The published listings that stand at this market on that day."""
    return [
        stand.listing
        for stand in market.stand_holders.all()
        if stand.listing.live
        and stand.listing.trading_state == Listing.Trading.OPEN
        and (not stand.hours or hours.week(stand.hours, (), day)[0].intervals)
        and not _away(stand.listing, day)
    ]
