"""Who stands at a market, or sells at another place, on a day."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from directory import geometry, hours
from directory.markets.progress import Progress, progress
from directory.markets.rows import StandRow, TraderRow, stands_at, stands_elsewhere
from directory.models import Commune, Listing, MarketStand
from directory.places.names import NamedPlace, PlaceNames
from directory.snapshots import exceptions_of

# A producer's other places lie about where the producer is.
REACH_KM = 40
MOST_PRODUCTS = 6


@dataclass(frozen=True)
class Holder:
    """Somebody who stands there; `intervals` only where they are not the market's own."""

    listing: Listing | TraderRow
    intervals: list[str]
    note: str = ""
    doubt: str = ""

    @property
    def sells(self) -> str:
        """What one finds at the stand: products, else the line about the listing."""
        return sells(self.listing)


@dataclass(frozen=True)
class Absent:
    """Somebody who usually stands there, and why not on this day."""

    listing: Listing | TraderRow
    reason: str


@dataclass(frozen=True)
class PointOfSale:
    """A place without a market's listing where somebody sells on this day."""

    listing: Listing | TraderRow
    place: str
    hours: hours.HoursOfDay
    note: str = ""
    progress: Progress | None = None
    lat: float | None = None
    lng: float | None = None
    distance_km: float | None = None

    @property
    def sells(self) -> str:
        """What one finds there."""
        return sells(self.listing)

    @property
    def order(self):
        """Near ones first, then early ones."""
        far = float("inf") if self.distance_km is None else self.distance_km
        return far, self.hours.pieces[0].start, self.place


def sells(listing: Listing | TraderRow) -> str:
    """Products as a list, else the line about the listing."""
    products = listing.snapshot.get("products", ())
    if not products:
        return listing.summary
    more = "…" if len(products) > MOST_PRODUCTS else ""
    return ", ".join(products[:MOST_PRODUCTS]) + more


def stands_by_market(
    day: date, markets: Iterable[int]
) -> dict[int, list[tuple[StandRow, hours.HoursOfDay | None]]]:
    """The stands at these markets, each with what its own hours say of the day."""
    found = defaultdict(list)
    for stand in stands_at(markets):
        own = hours.HoursOverDays(stand.hours, (), day).on(day) if stand.hours else None
        found[stand.market_id].append((stand, own))
    return found


def count_stands(day: date) -> Counter[int]:
    """How many stands each market has on a day; who is away is not looked for."""
    stands = MarketStand.objects.of_traders().at_markets().values_list("market_id", "hours")
    return Counter(
        market
        for market, text in stands.order_by()
        if not text or hours.usual_days(text, day, day).get(day)
    )


def present(
    stands: Iterable[tuple[MarketStand | StandRow, hours.HoursOfDay | None]],
    market_hours: hours.HoursOfDay,
) -> tuple[list[Holder], list[Absent]]:
    """Who is there and who is not, on a day of the market; each once.

    Stands come with what their own hours say of the day, None where they have none.
    """
    holders: dict[int, Holder] = {}
    absent: dict[int, Absent] = {}
    for stand, own in stands:
        if found := presence(stand, own, market_hours):
            kept = holders if isinstance(found, Holder) else absent
            kept.setdefault(stand.listing_id, found)
    return list(holders.values()), [one for pk, one in absent.items() if pk not in holders]


def presence(
    stand: MarketStand | StandRow, own: hours.HoursOfDay | None, market_hours: hours.HoursOfDay
) -> Holder | Absent | None:
    """The holder of a stand on a day of its market, their absence, or None: not their day.

    On a day with exceptional hours the market's hold for its stands too.
    """
    if own is None and market_hours.status == hours.DOUBTFUL:
        return None
    if own and own.status not in (hours.HELD, hours.DOUBTFUL):
        return None
    closures = exceptions_of(stand.listing) if stand.listing else ()
    away = hours.closing(closures, market_hours.date)
    if away:
        return Absent(stand.listing, away.note)
    doubtful = own is not None and own.status == hours.DOUBTFUL
    differs = own and not market_hours.exceptional and _times(own) != _times(market_hours)
    return Holder(
        listing=stand.listing,
        intervals=own.intervals if differs else [],
        note=stand.note,
        doubt=(own.reason or "à vérifier") if doubtful else "",
    )


def _times(of_day: hours.HoursOfDay) -> list[tuple[datetime, datetime]]:
    return [(piece.start, piece.end) for piece in of_day.pieces]


def points_of_sale(day: date, now: datetime | None = None, place=None) -> list[PointOfSale]:
    """Other places where somebody sells on a day; with `now`, how far today has come."""
    found = []
    for stand in stands_elsewhere():
        of_day = hours.HoursOverDays(stand.hours, (), day).on(day)
        if of_day.status == hours.HELD and not hours.closing(exceptions_of(stand.listing), day):
            found.append((stand, of_day))
    names = Commune.objects.names() if found else None
    points = [_point(stand, of_day, names, now, place) for stand, of_day in found]
    return sorted(points, key=lambda point: point.order)


def _point(stand, of_day, names: PlaceNames, now, place) -> PointOfSale:
    spot = spot_of(stand, names)
    far = None
    if spot and place:
        far = geometry.distance_km(place.lat, place.lng, spot.lat, spot.lng)
    return PointOfSale(
        listing=stand.listing,
        place=stand.place,
        hours=of_day,
        note=stand.note,
        progress=progress(of_day, now) if now else None,
        lat=spot.lat if spot else None,
        lng=spot.lng if spot else None,
        distance_km=far,
    )


def spot_of(stand: StandRow, names: PlaceNames) -> NamedPlace | None:
    """The commune that a written place names, looked for around its producer."""
    home = stand.listing
    if home.public_lat is None:
        return None
    return names.mentioned(stand.place, home.public_lat, home.public_lng, REACH_KM)
