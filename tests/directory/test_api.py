"""The open API: what it finds, what it tells, what it refuses, and how it is kept."""

from datetime import date
from urllib.parse import urlsplit

import orjson
import pytest
from django.utils import timezone

from directory.geometry import distance_km
from directory.models import FormerSlug, HoursException, Listing, ListingSource, Tombstone
from home import open_data
from home.models import ContentVersion
from tests import factories

LISTINGS = "/api/v1/listings"
HERE = {"near": "48.6444,1.8308"}


@pytest.fixture(autouse=True)
def shipped(categories):
    """The shipped categories."""


def ask(client, **parameters):
    """What the API answers to these parameters."""
    response = client.get(LISTINGS, parameters)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/geo+json"
    return orjson.loads(response.content)


def slugs(client, **parameters):
    """The listings found, in their order."""
    return [feature["id"] for feature in ask(client, **parameters)["features"]]


def told(client, slug):
    """The properties of one listing."""
    response = client.get(f"{LISTINGS}/{slug}")
    assert response.status_code == 200
    return orjson.loads(response.content)["properties"]


# --- What is told -------------------------------------------------------------------------------


def test_a_feature_tells_what_anybody_may_know(client, settings):
    shop = factories.listing(
        "Chèvrerie du Bois",
        category="fromager-fermier",
        products=["chèvre frais"],
        street="1 rue du Four",
        hours="Mo-Fr 09:00-12:00",
        email="secret@example.org",
    )
    ListingSource.objects.create(
        listing=shop,
        source="Mairie",
        source_id="clef:rue",
        licence="etalab-2.0",
        retrieved_at=timezone.now(),
    )
    answer = ask(client)
    (feature,) = answer["features"]
    assert feature["geometry"]["coordinates"] == [shop.lng, shop.lat]
    properties = feature["properties"]
    assert properties["url"] == settings.SITE_URL + shop.get_absolute_url()
    assert (properties["category"], properties["commune"]) == ("fromager-fermier", "Rambouillet")
    assert (properties["insee"], properties["street"]) == ("78517", "1 rue du Four")
    assert properties["products"] == ["chèvre frais"]
    assert properties["sources"] == [{"source": "Mairie", "licence": "etalab-2.0"}]
    assert (answer["numberMatched"], answer["numberReturned"], answer["next"]) == (1, 1, None)
    assert b"secret@" not in client.get(LISTINGS).content
    assert told(client, shop.slug)["description"] == ""


def test_a_hidden_address_has_its_commune_s_point_and_no_street(client):
    hidden = factories.listing(
        lat=48.612347, lng=1.871653, hide_address=True, street="9 rue du Secret"
    )
    (feature,) = ask(client)["features"]
    assert feature["geometry"]["coordinates"] == [hidden.commune.lng, hidden.commune.lat]
    assert (feature["properties"]["street"], feature["properties"]["approximate"]) == ("", True)


def test_what_has_no_point_has_no_geometry_and_is_near_nothing(client):
    factories.listing(commune=None, lat=None, lng=None)
    (feature,) = ask(client)["features"]
    assert feature["geometry"] is None
    assert feature["properties"]["commune"] is None
    assert slugs(client, **HERE, radius_km=500) == []


def test_drafts_are_nowhere_and_the_closed_are_told_one_by_one_only(client):
    draft = factories.listing(live=False)
    closed = factories.listing(trading_state="ferme-definitivement")
    assert slugs(client) == []
    assert client.get(f"{LISTINGS}/{draft.slug}").status_code == 404
    assert told(client, closed.slug)["trading_state"] == "ferme-definitivement"


def test_former_addresses_redirect_and_removed_ones_are_gone(client):
    shop = factories.listing()
    FormerSlug.objects.create(slug="avant", listing=shop)
    Tombstone.objects.create(slug="partie")
    assert client.get(f"{LISTINGS}/avant")["Location"] == f"{LISTINGS}/{shop.slug}"
    assert client.get(f"{LISTINGS}/partie").status_code == 410
    for slug in ("jamais", "a b", "é", "%00", "x" * 500):
        response = client.get(f"{LISTINGS}/{slug}")
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


# --- What is found ------------------------------------------------------------------------------


def test_words_and_place_the_nearest_first_with_metres(client):
    far = factories.listing("Fromagerie du Loin", commune="Saint-Arnoult-en-Yvelines")
    near = factories.listing("Fromagerie d’Ici")
    factories.listing("Boulangerie d’Ici")
    answer = ask(client, q="fromagerie", radius_km=15, **HERE)
    assert [feature["id"] for feature in answer["features"]] == [near.slug, far.slug]
    metres = [feature["properties"]["distance_m"] for feature in answer["features"]]
    assert metres == [
        round(1000 * distance_km(48.6444, 1.8308, shop.lat, shop.lng)) for shop in (near, far)
    ]
    assert slugs(client, q="fromagerie", radius_km=5, **HERE) == [near.slug]
    assert "distance_m" not in ask(client)["features"][0]["properties"]


