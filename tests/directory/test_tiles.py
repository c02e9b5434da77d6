"""Map tiles: who is in which one, as pins or as clusters, and how they are kept."""

import gzip
import math
import os
from collections import Counter
from datetime import UTC, datetime, timedelta
from math import atan, degrees, pi, sinh
from pathlib import Path

import orjson
import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.text import slugify
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.models import Category, HoursException, Listing
from directory.tiles import clusters, mercator
from directory.tiles.mercator import Tile
from directory.tiles.pins import place
from home.models import ContentVersion
from tests import factories

WORLD = "/carte/0/0/0.json"
REAL = Path(os.environ.get("REAL_DATA", "/nonexistent")) / "commerces-paris-2020.csv"
points = st.tuples(
    st.one_of(st.floats(-90, 90), st.floats(48.5, 48.8)),
    st.one_of(st.floats(-180, 180), st.floats(1.6, 2.1)),
)


def metre(degrees):
    """Degrees as a tile tells them: to the nearest hundred-thousandth."""
    return math.floor(degrees * 100_000 + 0.5) / 100_000


@pytest.fixture(autouse=True)
def shipped(categories):
    """The shipped categories."""


def told(client, address=WORLD):
    """What a tile says."""
    response = client.get(address)
    assert response.status_code == 200
    return orjson.loads(response.content)


def pin(client, listing, tile=WORLD):
    """The one pin of a tile, read by the names of its columns."""
    found = [row for row in told(client, tile)["pins"] if row[3] == listing.name]
    assert len(found) == 1
    return dict(
        zip(("lat", "lng", "slug", "name", "trade", "opening", "flags"), found[0], strict=True)
    )


def edges(tile):
    """North, south, west and east of a tile in degrees, by the inverse formula."""

    def lat(y):
        return degrees(atan(sinh(pi * (1 - 2 * y / 2**tile.z))))

    def lng(x):
        return x / 2**tile.z * 360 - 180

    return lat(tile.y), lat(tile.y + 1), lng(tile.x), lng(tile.x + 1)


# --- Where a point is ---------------------------------------------------------------------------


@given(points, st.integers(0, 20))
def test_a_point_lies_in_the_tile_whose_edges_hold_it(point, z):
    lat, lng = point
    tile = holder(mercator.code(lat, lng), z)
    north, south, west, east = edges(tile)
    first, last = tile.codes
    assert first <= mercator.code(lat, lng) <= last
    clamped = min(max(lat, -mercator.LAST_LAT), mercator.LAST_LAT)
    assert south - 1e-9 <= clamped <= north + 1e-9
    assert west - 1e-9 <= lng <= east + 1e-9


