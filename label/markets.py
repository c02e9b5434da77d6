"""Members without listing at the markets: who stands where, on a day.

Members with a listing are there with it: their stands are the directory's.
"""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from directory import hours
from directory.markets.days import MarketDay
from directory.markets.stands import presence
from directory.models import Listing
from home.versions import remembered_by
from label.models import Membership, MemberStand


class Met(NamedTuple):
    """A member who can be met at a market; `when` only where it is not the market's own."""

    url: str
    name: str
    trade: str
    when: str
    note: str
    doubt: str = ""


def stands_of_members() -> dict[int, list[MemberStand]]:
    """The stands of today's members at markets that have a listing, by market: one query."""
    today = timezone.localdate()

    def read():
        members = Membership.objects.public(today).filter(listing=None)
        stands = MemberStand.objects.filter(market__isnull=False, membership__in=members)
        found = defaultdict(list)
        named = stands.select_related("membership__trade").order_by("membership__holder", "pk")
        for stand in named:
            found[stand.market_id].append(stand)
        return dict(found)

    return remembered_by(today, "stands of members", read)


def met_on(one: MarketDay, day: date) -> list[Met]:
    """The members who are at a market on a day of it, each once."""
    if one.hours.status == hours.CANCELLED:
        return []
    found: dict[int, Met] = {}
    for stand in stands_of_members().get(one.market.pk, ()):
        own = hours.HoursOverDays(stand.hours, (), day).on(day) if stand.hours else None
        if there := presence(stand, own, one.hours):
            when = ", ".join(there.intervals)
            found.setdefault(stand.membership_id, _met(stand, when, there.doubt))
    return list(found.values())


def met_at(market: Listing) -> list[Met]:
    """The members who stand at a market, whatever the day."""
    if market.kind != Listing.Kind.MARKET or not market.pk:
        return []
    found: dict[int, Met] = {}
    for stand in stands_of_members().get(market.pk, ()):
        when = hours.describe(stand.hours) if stand.hours else ""
        found.setdefault(stand.membership_id, _met(stand, when))
    return list(found.values())


def _met(stand: MemberStand, when: str, doubt: str = "") -> Met:
    member = stand.membership
    trade = member.trade.name if member.trade else ""
    return Met(member.get_absolute_url(), member.name, trade, when, stand.note, doubt)
