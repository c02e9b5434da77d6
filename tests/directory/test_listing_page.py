"""/annuaire/fiche/…: what is shown of a listing, and what never is."""

import json
import re
from datetime import datetime
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.utils import timezone

from directory import listing_page
from directory.models import FormerSlug, ListingLink, MarketStand, Tombstone
from tests import factories

pytestmark = pytest.mark.django_db


def data_of(response):
    """The JSON-LD of a page."""
    found = re.search(r'application/ld\+json">(.*?)</script>', response.content.decode(), re.S)
    return json.loads(found[1])


def test_a_listing_shows_what_one_needs_to_go_there(client):
    market = factories.listing("Marché du samedi", kind="marche", hours="Sa 08:00-13:00")
    farm = factories.listing(
        "Ferme du Gué",
        category="fromager-fermier",
        street="3 rue du Gué",
        postal_code="78120",
        phone="06 39 98 00 01",
        hours="Fr 16:00-19:00",
        products=["chèvre frais"],
        payment=["especes"],
    )
    farm.stands = [MarketStand(market=market)]
    farm.links = [ListingLink(label="Photos", url="https://photos.example/gue")]
    farm.save()

    page = client.get(farm.get_absolute_url()).content.decode()

    for shown in (
        "Ferme du Gué",
        "3 rue du Gué",
        'href="tel:0639980001"',
        "chèvre frais",
        "Marché du samedi",
        "Espèces",
        "photos.example/gue",
        "openstreetmap.org/directions",
        "/annuaire/fiche/ferme-du-gue/corriger/",
    ):
        assert shown in page
    assert data_of(client.get(farm.get_absolute_url()))["telephone"] == "06 39 98 00 01"


@pytest.mark.parametrize(("day", "label"), [(4, "vendredi"), (6, "samedi – dimanche")])
def test_the_row_of_today_is_marked(client, day, label):
    farm = factories.listing("Ferme", hours="Fr 16:00-19:00; Sa-Su 10:00-12:00")
    now = datetime(2026, 11, 16 + day, 9, tzinfo=timezone.get_default_timezone())
    with patch.object(timezone, "now", return_value=now):
        page = client.get(farm.get_absolute_url()).content.decode()
    marked = re.findall(r'is-today"><th scope="row">(.*?) <small>', page)
    assert marked == [label]


@pytest.mark.parametrize("hidden", [{"hide_address": True}, {"visits": "aucune"}])
def test_a_hidden_address_stands_in_no_byte(client, hidden):
    maker = factories.listing(
        "Atelier", street="7 impasse Canari", lat=48.612345, lng=1.876543, **hidden
    )
    factories.listing("Voisine")
    for path in ("", "contact.vcf", "qr.svg", "corriger/"):
        body = client.get(maker.get_absolute_url() + path).content.decode()
        for secret in ("Canari", "48.6123", "1.8765"):
            assert secret not in body
    assert "geo" not in data_of(client.get(maker.get_absolute_url()))


def test_a_shop_closed_for_good_keeps_its_page_and_says_so(client):
    shop = factories.listing("Librairie", trading_state="ferme-definitivement")
    page = client.get(shop.get_absolute_url())
    assert page.status_code == 200
    assert "Fermé définitivement" in re.sub("<[^>]+>", "", page.content.decode())


def test_a_draft_is_not_there(client):
    assert client.get(factories.listing(live=False).get_absolute_url()).status_code == 404


def test_a_draft_of_a_published_listing_changes_nothing(client):
    listing = factories.listing("Ferme", summary="Publié")
    listing.summary = "Brouillon canari"
    listing.lat, listing.lng = 48.7, 1.7
    listing.products.add("canari jaune")
    listing.save_revision()
    page = client.get(listing.get_absolute_url()).content.decode()
    assert "Publié" in page
    assert "anari" not in page
    listing.refresh_from_db()
    assert (listing.public_lat, listing.public_lng) != (48.7, 1.7)
    listing.latest_revision.publish()
    assert "canari jaune" in client.get(listing.get_absolute_url()).content.decode()


def test_a_former_address_redirects(client):
    listing = factories.listing("Ferme")
    FormerSlug.objects.create(slug="vieux-nom", listing=listing)
    response = client.get("/annuaire/fiche/vieux-nom/")
    assert (response.status_code, response["Location"]) == (301, listing.get_absolute_url())


def test_a_removed_listing_answers_gone(client):
    Tombstone.objects.create(slug="partie")
    assert client.get("/annuaire/fiche/partie/").status_code == 410
    assert client.get("/annuaire/fiche/jamais-vue/").status_code == 404


def test_texts_cannot_become_markup(client):
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    listing = factories.listing(evil[:100], summary=evil, description=evil, hours_note=evil)
    page = client.get(listing.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_the_contact_card_folds_long_lines_and_escapes(client):
    listing = factories.listing("Ferme; du, Gué", summary="é" * 120, phone="06 39 98 00 01")
    card = client.get(listing.get_absolute_url() + "contact.vcf")
    assert card["Content-Type"].startswith("text/vcard")
    lines = card.content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert "FN:Ferme\\; du\\, Gué".encode() in lines


def test_the_listing_page_takes_at_most_ten_queries(client, django_assert_max_num_queries):
    listing = factories.listing("Ferme", tags=["bio"], products=["lait", "œufs"])
    for number in range(30):
        factories.listing(f"Voisine {number}")
    client.get("/")
    cache.clear()
    with django_assert_max_num_queries(10):
        client.get(listing.get_absolute_url())


def test_a_page_is_worked_out_once(client, monkeypatch):
    calls, real = [], listing_page.build
    monkeypatch.setattr(listing_page, "build", lambda *args: calls.append(args) or real(*args))

    client.get(factories.listing().get_absolute_url())

    assert len(calls) == 1
