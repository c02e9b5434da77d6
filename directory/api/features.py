"""Listings as GeoJSON features (RFC 7946): only what anybody may see."""

from dataclasses import dataclass
from functools import lru_cache

import orjson
from django.conf import settings

from directory import geometry
from directory.models import Listing, ListingSource
from directory.models.listings import address_of
from directory.tree import category_tree
from home.prepared import Prepared, aware
from home.versions import remembered

# Read as bare rows: making five hundred model instances takes longer than finding them.
COLUMNS = (
    *("pk", "slug", "name", "kind", "category_id", "commune__name", "commune_id"),
    *("public_lat", "public_lng", "lat", "visits", "hide_address", "street", "postal_code"),
    *("labelled", "summary", "phone", "website", "hours", "hours_note", "trading_state"),
    *("verified_on", "updated_at", "snapshot"),
)
TRADE, LAT, LNG = map(COLUMNS.index, ("category_id", "public_lat", "public_lng"))
WIDTH = len(COLUMNS)
# Some 4 kB each.
MOST_KEPT = 4096
# Where each is from comes along: a listing with two sources is two rows.
LISTINGS = Prepared(
    lambda *pks: (
        Listing.objects.public()
        .filter(pk__in=pks)
        .order_by("sources__source", "sources__pk")
        .values_list(*COLUMNS, "sources__source", "sources__licence")
    )
)
SOURCES = Prepared(
    lambda *pks: (
        ListingSource.objects.filter(listing_id__in=pks)
        .order_by("source", "pk")
        .values_list("listing_id", "source", "licence")
    )
)
# Of one listing, more is told than of many.
MORE = (
    *("description", "season_note", "trading_note", "itinerant", "payment"),
    *("parent__slug", "parent__live"),
)


@dataclass(frozen=True)
class Seen:
    """From where and when listings are looked at: what distances and states are told for."""

    place: object = None
    states: dict | None = None


def many(pks, seen):
    """The features of these listings as JSON, in this order; one query for those not kept yet."""
    kept = remembered("features", dict)
    known = {pk: told for pk in pks if (told := kept.get(pk))}
    if missing := [pk for pk in pks if pk not in known]:
        fresh = _read(missing)
        if len(kept) + len(fresh) > MOST_KEPT:
            kept.clear()
        kept.update(fresh)
        known |= fresh
    return [orjson.Fragment(_told(pk, *known[pk], seen)) for pk in pks if pk in known]


def _read(pks):
    """{pk: (its feature without the end, latitude, longitude)} of these listings."""
    rows, sources = {}, {}
    for row in LISTINGS.rows(*pks):
        pk, source = row[0], row[WIDTH:]
        rows[pk] = row[:WIDTH]
        sources[pk] = (*sources.get(pk, ()), *([source] if source[0] is not None else ()))
    trades = category_tree().by_pk
    found = {}
    for pk, row in rows.items():
        trade = trades.get(row[TRADE])
        begun = lasting(row, sources[pk], trade and (trade.slug, trade.name))
        found[pk] = begun, row[LAT], row[LNG]
    return found


def _told(pk, begun, lat, lng, seen):
    """A feature, ended by what depends on who asks and when."""
    asked = seen_from(pk, lat, lng, seen)
    return begun + (b"," + orjson.dumps(asked)[1:] if asked else b"}") + b"}"


@lru_cache(maxsize=MOST_KEPT)
def lasting(row, sources, trade):
    """A listing's feature without its last two braces: kept by all that it tells."""
    values = dict(zip(COLUMNS, row, strict=True))
    values |= {
        "snapshot": orjson.loads(values["snapshot"]),
        "updated_at": aware(values["updated_at"]),
    }
    return orjson.dumps(feature(values, sources, trade))[:-2]


def one(slug):
    """The feature of a public listing with all that its page tells, or None."""
    found = Listing.objects.public().filter(slug=slug).values(*COLUMNS, *MORE).first()
    if not found:
        return None
    trade = category_tree().by_pk.get(found["category_id"])
    sources = [source for _, *source in SOURCES.rows(found["pk"])]
    told = feature(found, sources, trade and (trade.slug, trade.name))
    told["properties"] |= {
        "description": found["description"],
        "season_note": found["season_note"],
        "trading_note": found["trading_note"],
        "itinerant": found["itinerant"],
        "payment": found["payment"],
        "parent": found["parent__slug"] if found["parent__live"] else None,
        **{name: found["snapshot"].get(name, []) for name in ("links", "stands", "serves")},
    }
    return told


def feature(row, sources, trade):
    """One listing; `geometry` is null where it has no point. `trade`: (slug, name) or None.

    Of its `sources` (source, licence) no identifiers: some are made of streets.
    """
    hidden = row["hide_address"] or row["visits"] == Listing.Visits.NONE
    lat, lng, snapshot = row["public_lat"], row["public_lng"], row["snapshot"]
    properties = {
        "slug": row["slug"],
        "name": row["name"],
        "kind": row["kind"],
        "category": trade[0] if trade else None,
        "category_name": trade[1] if trade else None,
        "more_categories": [other["slug"] for other in snapshot.get("also", ())],
        "commune": row["commune__name"],
        "insee": row["commune_id"],
        "postal_code": row["postal_code"],
        "street": "" if hidden else row["street"],
        "approximate": lat is not None and (hidden or row["lat"] is None),
        "label": bool(row["labelled"]),
        "summary": row["summary"],
        "products": snapshot.get("products", []),
        "tags": snapshot.get("tags", []),
        "phone": row["phone"],
        "website": row["website"],
        "visits": row["visits"],
        "hours": row["hours"],
        "hours_note": row["hours_note"],
        "exceptions": snapshot.get("exceptions", []),
        "trading_state": row["trading_state"],
        "verified_on": row["verified_on"],
        "updated_at": row["updated_at"],
        "sources": [{"source": source, "licence": licence} for source, licence in sources],
        "url": settings.SITE_URL + address_of(row["slug"]),
    }
    return {
        "type": "Feature",
        "id": row["slug"],
        "geometry": None if lat is None else {"type": "Point", "coordinates": [lng, lat]},
        "properties": properties,
    }


def seen_from(pk, lat, lng, seen):
    """What else is told of a listing: whether it is open then, how far it is from there."""
    asked = {}
    if seen.states is not None:
        asked["open"] = seen.states[pk]
    if seen.place and lat is not None:
        km = geometry.distance_km(seen.place.lat, seen.place.lng, lat, lng)
        asked["distance_m"] = round(km * 1000)
    return asked
