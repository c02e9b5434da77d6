"""label=1: in the search, in the API, on cards and in the map's tiles."""

import re

import pytest

from label import standing
from tests import factories
from tests.label.factories import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(categories):
    """A potter with the label, and one without."""
    bears = factories.listing("Avec", category="ceramiste", summary="Bols.", hours="24/7")
    factories.listing("Sans", category="ceramiste", summary="Bols.", hours="24/7")
    member(bears, slug="avec")
    standing.put_right()
    return bears


def listed(response):
    return re.findall(r'data-listing="([^"]*)"', response.content.decode())


@pytest.mark.parametrize("more", ["", "&q=bols", "&q=bols&ou=78120", "&ouvert=1", "&tri=nom"])
def test_the_search_finds_those_that_bear_the_label(client, two, more):
    assert listed(client.get(f"/annuaire/?label=1{more}")) == ["avec"]
    assert set(listed(client.get(f"/annuaire/?{more[1:]}"))) == {"avec", "sans"}


def test_the_chip_puts_the_filter_on_and_off(client, two):
    html = client.get("/annuaire/?q=bols").content.decode()
    assert '<a class="chip" href="?q=bols&amp;label=1">Label</a>' in html
    html = client.get("/annuaire/?q=bols&label=1").content.decode()
    assert 'href="?q=bols" aria-current="true">Label' in html
    assert "1 adresse qui porte le label" in " ".join(re.sub("<[^>]+>", "", html).split())
    assert '<input type="hidden" name="label" value="1">' in html


def test_cards_bear_a_small_sign(client, two):
    html = client.get("/annuaire/?q=bols").content.decode()
    assert html.count('class="labelled"') == 1


@pytest.mark.parametrize(
    ("asked", "found"), [("1", 1), ("true", 1), ("0", 2), ("false", 2), ("", 2)]
)
def test_the_api_filters_by_the_label(client, two, asked, found):
    answer = client.get("/api/v1/listings", {"label": asked}).json()
    assert answer["numberMatched"] == found
    assert {one["id"]: one["properties"]["label"] for one in answer["features"]}["avec"] is True


def test_the_api_names_an_impossible_label(client, two):
    response = client.get("/api/v1/listings", {"label": "peut-être"})
    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "label"


def test_a_tile_tells_who_bears_the_label(client, two):
    pins = client.get("/carte/0/0/0.json").json()["pins"]
    assert {name: flags & 8 for _, _, _, name, _, _, flags in pins} == {"Avec": 8, "Sans": 0}


def test_a_listings_page_leads_to_the_members_page(client, two):
    assert 'href="/label/membres/avec/"' in client.get("/annuaire/fiche/avec/").content.decode()
    assert "/label/membres/" not in re.sub(
        r"<footer.*", "", client.get("/annuaire/fiche/sans/").content.decode(), flags=re.S
    )