def test_each_filter_by_itself(client):
    wanted = factories.listing(
        category="cremerie", kind="commerce", tags=["bio"], commune="Dourdan", products=["œufs"]
    )
    factories.listing(category="boulangerie", kind="createur")
    for question in (
        {"category": "cremerie"},
        {"category": wanted.category.parent.slug},
        {"kind": "commerce"},
        {"tag": "bio"},
        {"tag": "#Bio"},
        {"tag": "œufs"},
        {"commune": "91200"},
        {"bbox": "2,48.5,2.1,48.6"},
        {"bbox": "2,48.5,2.1,48.6", **HERE},
    ):
        assert slugs(client, **question) == [wanted.slug], question


def test_a_box_and_a_circle_hold_both(client):
    near, far = factories.listing(), factories.listing(commune="Dourdan")
    box = {"bbox": "1.5,48.3,2.5,48.9"}
    assert slugs(client, **box, **HERE) == [near.slug, far.slug]
    assert slugs(client, **box, **HERE, radius_km=5) == [near.slug]


def test_what_does_not_exist_has_no_listing(client):
    factories.listing()
    for question in ({"category": "licorne"}, {"commune": "99999"}, {"tag": "licorne"}):
        assert ask(client, **question)["numberMatched"] == 0


@pytest.mark.parametrize(
    ("moment", "found"),
    [
        ("2026-11-20T10:00", ["ouverte"]),
        ("2026-11-20T10:00:00+01:00", ["ouverte"]),
        ("2026-11-20T09:00:00Z", ["ouverte"]),
        ("2026-11-20T11:30:00Z", []),
        ("2026-11-27T10:00", []),
    ],
)
def test_open_at_a_moment_and_unknown_ones_counted_apart(client, moment, found):
    shop = factories.listing("Ouverte", hours="Mo-Fr 09:00-12:00")
    day = date(2026, 11, 27)
    shop.exceptions = [HoursException(start=day, end=day)]
    shop.save()
    factories.listing("Inconnue")
    answer = ask(client, open_at=moment)
    assert [feature["id"] for feature in answer["features"]] == found
    assert answer["numberUnknown"] == 1
    assert all(feature["properties"]["open"] == "open" for feature in answer["features"])


def test_a_plus_that_the_address_has_lost_is_found_again(client):
    factories.listing("Ouverte", hours="Mo-Fr 09:00-12:00")
    response = client.get(f"{LISTINGS}?open_at=2026-11-20T10:00:00+01:00")
    assert orjson.loads(response.content)["numberMatched"] == 1


def test_next_leads_through_all_pages_once(client, settings):
    made = [factories.listing(f"N{n}").slug for n in range(5)]
    address, seen = f"{LISTINGS}?limit=2&inconnu=1", []
    while address:
        answer = orjson.loads(client.get(address).content)
        seen += [feature["id"] for feature in answer["features"]]
        assert answer["numberMatched"] == 5
        following = [link["href"] for link in answer["links"] if link["rel"] == "next"]
        assert following == ([answer["next"]] if answer["next"] else [])
        parts = urlsplit(answer["next"] or "")
        assert not parts.netloc or settings.SITE_URL.endswith(parts.netloc)
        address = parts.path and f"{parts.path}?{parts.query}"
    assert seen == made
    assert ask(client, page=9) | {"links": [], "attribution": ""} == {
        "type": "FeatureCollection",
        "numberMatched": 5,
        "numberReturned": 0,
        "next": None,
        "links": [],
        "licence": "ODbL-1.0",
        "attribution": "",
        "features": [],
    }


# --- What is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("near", value) for value in ("a", "48", "48,", "91,0", "0,181", "NaN,1", "1,2,3")),
        *(("radius_km", value) for value in ("a", "0", "-1", "501", "NaN", "inf", "1e999", "٣")),
        *(("bbox", value) for value in ("2,48,1,49", "1,49,2,48", "1,2,3", "-181,0,0,0", ",,,")),
        *(("limit", value) for value in ("0", "501", "-1", "1.5", "dix", "1_0", "9" * 400)),
        *(("page", value) for value in ("0", "-1", "10001", "NaN", "²")),
        *(
            ("open_at", value)
            for value in ("hier", "2026-13-01T10:00", "2026-11-22", "1999-01-01T")
        ),
        *(("open_at", value) for value in ("0001-01-01T00:00", "9999-12-31T23:59:59-23:00")),
        *(("commune", value) for value in ("7851", "rambouillet", "78517\x00")),
        *(("kind", "licorne"), ("category", "a b"), ("category", "x" * 61), ("q", "x" * 201)),
        *(("q", "a\x00b"), ("tag", "\x00")),
    ],
)
def test_an_impossible_value_is_named(client, name, value):
    response = client.get(LISTINGS, {name: value, "q" if name != "q" else "tag": "miel"})
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert [error["parameter"] for error in orjson.loads(response.content)["errors"]] == [name]


