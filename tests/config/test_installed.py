"""The site as an installed application: what a telephone is told, and what it may keep."""

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from directory.tiles import mercator, whole
from home.models import SiteSettings
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]


def about(client):
    """What the worker is told, out of its script."""
    script = client.get("/hors-ligne.js").content.decode()
    return json.loads(re.search(r"^const ABOUT = (.*);$", script, re.MULTILINE)[1])


def test_the_manifest_names_the_site_and_where_shared_things_go(client):
    SiteSettings.objects.update_or_create(
        defaults={"site_name": "Fait en Perche", "hashtags": "perche61"}
    )
    answer = client.get("/application.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    told = answer.json()
    assert (told["name"], told["short_name"]) == ("Fait en Perche", "#perche61")
    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "standalone")
    assert told["share_target"]["action"] == reverse("space:shared")
    assert {one["purpose"] for one in told["icons"]} == {"any", "maskable"}
    assert {"192x192", "512x512"} <= {one["sizes"] for one in told["icons"]}
    for one in told["icons"]:
        assert finders.find(one["src"].removeprefix("/static/"))


def test_each_page_names_the_manifest(client):
    assert (
        '<link rel="manifest" href="/application.webmanifest">' in client.get("/").content.decode()
    )


def test_the_worker_answers_for_the_whole_site_and_keeps_nothing_personal(client):
    answer = client.get("/hors-ligne.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "max-age" not in answer["Cache-Control"].replace("s-maxage", "")
    told = about(client)
    assert {"/gestion/", "/mon-espace/", "/compte/", "/sante/"} <= set(told["never"])
    for address in told["shell"]:
        assert client.get(address).status_code == 200 or finders.find(
            address.removeprefix("/static/")
        )


def test_the_directory_is_kept_as_one_tile_with_all_of_it(client):
    for number, (lat, lng) in enumerate([(48.64, 1.83), (48.53, 2.01), (48.79, 1.6)]):
        factories.listing(f"Lieu {number}", category="ceramiste", lat=lat, lng=lng)
    tile = client.get(about(client)["directory"]).json()
    assert tile["complete"] and len(tile["pins"]) == 3


def test_without_listings_it_is_the_world(client):
    assert whole.whole_tile() == mercator.Tile(0, 0, 0)
    assert about(client)["directory"] == "/carte/0/0/0.json"


def test_one_place_alone_is_the_deepest_tile():
    code = mercator.code(48.64, 1.83)
    assert mercator.common_tile(code, code).z == mercator.DEEPEST_TILE


@pytest.mark.parametrize("south", [48.63, 48.0, 40.0, -33.0])
def test_the_common_tile_holds_both_and_no_deeper_one_does(south):
    codes = sorted([mercator.code(48.64, 1.83), mercator.code(south, 1.84)])
    tile = mercator.common_tile(*codes)
    first, last = tile.codes
    assert first <= codes[0] and codes[1] <= last
    if tile.z < mercator.DEEPEST_TILE:
        depth = 2 * (mercator.CODE_ZOOM - tile.z - 1)
        assert codes[0] >> depth != codes[1] >> depth


def test_the_page_without_network_stays_out_of_search_engines(client):
    page = client.get("/hors-ligne/").content.decode()
    assert "Pas de réseau" in page and 'name="robots" content="noindex"' in page


@pytest.mark.parametrize("path", ["/application.webmanifest", "/hors-ligne.js", "/hors-ligne/"])
def test_nobody_sends_anything_there(client, path):
    assert client.post(path).status_code == 405
    assert "Set-Cookie" not in client.get(path).headers
