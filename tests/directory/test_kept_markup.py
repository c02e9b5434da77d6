"""What is kept of cards and features: never out of date, never somebody else's."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import orjson
import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from directory import card_markup, cards
from directory.api import features
from directory.markets import markup
from directory.models import Listing
from directory.search import usual
from home.models import ContentVersion
from home.versions import remembered
from tests import factories
from tests.directory.markets import market, producer

pytestmark = pytest.mark.django_db

PARIS = ZoneInfo("Europe/Paris")
SATURDAY_TEN = datetime(2026, 11, 21, 10, 0, tzinfo=PARIS)
SEARCH = "/annuaire/?q=fromage&ou=Rambouillet"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """It is Saturday, ten o'clock, until a test moves the clock."""
    moment = [SATURDAY_TEN]
    monkeypatch.setattr(timezone, "now", lambda: moment[0])
    return moment


def page(client, address=SEARCH):
    """The page made anew: nothing of it comes from the page cache."""
    cache.clear()
    return client.get(address).content.decode()


def in_another_process(**changes):
    """Write as another process does: this one learns of it by the database alone."""
    Listing.objects.update(**changes)
    ContentVersion.objects.update(number=F("number") + 1)


def test_a_card_says_at_once_what_somebody_changed(client):
    shop = factories.listing("Fromagerie du Gué", category="cremerie", summary="Du lait cru")
    assert "Du lait cru" in page(client)
    shop.summary = "Des tommes"
    shop.save()
    assert "Des tommes" in page(client) and "Du lait cru" not in page(client)


def test_a_card_says_at_once_what_another_process_changed(client):
    factories.listing("Fromagerie du Gué", category="cremerie", street="3 rue du Gué")
    assert "3 rue du Gué" in page(client)
    in_another_process(hide_address=True)
    assert "3 rue du Gué" not in page(client)
    in_another_process(live=False)
    assert "Fromagerie du Gué" not in page(client)


def test_a_category_renamed_shows_on_the_cards(client):
    shop = factories.listing("Fromagerie du Gué", category="cremerie")
    page(client)
    shop.category.name = "Crèmerie d’ici"
    shop.category.save()
    assert '<span class="sign">Crèmerie d’ici</span>' in page(client)


def test_todays_sentence_moves_with_the_clock(client, clock):
    factories.listing("Fromagerie", category="cremerie", hours="Sa 09:00-12:00")
    assert "<strong>Ouvert</strong> jusqu’à 12" in page(client)
    clock[0] = SATURDAY_TEN.replace(hour=13)
    assert "<strong>Fermé</strong>" in page(client) or "<strong>Ouvre</strong>" in page(client)
    assert "jusqu’à 12" not in page(client)


def test_the_distance_is_that_of_the_place_asked_for(client):
    factories.listing("Fromagerie", category="cremerie")

    def far(address):
        return re.findall(r'class="card-far"><data value="([\d.]+)"', page(client, address))

    near = far(SEARCH)
    assert far("/annuaire/?q=fromage&ou=Dourdan&rayon=50") != near
    assert far(SEARCH) == near
    assert far("/annuaire/?q=fromage") == []


def test_nobodys_text_passes_for_a_mark(client):
    marks = "<:state> <:today> <:metres> <:far>"
    factories.listing(f"Fromage {marks}", category="cremerie", summary=marks, phone=marks[:20])
    html = page(client)
    assert "&lt;:state&gt; &lt;:today&gt; &lt;:metres&gt; &lt;:far&gt;" in html
    assert "<:" not in html


def test_a_preview_shows_the_draft_and_leaves_nothing_behind(client, moderator):
    shop = factories.listing("Fromagerie", category="cremerie", summary="Du lait cru")
    page(client, shop.get_absolute_url())
    shop.name = "Brouillon"
    shop.summary = "Pas encore dit"
    draft = shop.make_preview_request().content.decode()
    assert "Brouillon" in draft and "Pas encore dit" in draft
    assert "Brouillon" not in page(client, shop.get_absolute_url())
    assert "Pas encore dit" not in page(client)


def test_a_bounded_number_of_cards_is_kept():
    card_markup.lasting.cache_clear()
    listing = factories.listing("Fromagerie")
    [card] = cards.of([listing.pk], SATURDAY_TEN)
    for number in range(card_markup.MOST_KEPT + 50):
        face = card.face._replace(name=f"Fromagerie {number}", sign="x")
        card_markup.lasting(face, "h2", False, False, "icons.svg")
    assert card_markup.lasting.cache_info().currsize == card_markup.MOST_KEPT
    assert features.lasting.cache_info().maxsize == features.MOST_KEPT