def test_several_impossible_values_are_all_named(client):
    errors = orjson.loads(client.get(LISTINGS, {"page": 0, "limit": 0}).content)["errors"]
    assert {error["parameter"] for error in errors} == {"page", "limit"}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, method):
    response = getattr(client, method)(LISTINGS)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("address", ["/api/", "/api/v1/", "/api/v2/listings", "/api/v1/listings/"])
def test_other_addresses_say_where_the_description_is(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "/api/v1/openapi.json" in orjson.loads(response.content)["detail"]


# --- For every site, kept, limited --------------------------------------------------------------


def test_another_site_may_ask_and_nobody_gets_a_cookie(client, stranger):
    client.force_login(stranger)
    response = client.options(LISTINGS, headers={"origin": "https://ailleurs.example"})
    assert response.status_code == 204
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    response = client.get(LISTINGS)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert response["Vary"] == "Accept-Encoding" and not response.cookies


@pytest.mark.parametrize("query", ["", "?q=miel&page=1", "?near=48.64,1.83", "?bbox=1,48,2,49"])
def test_a_304_asks_for_the_version_only(client, django_assert_num_queries, query):
    etag = client.get(LISTINGS + query)["ETag"]
    with django_assert_num_queries(1):
        assert client.get(LISTINGS + query, headers={"if-none-match": etag}).status_code == 304
    ContentVersion.bump()
    assert client.get(LISTINGS + query, headers={"if-none-match": etag}).status_code == 200


def test_where_somebody_stands_is_not_kept(client):
    near = client.get(LISTINGS, HERE)
    everybody = client.get(LISTINGS, {"q": "miel"})
    assert near["Cache-Control"] == "private, no-cache"
    assert everybody["Cache-Control"] == "public, max-age=0, s-maxage=60, must-revalidate"


def test_six_hundred_questions_a_minute_are_answered_then_one_has_to_wait(client, monkeypatch):
    monkeypatch.setattr(open_data.time, "time", lambda: 1_800_000_010.0)
    for _ in range(open_data.Rule().most):
        assert client.get("/api/v1/openapi.json").status_code == 200
    response = client.get(LISTINGS)
    assert response.status_code == 429
    assert response["Retry-After"] == "51"
    assert response["Content-Type"] == "application/problem+json"
    assert client.get("/carte/0/0/0.json").status_code == 200
    assert client.get(LISTINGS, REMOTE_ADDR="192.0.2.7").status_code == 200
    monkeypatch.setattr(open_data.time, "time", lambda: 1_800_000_061.0)
    assert client.get(LISTINGS).status_code == 200


def test_a_flood_of_addresses_fills_no_memory(monkeypatch):
    monkeypatch.setattr(open_data, "MOST_ADDRESSES", 10)
    for number in range(100):
        assert open_data.counter.seconds_to_wait(open_data.Rule(), f"192.0.2.{number}") == 0
    assert len(open_data.counter.counts) <= 11


def test_the_number_of_questions_does_not_grow(client, django_assert_num_queries):
    asked = {
        "": 3,
        "?q=ferme&near=48.6,1.8&radius_km=200&limit=500": 5,
        "?bbox=1,48,3,49&category=cremerie": 3,
        "?open_at=2026-11-20T10:00": 4,
    }
    for rows in (10, 1000):
        planted(rows)
        for query, number in asked.items():
            ContentVersion.bump()
            client.get(f"{LISTINGS}?bbox=0,0,1,1")  # what a process reads once; no listing
            with django_assert_num_queries(number):
                assert client.get(LISTINGS + query).status_code == 200


def planted(count):
    """So many listings, by the quickest way; the words of the first are in the index."""
    Listing.objects.all()._raw_delete("default")
    trade, place = factories.category(), factories.commune()
    factories.listing("La Ferme no 0", category=trade)
    made = [
        Listing(
            name=f"La Ferme no {n}",
            slug=f"ferme-{n}",
            category=trade,
            commune=place,
            lat=48.4 + n % 37 / 100,
            lng=1.6 + n % 41 / 100,
            hours=f"Mo-Sa 0{n % 10}:00-1{n % 9}:30",
        )
        for n in range(1, count)
    ]
    for listing in made:
        listing.place_publicly()
    Listing.objects.bulk_create(made)
    ContentVersion.bump()


def test_the_description_names_what_there_is(client):
    document = orjson.loads(client.get("/api/v1/openapi.json").content)
    assert document["openapi"] == "3.1.0"
    names = {p["name"] for p in document["paths"]["/api/v1/listings"]["get"]["parameters"]}
    assert names == {
        *("q", "near", "radius_km", "bbox", "category", "tag", "commune", "kind"),
        *("label", "open_at", "page", "limit"),
    }
