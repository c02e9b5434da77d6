"""What there is to follow: a market, all markets around a place, where a producer stands."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from zlib import crc32

from django.conf import settings

from directory import hours
from directory.markets.calendar import (
    WEEKS_AHEAD_OF_MANY,
    Entry,
    as_ical,
    window,
)
from directory.markets.stands import Holder, present, sells
from directory.markets.visits import StandOverDays, days_between, shown_market, visits
from directory.models import Listing, MarketStand
from directory.search.form import DEFAULT_RADIUS_KM
from directory.snapshots import exceptions_of
from home.models import SiteSettings
from home.versions import remembered

# What one calendar holds: more would take seconds to write, and nobody reads it.
MOST_FOLLOWED = 30


def market_ical(market: Listing, today: date) -> bytes:
    """The days of one market and who stands there."""
    span = window(today)
    stands = MarketStand.objects.of_traders().filter(market=market)
    entries = market_entries([market], stands.order_by("listing__name", "pk"), span)
    return as_ical(market.name, f"Les jours de marché. {_site()}", _url(market), entries, span)


def markets_ical(place, today: date) -> bytes:
    """The days of all markets, or of those around a place; of the nearest where they are many."""
    span = window(today, WEEKS_AHEAD_OF_MANY)
    markets = Listing.objects.markets()
    name = f"Marchés autour de {place.label}" if place else "Les marchés"
    if place:
        near = markets.within(place.lat, place.lng, DEFAULT_RADIUS_KM).nearest_first()
        markets = near[:MOST_FOLLOWED]
    else:
        markets = markets.order_by("name", "pk")[:MOST_FOLLOWED]
    markets = list(markets)
    stands = MarketStand.objects.of_traders().filter(market__in=[one.pk for one in markets])
    stands = stands.order_by("listing__name", "pk")
    entries = market_entries(markets, stands, span)
    return as_ical(f"{name} – {_site()}", _site(), settings.SITE_URL, entries, span)


def producer_ical(producer: Listing, today: date) -> bytes:
    """Where and when a producer sells away from home."""
    span = window(today)
    name = f"{producer.name} : où me trouver"
    entries = producer_entries(producer, span)
    return as_ical(name, producer.summary or name, _url(producer), entries, span)


def market_entries(
    markets: Iterable[Listing], stands: Iterable[MarketStand], span
) -> Iterable[Entry]:
    """The days of markets that are held, doubtful or called off, by market and date."""
    by_market: dict[int, list[StandOverDays]] = {}
    for stand in stands:
        by_market.setdefault(stand.market_id, []).append(StandOverDays.read(stand, span))
    for market in markets:
        if market.trading_state != Listing.Trading.OPEN:
            continue
        here = by_market.get(market.pk, ())
        known = hours.HoursOverDays(market.hours, exceptions_of(market), *span)
        changed = max([market.updated_at, *(one.stand.listing.updated_at for one in here)])
        for day in days_between(span):
            of_day = known.on(day)
            if of_day.pieces:
                yield Entry(
                    key=market.slug,
                    day=of_day,
                    summary=market.name,
                    location=_address(market),
                    description=_about_market(market, of_day, [one.on(day) for one in here]),
                    url=_url(market),
                    revised=market.updated_at,
                    changed=changed,
                    point=_point(market),
                )


def _about_market(market: Listing, of_day: hours.HoursOfDay, stands) -> str:
    lines = [_why(of_day)]
    if of_day.status != hours.CANCELLED:
        holders, absent = present(stands, of_day)
        if holders:
            lines += ["Qui y vend :", *map(_holder_line, holders)]
        lines += [f"Absent ce jour-là : {one.listing.name}" for one in absent]
    return "\n".join(line for line in [*lines, market.hours_note, _url(market)] if line)


def _holder_line(holder: Holder) -> str:
    own = f" ({', '.join(holder.intervals)})" if holder.intervals else ""
    return f"– {holder.listing.name}{own}" + (f" : {holder.sells}" if holder.sells else "")


def _why(of_day: hours.HoursOfDay) -> str:
    if of_day.status == hours.CANCELLED:
        return f"Fermé exceptionnellement : {of_day.reason}" if of_day.reason else "Fermé"
    if of_day.exceptional:
        return f"Horaires exceptionnels : {of_day.reason}".removesuffix(" : ")
    doubt = of_day.doubt or (of_day.status == hours.DOUBTFUL and "horaires à vérifier") or ""
    return doubt[:1].upper() + doubt[1:]


def producer_entries(producer: Listing, span) -> list[Entry]:
    """The days of a producer's stands by date, those called off or missed included."""
    if producer.trading_state != Listing.Trading.OPEN:
        return []
    found: dict[tuple[date, str], Entry] = {}
    for stand in producer.stands.select_related("market__commune"):
        stand.listing = producer
        for day, of_day in visits(stand, span):
            entry = _visit_entry(producer, stand, of_day)
            known = found.get((day, entry.key))
            # Two lines about the same day at the same place are one visit.
            found[day, entry.key] = replace(entry, day=_both(known.day, of_day)) if known else entry
    return [entry for _, entry in sorted(found.items(), key=lambda item: item[0])]


def _both(one: hours.HoursOfDay, other: hours.HoursOfDay) -> hours.HoursOfDay:
    times = {(piece.start, piece.end): piece for piece in (*one.pieces, *other.pieces)}
    return replace(one, pieces=tuple(times[span] for span in sorted(times)))


def _visit_entry(producer: Listing, stand: MarketStand, of_day: hours.HoursOfDay) -> Entry:
    market = shown_market(stand)
    where = market.name if market else stand.place
    revised = max(producer.updated_at, market.updated_at) if market else producer.updated_at
    place = market.slug if market else f"{crc32(stand.place.encode()):08x}"
    lines = [_why(of_day), stand.note, sells(producer), _url(producer)]
    return Entry(
        key=f"{producer.slug}-{place}",
        day=of_day,
        summary=f"{producer.name}, {where}",
        location=f"{market.name}, {_address(market)}" if market else stand.place,
        description="\n".join(line for line in lines if line),
        url=_url(producer),
        revised=revised,
        changed=revised,
        point=_point(market) if market else None,
    )


def _address(market: Listing) -> str:
    town = f"{market.postal_code} {market.commune or ''}".strip()
    return ", ".join(part for part in (market.public_street, town) if part)


def _point(market: Listing) -> tuple[float, float] | None:
    return (market.public_lat, market.public_lng) if market.has_exact_public_point else None


def _url(listing: Listing) -> str:
    return settings.SITE_URL + listing.get_absolute_url()


def _site() -> str:
    return remembered("settings", SiteSettings.load).site_name