@given(points, st.integers(1, 20))
def test_the_tiles_of_a_zoom_share_no_point_and_leave_none_out(point, z):
    code = mercator.code(*point)
    own = holder(code, z)
    around = [Tile(z, own.x + x, own.y + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
    there = [tile for tile in around if 0 <= tile.x < 2**z and 0 <= tile.y < 2**z]
    assert [tile for tile in there if tile.codes[0] <= code <= tile.codes[1]] == [own]


def holder(code, z):
    """The tile of a zoom that holds a code, bit by bit."""
    code >>= 2 * (mercator.CODE_ZOOM - z)
    x = sum((code >> 2 * bit & 1) << bit for bit in range(z))
    y = sum((code >> 2 * bit + 1 & 1) << bit for bit in range(z))
    return Tile(z, x, y)


def test_a_point_on_an_edge_belongs_to_the_east_and_the_south():
    codes = [mercator.code(0, 0), mercator.code(1e-6, -1e-6)]
    south_east, north_west = Tile(1, 1, 1), Tile(1, 0, 0)
    assert south_east.codes[0] <= codes[0] <= south_east.codes[1]
    assert north_west.codes[0] <= codes[1] <= north_west.codes[1]


@pytest.mark.parametrize(
    ("lat", "lng", "tile"),
    [
        (90, 180, Tile(20, 2**20 - 1, 0)),
        (-90, -180, Tile(20, 0, 2**20 - 1)),
        (86, 0, Tile(20, 2**19, 0)),
    ],
)
def test_poles_and_the_date_line_lie_in_the_last_tiles(lat, lng, tile):
    assert tile.codes[0] <= mercator.code(lat, lng) <= tile.codes[1]


@given(st.lists(points, max_size=12), st.integers(0, 20))
@settings(max_examples=8, deadline=None, suppress_health_check=[*HealthCheck])
def test_a_complete_tile_holds_exactly_the_trading_points_within_its_edges(client, places, z):
    standing(places)
    factories.listing(lat=48.65, lng=1.83, trading_state="ferme-definitivement")
    factories.listing(lat=48.65, lng=1.83, live=False)
    tile = holder(mercator.code(*(places[0] if places else (48.65, 1.83))), z)
    north, south, west, east = edges(tile)
    # Whether a point exactly on an edge is within is told by another test.
    surely, perhaps = (
        Counter(
            (metre(a), metre(b))
            for a, b in places
            if south + slack < a < north - slack and west + slack < b < east - slack
        )
        for slack in (1e-9, -1e-9 if 0 < tile.y < 2**z - 1 else -90)
    )
    answer = told(client, f"/carte/{z}/{tile.x}/{tile.y}.json")
    found = Counter((row[0], row[1]) for row in answer["pins"])
    assert answer["complete"] is True
    assert surely <= found <= perhaps


@given(st.lists(points, min_size=1, max_size=12), st.integers(0, 20))
@settings(max_examples=8, deadline=None, suppress_health_check=[*HealthCheck])
def test_the_clusters_of_a_tile_add_up_to_its_listings(client, places, z):
    standing(places)
    factories.listing(lat=48.65, lng=1.83, live=False)
    tile = holder(mercator.code(*places[0]), z)
    found = clusters.clusters(tile)
    assert sum(count for *_, count in found) == Listing.objects.on_map().in_tile(tile).count()
    assert len(found) <= 256
    assert all(-90 <= lat <= 90 and -180 <= lng <= 180 for lat, lng, _ in found)


# --- What a pin tells ---------------------------------------------------------------------------


def test_a_pin_tells_place_name_trade_and_kind(client, db):
    shop = factories.listing(
        "Chèvrerie du Bois", lat=48.6412345, lng=1.8298765, category="fromager-fermier"
    )
    found = pin(client, shop)
    assert (found["lat"], found["lng"]) == (48.64123, 1.82988)
    assert told(client)["categories"] == ["fromager-fermier"]
    assert (found["trade"], found["opening"], found["flags"]) == (0, None, 0)


def test_a_slug_is_told_only_where_the_name_does_not(client):
    usual = factories.listing("L’Épi d’Œuf & Cie")
    other = factories.listing("La Halle", slug="halle-de-rambouillet")
    assert slugify(usual.name) == usual.slug
    assert pin(client, usual)["slug"] == ""
    assert pin(client, other)["slug"] == "halle-de-rambouillet"


def test_several_trades_are_told_the_main_one_first(client):
    shop = factories.listing(category="cremerie")
    shop.more_categories.add(Category.objects.get(slug="epicerie"))
    shop.save()
    answer = told(client)
    assert [answer["categories"][n] for n in pin(client, shop)["trade"]] == ["cremerie", "epicerie"]


def test_flags_tell_approximate_points_pauses_and_markets(client):
    hidden = factories.listing("Cachée", hide_address=True)
    away = factories.listing("En pause", trading_state="ferme-temporairement", hours="24/7")
    market = factories.listing("Le marché", kind="marche")
    nowhere = factories.listing("Sans point", lat=None, lng=None)
    assert [pin(client, each)["flags"] for each in (hidden, away, market, nowhere)] == [1, 2, 4, 1]
    assert told(client)["openings"][pin(client, away)["opening"]] == []


def test_a_hidden_address_stands_where_its_commune_does(client):
    hidden = factories.listing(lat=48.612347, lng=1.871653, hide_address=True)
    found = pin(client, hidden)
    assert (found["lat"], found["lng"]) == (hidden.commune.lat, hidden.commune.lng)
    assert b"1.8716" not in client.get(WORLD).content


def test_what_has_no_public_point_is_in_no_tile(client):
    factories.listing(commune=None, lat=None, lng=None)
    assert told(client)["pins"] == []


def test_equal_hours_are_told_once_and_unknown_ones_as_null(client):
    for name in ("Un", "Deux"):
        factories.listing(name, hours="Mo-Su 08:00-12:00")
    unknown = factories.listing("Trois", hours='"sur rendez-vous"')
    answer = told(client)
    assert answer["openings"] == [[480, 720, 1920, 2160]]
    assert answer["doubts"] == {}
    assert pin(client, unknown)["opening"] is None


def test_days_with_other_hours_are_told_as_they_will_be(client):
    shop = factories.listing(hours="Mo-Su 08:00-12:00")
    tomorrow = timezone.localdate() + timedelta(days=1)
    shop.exceptions = [HoursException(start=tomorrow, end=tomorrow, hours="")]
    shop.save()
    assert told(client)["openings"] == [[480, 720]]


# --- Summaries ----------------------------------------------------------------------------------


def test_a_tile_with_too_many_is_told_as_clusters(client, monkeypatch):
    monkeypatch.setattr(clusters, "MOST_PINS", 3)
    for lat, lng in [(48.6, 1.8), (48.6, 1.8), (48.602, 1.802), (43.3, 5.4)]:
        factories.listing(lat=lat, lng=lng)
    answer = told(client, "/carte/5/16/11.json")
    assert answer["complete"] is False
    assert sorted(answer["clusters"]) == [[43.3, 5.4, 1], [48.60067, 1.80067, 3]]
    assert "pins" not in answer


# --- How tiles are kept -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        *("21/0/0", "0/1/0", "0/0/1", "1/2/0", "-1/0/0", "0/-1/0", "a/b/c", "1e1/0/0"),
        *("20/1048576/0", "99999999999999999999/0/0", "0/0/99999999999999999999", "٣/0/0"),
        *("00/0/0", "0/0/0 ", "0.0/0/0", "%00/0/0", "1/0/NaN", "+1/0/0"),
    ],
)
def test_an_address_that_is_no_tile_is_not_found(client, address):
    response = client.get(f"/carte/{address}.json")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("address", ["0/0/0", "0/0", "0/0/0/0.json", "x.json", ""])
