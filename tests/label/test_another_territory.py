"""A site of another territory: nothing that others see of it names this one."""

import json

import pytest

from config.demo.loading import read
from home.models import SiteSettings
from tests import factories
from tests.label.factories import item, member, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]
ADDRESSES = [
    "/integrer/",
    "/integrer/?quoi=carte&theme=sombre",
    "/embed/mur",
    "/embed/carte",
    "/embed/mur?etiquette=autre",
    "/embed/mur?nombre=0",
    "/embed/fait-ici.js",
    "/mur/",
    "/mur/?etiquette=perche61",
    "/mur/ce-que-nous-prenons/",
    "/mur/retiree/",
    "/hors-ligne/",
    "/hors-ligne.js",
    "/application.webmanifest",
    "/flux/mur.rss",
    "/flux/mur.atom",
    "/api/v1/items",
    "/api/v1/openapi.json",
]


@pytest.fixture
def perche():
    """The settings of a site elsewhere, and somebody there."""
    SiteSettings.objects.update_or_create(
        defaults={
            "site_name": "Percheron",
            "label_name": "Fait en Perche",
            "territory_name": "le Perche",
            "hashtags": "perche61",
            "around": "",
            "tagline": "Ce qui se fait entre les haies.",
        }
    )
    listing = factories.listing("La Poterie", category="ceramiste")
    member(listing)
    post("Four ouvert", "perche61", listing=listing)
    item("<p>Four ouvert</p>", "perche61", listing=listing)


def names():
    """What the demo calls itself, as it might stand in code."""
    site = read("site.json")
    fields = ("site_name", "label_name", "hashtags", "territory_name")
    said = [site.get(field, "") for field in fields]
    return {one.lower() for one in said if one} | {"mis78", "made in sud", "yvelines"}


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_names_the_demo(client, perche, address):
    answer = client.get(address)
    assert answer.status_code in (200, 400)
    said = answer.content.decode().lower()
    said = json.dumps(json.loads(said), ensure_ascii=False) if said.startswith("{") else said
    assert [name for name in names() if name in said] == []


def test_pages_that_others_paste_say_the_name_of_their_own_site(client, perche):
    assert "Les publications de Percheron" in client.get("/integrer/").content.decode()
    assert "La carte de Percheron" in client.get("/embed/carte").content.decode()
    assert "#perche61" in client.get("/mur/ce-que-nous-prenons/").content.decode()