@pytest.mark.parametrize(
    "address", [SEARCH, f"{SEARCH}&page=2", "/annuaire/?q=fromage&ou=Dourdan&rayon=30"]
)
def test_the_usual_question_is_answered_as_any_other(client, monkeypatch, address):
    for number in range(25):
        trade = "cremerie" if number % 2 else "fromager-fermier"
        factories.listing(f"Fromage {number}", category=trade, lat=48.6 + number / 500, lng=1.85)
    served = factories.listing("Fromage qui passe", category="cremerie", lat=47.0, lng=3.0)
    served.serves.add(factories.commune())
    served.more_categories.add(factories.category("boulangerie"))
    served.save()

    quick = page(client, address)
    near = "/api/v1/listings?q=fromage&near=48.64,1.83&radius_km=10&limit=8"
    asked = [near, f"{near}&page=2", f"{near}&page=40"]
    quick_answers = [client.get(one).content for one in asked]
    monkeypatch.setattr(usual, "ask", lambda *_: None)

    assert page(client, address) == quick
    assert [client.get(one).content for one in asked] == quick_answers
    assert quick.count("data-listing=") == (6 if "page" in address else usual.PAGE_SIZE)


def test_those_equally_far_or_without_a_point_come_in_the_same_order(client, monkeypatch):
    town = factories.commune()
    for name in ("Écurie", "épi", "Zèbre", "Abeille", "abeille", "Orge"):
        factories.listing(f"{name} fromage", lat=None, lng=None).serves.add(town)
        factories.listing(f"{name} du fromage", lat=48.65, lng=1.83)
    ContentVersion.bump()
    quick = re.findall(r'data-listing="([^"]+)"', page(client))
    monkeypatch.setattr(usual, "ask", lambda *_: None)

    assert re.findall(r'data-listing="([^"]+)"', page(client)) == quick
    assert len(quick) == 12


def test_what_words_found_is_asked_for_once_until_something_changes(
    client, django_assert_num_queries
):
    shop = factories.listing("Fromagerie", lat=48.65, lng=1.83)
    one, other = (f"/api/v1/listings?q=fromagerie&near=48.6{n},1.83&radius_km=10" for n in (4, 6))
    client.get(one)
    with django_assert_num_queries(1):
        found = client.get(other).json()
    assert (found["numberMatched"], found["features"][0]["properties"]["distance_m"]) == (1, 1112)
    in_another_process(public_lat=48.66)
    assert client.get(other).json()["features"][0]["properties"]["distance_m"] == 0
    shop.delete()
    assert client.get(other).json()["numberMatched"] == 0


def test_what_words_found_takes_no_more_memory_than_set_aside(client, monkeypatch):
    monkeypatch.setattr(usual, "MOST_SPOTS", 2 * usual.WEIGHT_OF_A_QUESTION + 2)
    factories.listing("Fromage de chèvre", lat=48.65, lng=1.83)
    for words in ("fromage", "chèvre", "fromage chèvre"):
        client.get(f"/api/v1/listings?q={words}&near=48.64,1.83&radius_km=10")
    assert list(remembered("spots of words", dict)) == [(("fromag",), ("chevr",))]


def test_a_feature_says_at_once_what_another_process_changed(client):
    factories.listing("Fromagerie", street="3 rue du Gué", summary="Du lait cru")
    address = reverse("api_listings")

    def told():
        cache.clear()
        [feature] = orjson.loads(client.get(address).content)["features"]
        return feature["properties"]

    assert told()["street"] == "3 rue du Gué"
    in_another_process(hide_address=True, summary="Des tommes")
    assert (told()["street"], told()["summary"]) == ("", "Des tommes")


def test_a_stand_says_at_once_what_somebody_changed(client):
    shop = producer("Fromagerie <du> Gué", (market("Marché"), ""), summary="Du lait cru")
    address = "/marches/?jour=2026-11-21"
    shown = page(client, address)
    assert "Fromagerie &lt;du&gt; Gué" in shown and "Du lait cru" in shown
    shop.summary = "Des tommes"
    shop.save()
    assert "Des tommes" in page(client, address) and "Du lait cru" not in page(client, address)
    in_another_process(trading_state="ferme-definitivement")
    assert "Fromagerie" not in page(client, address)


def test_who_stands_there_is_drawn_once(client, monkeypatch):
    markup.lasting.cache_clear()
    producer("Fromagerie", (market("Marché"), ""))
    for number in range(3):
        factories.listing(f"Ailleurs {number}")  # a change anywhere loses nothing of it
        assert "Fromagerie" in page(client, "/marches/?jour=2026-11-21")
    assert markup.lasting.cache_info().misses == 1
    assert markup.lasting.cache_info().maxsize == markup.MOST_KEPT


def test_markets_are_found_without_reading_every_listing():
    if connection.vendor == "sqlite":  # PostgreSQL reads so small a table as a whole
        assert "listing_kind" in Listing.objects.markets().explain()