def test_other_addresses_below_carte_are_not_found(client, address):
    assert client.get(f"/carte/{address}", follow=True).status_code == 404


def test_a_tile_is_for_everybody_and_every_site(client, stranger):
    client.force_login(stranger)
    response = client.get(WORLD)
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=60, must-revalidate"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Vary"] == "Accept-Encoding"
    assert not response.cookies


def test_a_304_asks_the_database_for_the_version_only(client, django_assert_num_queries):
    etag = client.get(WORLD)["ETag"]
    with django_assert_num_queries(1):
        response = client.get(WORLD, headers={"if-none-match": etag})
    assert response.status_code == 304
    assert response["Access-Control-Allow-Origin"] == "*"
    with django_assert_num_queries(1):
        assert client.get(f"{WORLD}?utm_source=lettre")["ETag"] == etag


def test_a_tile_changes_with_the_content_and_with_the_day(client, monkeypatch):
    first = client.get(WORLD)["ETag"]
    ContentVersion.bump()
    second = client.get(WORLD)["ETag"]
    monkeypatch.setattr(timezone, "now", lambda: datetime(2031, 1, 1, 12, tzinfo=UTC))
    third = client.get(WORLD)["ETag"]
    assert len({first, second, third}) == 3


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_tiles_are_read_only(client, method):
    response = getattr(client, method)(WORLD)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_the_number_of_questions_does_not_grow(client, django_assert_num_queries):
    for rows in (10, 1000):
        seeded(rows)
        ContentVersion.bump()
        with django_assert_num_queries(6):
            assert len(told(client)["pins"]) == rows


def test_a_pin_is_never_out_of_step_however_its_listing_was_written(client):
    listing = factories.listing("La Ferme", slug="la-ferme")

    def first():
        ContentVersion.bump()
        [pin] = told(client)["pins"]
        return pin[:4]

    assert first()[2:] == ["", "La Ferme"]
    Listing.objects.update(name='Chez "Léa"\\')
    assert first()[2:] == ["la-ferme", 'Chez "Léa"\\']
    Listing.objects.update(slug="chez-lea")
    assert first()[2:] == ["", 'Chez "Léa"\\']
    listing.refresh_from_db()
    listing.public_lat, listing.public_lng = 48.5, 1.7
    Listing.objects.bulk_update([listing], ["public_lat", "public_lng"])
    assert first() == [48.5, 1.7, "", 'Chez "Léa"\\']
    listing.delete()
    factories.listing("La Ferme", slug="la-ferme", lat=48.6, lng=1.8)
    assert first() == [48.6, 1.8, "", "La Ferme"]


@given(st.floats(-90, 90), st.floats(-180, 180), st.text(max_size=30), st.text(max_size=30))
def test_the_beginning_of_a_pin_is_its_values(lat, lng, slug, name):
    told_slug = "" if slug == slugify(name) else slug
    for _ in range(2):
        try:
            body = orjson.dumps([(place(lat, lng, slug, name), 3)])
        except TypeError:
            # What UTF-8 cannot hold is in no database.
            assert not (slug + name).isprintable()
            return
        assert orjson.loads(body) == [[metre(lat), metre(lng), told_slug, name, 3]]


def standing(places):
    """Only listings at these points, quickly made."""
    Listing.objects.all().delete()
    made = [Listing(name=f"n{n}", slug=f"n{n}", lat=a, lng=b) for n, (a, b) in enumerate(places)]
    for listing in made:
        listing.place_publicly()
    Listing.objects.bulk_create(made)


def seeded(count):
    """So many listings, by the quickest way."""
    Listing.objects.all().delete()
    trade, place = factories.category(), factories.commune()
    made = [
        Listing(
            name=f"La Ferme no {n}",
            slug=f"la-ferme-no-{n}",
            category=trade,
            commune=place,
            lat=48.4 + n % 37 / 100,
            lng=1.6 + n % 41 / 100,
            hours=f"Mo-Sa 0{n % 10}:00-1{n % 9}:30",
        )
        for n in range(count)
    ]
    for listing in made:
        listing.place_publicly()
    Listing.objects.bulk_create(made)


# --- Size ---------------------------------------------------------------------------------------


@pytest.mark.skipif(not REAL.exists(), reason="REAL_DATA names no folder with the file")
def test_four_hundred_real_shops_weigh_less_than_thirty_bytes_each(client):
    call_command("import_listings", REAL, source="paris", licence="ODbL")
    assert bytes_each(client) <= 30


def test_a_thousand_invented_shops_weigh_less_than_thirty_bytes_each(client):
    seeded(1000)
    assert bytes_each(client) <= 30


def bytes_each(client):
    """The weight of a listing in the compressed world tile."""
    response = client.get(WORLD, headers={"accept-encoding": "gzip"})
    count = len(orjson.loads(gzip.decompress(response.content))["pins"])
    assert count == Listing.objects.on_map().count()
    return len(response.content) / count
