"""What one line of a list of listings shows, worked out before the template."""

from collections import namedtuple
from typing import NamedTuple

import orjson

from directory import geometry, hours
from directory.models import Listing
from directory.snapshots import exceptions_of
from directory.tree import category_tree
from home.pictures import Picture
from home.prepared import Prepared

# Read as bare rows: making models of them takes longer than finding them.
Row = namedtuple(
    "Row",
    (
        *("pk", "slug", "name", "summary", "public_lat", "public_lng", "lat", "visits"),
        *("hide_address", "street", "phone", "category_id", "commune__name", "hours"),
        *("trading_state", "labelled", "snapshot"),
    ),
)
LISTINGS = Prepared(
    lambda *pks: Listing.objects.filter(pk__in=pks).order_by().values_list(*Row._fields)
)
PUBLIC = Prepared(
    lambda *pks: (
        Listing.objects.public().filter(pk__in=pks).order_by("name", "pk").values_list(*Row._fields)
    )
)
TRADING = dict(Listing.Trading.choices)


class Face(NamedTuple):
    """What a card shows of a listing whenever and from wherever it is looked at."""

    slug: str
    name: str
    summary: str
    lat: float | None
    lng: float | None
    approximate: bool
    street: str
    phone: str
    category: str
    sign: str
    commune: str
    picture: Picture | None
    large: Picture | None
    labelled: bool


class Card(NamedTuple):
    """One listing in a list: `distance_km` from the place asked for, None without one."""

    pk: int
    face: Face
    state: str
    today: str
    distance_km: float | None


def make(listings, now, place=None):
    """Return the cards of a QuerySet of listings at this moment, seen from this place."""
    return [_card(Row(*row), now, place) for row in listings.values_list(*Row._fields)]


def of(pks, now, place=None):
    """The cards of these listings, in this order, in one query."""
    if not pks:
        return []
    rows = _rows(LISTINGS, pks)
    by_pk = {row.pk: row for row in rows}
    return [_card(by_pk[pk], now, place) for pk in pks if pk in by_pk]


def public(pks, now, place=None):
    """The cards of those of these listings that visitors may see, by name, in one query."""
    return [_card(row, now, place) for row in _rows(PUBLIC, pks)] if pks else []


def _rows(prepared, pks):
    return (Row(*row[:-1], orjson.loads(row[-1])) for row in prepared.rows(*pks))


def of_models(listings, now, place=None):
    """The cards of listings that are at hand as models, with their communes."""
    return [_card(_row(listing), now, place) for listing in listings]


def _row(listing):
    commune = listing.commune.name if listing.commune else None
    at_hand = {"commune__name": commune}
    return Row(*(at_hand.get(name) or getattr(listing, name, None) for name in Row._fields))


def _card(row, now, place):
    state, today = today_of(row, now)
    return Card(row.pk, _face(row), state, today, distance(row, place))


def _face(row):
    hidden = bool(row.hide_address) or row.visits == Listing.Visits.NONE
    trade = category_tree().by_pk.get(row.category_id)
    pictures = row.snapshot.get("pictures") or [None]
    return Face(
        slug=row.slug,
        name=row.name,
        summary=row.summary,
        lat=row.public_lat,
        lng=row.public_lng,
        approximate=hidden or row.lat is None,
        street="" if hidden else row.street,
        phone=row.phone,
        category=trade.name if trade else "",
        sign=trade.sign if trade else "awning",
        commune=row.commune__name or "ambulant",
        picture=_picture(row.snapshot.get("card")),
        large=_picture(pictures[0]),
        labelled=bool(row.labelled),
    )


def _picture(kept):
    return Picture(**kept) if kept else None


def today_of(listing, now):
    """Return (state, sentence) of a listing or row: "open", "Ouvert jusqu’à 12 h 30"."""
    if listing.trading_state != Listing.Trading.OPEN:
        return hours.CLOSED, TRADING.get(listing.trading_state, listing.trading_state)
    exceptions = exceptions_of(listing)
    state = hours.state_at(listing.hours, exceptions, now)
    sentence = hours.sentence(state, listing.hours, exceptions, now, listing.phone)
    return state.state, sentence


def distance(listing, place):
    """Kilometres between a place and where the listing is shown, or None."""
    if not place or listing.public_lat is None:
        return None
    return geometry.distance_km(place.lat, place.lng, listing.public_lat, listing.public_lng)
