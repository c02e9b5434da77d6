"""What a listing's page shows, worked out before the template."""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from directory import hours, structured_data
from directory.cards import today_of
from directory.markets import coming_days
from directory.markets.links import calendar_links
from directory.markets.visits import next_visits
from directory.models import Listing, ListingSource
from directory.places.minimap import minimap
from directory.snapshots import exceptions_of
from home.prepared import Prepared
from home.versions import remembered_by

STALE_DAYS = 365
AHEAD_DAYS = 60
# Some 10 kB each.
MAPS_KEPT = 1000
# Found by the index alone: hardly any listing has a parent, and where most have the same value
# SQLite's statistics tell it to read the whole table rather than look them up.
OUTLETS = Prepared(
    lambda pk: (
        Listing.objects.public()
        .filter(pk__in=Listing.objects.filter(parent_id=pk).order_by().values("pk"))
        .only("name", "slug")
    )
)
SOURCES = Prepared(
    lambda pk: ListingSource.objects.filter(listing_id=pk).defer("imported_values").order_by("pk")
)


@dataclass(frozen=True)
class ListingPage:
    """One listing as its page needs it."""

    state: str
    today: str
    usual: object
    weekday: int
    stands: list
    exceptions: list
    holidays: list
    holiday: str
    holders: list
    market_days: list
    visits: list
    calendar: dict
    outlets: list
    map: str
    sources: list
    osm_url: str
    geo_uri: str
    website_label: str
    stale: bool
    social_image: str
    json_ld: str


def build(listing, now):
    """Return the `ListingPage` of a listing at this moment."""
    exceptions = exceptions_of(listing)
    state, today = today_of(listing, now)
    today_is = timezone.localdate(now)
    doubtful = hours.holidays_to_check(listing.hours, exceptions, today_is)
    exact = listing.has_exact_public_point
    point = f"{listing.public_lat:.6f},{listing.public_lng:.6f}" if exact else ""
    drawn = reverse("directory:drawn_card", args=[listing.slug]) if listing.slug else ""
    social = listing.snapshot.get("social") or drawn
    return ListingPage(
        state=state,
        today=today,
        usual=hours.regular_week(listing.hours),
        weekday=timezone.localdate(now).weekday(),
        stands=stands_of(listing),
        exceptions=coming(exceptions, timezone.localdate(now)),
        holidays=[(hours.day_in_words(day), name) for day, name in doubtful if day != today_is],
        holiday=dict(doubtful).get(today_is, ""),
        holders=holders_of(listing),
        market_days=coming_days(listing, now) if is_market(listing) else [],
        visits=visits_of(listing, now),
        calendar=calendar_of(listing),
        outlets=beside(listing, "outlets", OUTLETS),
        sources=beside(listing, "sources", SOURCES),
        map=map_of(listing),
        osm_url=osm_url(listing) if exact else "",
        geo_uri=f"geo:{point}?q={point}" if exact else "",
        website_label=urlsplit(listing.website).netloc.removeprefix("www."),
        stale=is_stale(listing, timezone.localdate(now)),
        social_image=settings.SITE_URL + social if social else "",
        json_ld=structured_data.listing_json(listing),
    )


def beside(listing, name, query):
    """What another table says of a listing, read once per content version."""
    pk = listing.pk
    return remembered_by(pk, f"listing {name}", lambda: query.models(pk)) if pk else []


def osm_url(listing):
    """OpenStreetMap's page that routes to the listing."""
    lat, lng = f"{listing.lat:.5f}", f"{listing.lng:.5f}"
    return f"https://www.openstreetmap.org/directions?to={lat}%2C{lng}#map=15/{lat}/{lng}"


def stands_of(listing):
    """Where to meet them: [{place, slug of the market, note, when in French}]."""
    return in_french(listing.snapshot.get("stands", ()))


def in_french(stands):
    """Rows of stands (snapshots.stand_row) with their hours in French; those without a place go."""
    return [
        stand | {"when": hours.describe(stand["hours"]) if stand["hours"] else ""}
        for stand in stands
        if stand["place"]
    ]


def is_market(listing):
    """Whether it is a market that visitors find under /marches/."""
    return listing.kind == listing.Kind.MARKET


def visits_of(listing, now):
    """The next days on which they can be met; asked of the database only for those with stands."""
    return next_visits(listing, now) if listing.pk and listing.snapshot.get("stands") else []


def calendar_of(listing):
    """The addresses by which a market's or a producer's days are followed, or {}."""
    if listing.trading_state != listing.Trading.OPEN:
        return {}
    if is_market(listing):
        return calendar_links("markets:calendar", listing.slug)
    if listing.snapshot.get("stands"):
        return calendar_links("directory:stands_calendar", listing.slug)
    return {}


def coming(exceptions, today):
    """Exceptions that are not over, soonest first: [{start, end, when, note}]."""
    return [
        {
            "start": exception.start,
            "end": exception.end,
            "note": exception.note,
            "when": hours.describe(exception.hours) if exception.hours else "fermé",
        }
        for exception in sorted(exceptions, key=lambda one: one.start)
        if exception.end >= today and exception.start - today < timedelta(days=AHEAD_DAYS)
    ]


def holders_of(listing):
    """Who stands at this market: published listings by name."""
    if not is_market(listing) or not listing.pk:
        return []
    stands = listing.stand_holders.filter(
        listing__live=True, listing__trading_state="ouvert"
    ).select_related("listing")
    return sorted({stand.listing for stand in stands}, key=lambda holder: holder.name)


def map_of(listing):
    """The little map's markup, or nothing without a point."""
    if listing.public_lat is None:
        return ""
    approximate = not listing.has_exact_public_point
    return drawn(listing.public_lat, listing.public_lng, listing.commune_id or "", approximate)


@lru_cache(maxsize=MAPS_KEPT)
def drawn(lat, lng, insee, approximate):
    """The map of a point; contours come with the program, so it never changes."""
    shown = minimap(lat, lng, insee, approximate)
    return render_to_string("directory/_minimap.html", {"map": shown}) if shown else ""


def is_stale(listing, today):
    """Whether the last check is over a year old: « À reconfirmer »."""
    return bool(listing.verified_on) and today - listing.verified_on > timedelta(days=STALE_DAYS)


def point_of(listing):
    """The listing as a place to measure from, or None."""
    if listing.public_lat is None:
        return None
    return structured_data.Point(listing.public_lat, listing.public_lng)
