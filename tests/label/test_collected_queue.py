"""Volunteers find collected publications among all that waits, and decide them there."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from directory.models import ListingRequest
from directory.moderation import queue
from label.collecting import refusals
from label.models import Item, Sighting, Source
from tests import factories
from tests.label import claiming as cast
from tests.label.claiming import client_of
from tests.label.factories import item

pytestmark = pytest.mark.django_db
QUEUE = "/gestion/annuaire/demandes/"
State = Item.State


@pytest.fixture
def desk():
    """A volunteer at the list."""
    return client_of(cast.volunteer())


def waiting(**fields):
    """One that waits, with the source it was seen in."""
    fields.setdefault("seen_at", timezone.now() - timedelta(days=3))
    one = item("<p>Four ouvert</p>", "mis78", state=State.WAITING, **fields)
    source = Source.objects.create(
        address=f"https://r.example/{one.pk}", url=f"https://r.example/{one.pk}", title="Le flux"
    )
    Sighting.objects.create(item=one, source=source, guid="1", url=one.url, digest="")
    return one


def page_of(one):
    """Its page for volunteers."""
    return reverse("label_admin:item", args=[one.pk])


def case(desk, one):
    """Its page, read."""
    answer = desk.get(page_of(one))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser").main


def press(desk, one, action, **data):
    """One of its buttons, as its page was seen a moment before."""
    seen = case(desk, one).select_one("input[name=seen]")["value"]
    data = {"action": action, "seen": seen} | data
    return desk.post(reverse("label_admin:decide_item", args=[one.pk]), data, follow=True)


def test_it_stands_in_the_one_list_with_all_else_the_oldest_first(desk):
    one = waiting()
    ListingRequest.objects.create(kind="corriger", listing_name="La Ferme", message="Fermé")
    page = BeautifulSoup(desk.get(QUEUE).content, "html.parser")
    links = [link["href"] for link in page.select("main a[href]")]
    assert queue.summary() == (2, 3)
    assert page_of(one) in links
    assert page_of(one) in desk.get(f"{QUEUE}?genre=collectee").content.decode()
    assert "La Ferme" not in desk.get(f"{QUEUE}?genre=collectee").content.decode()


def test_its_page_says_who_where_what_and_why(desk):
    words = case(desk, waiting(author="Zélie", licence="CC0-1.0")).get_text(" ")
    for said in ("Zélie", "Mastodon", "Four ouvert", "Le flux", "pas demandé", "CC0-1.0", "#mis78"):
        assert said in words


def test_hostile_words_do_nothing_to_a_volunteer(desk):
    one = waiting(author_url="javascript:alert(1)", url="javascript:alert(2)")
    Item.objects.update(html="<script>alert(1)</script><p onclick=x>Bon</p>", original="<script>")
    page = desk.get(page_of(one)).content.decode()
    assert "javascript:alert" not in page and "<p onclick" not in page
    assert "<script>alert" not in page


def test_publishing_goes_on_to_the_next_and_offers_the_way_back(desk, client):
    one, following = waiting(), waiting(seen_at=timezone.now())
    answer = press(desk, one, "publier")
    assert answer.redirect_chain[-1][0] == page_of(following)
    assert "Annuler" in answer.content.decode()
    assert Item.objects.get(pk=one.pk).is_published
    press(desk, one, "annuler")
    assert Item.objects.get(pk=one.pk).state == State.WAITING


def test_refusing_needs_a_reason_and_can_be_for_ever(desk):
    one = waiting()
    seen = {"action": "refuser", "seen": ""}
    answer = desk.post(reverse("label_admin:decide_item", args=[one.pk]), seen)
    assert answer.status_code == 422 and "motif" in answer.content.decode()
    press(desk, one, "refuser", reason="De la publicité.", never_again="1")
    one.refresh_from_db()
    assert (one.state, one.reason) == (State.REFUSED, "De la publicité.")
    assert refusals.is_refused(one.author_url)


def test_a_change_shows_before_and_after(desk):
    one = item("<p>avant-texte</p>")
    one.change = {"html": "<p>après-texte<script>x</script></p>", "tags": []}
    one.changed_at = timezone.now()
    one.save()
    words = case(desk, one).get_text(" ")
    assert "avant-texte" in words and "après-texte" in words
    press(desk, one, "laisser")
    assert "avant-texte" in Item.objects.get().html
    press(desk, one, "annuler")
    press(desk, one, "prendre")
    assert "après-texte" in Item.objects.get().html


def test_what_an_author_took_away_can_be_put_back(desk):
    one = item(state=State.HIDDEN, taken_down_at=timezone.now(), reason="C’est à moi.")
    assert "C’est à moi." in case(desk, one).get_text(" ")
    press(desk, one, "confirmer")
    assert queue.summary()[0] == 0
    press(desk, one, "annuler")
    press(desk, one, "publier")
    assert Item.objects.get().is_published


def test_who_comes_second_is_told(desk):
    one = waiting()
    other = client_of(cast.volunteer("marc@example.org"))
    seen = case(desk, one).select_one("input[name=seen]")["value"]
    press(other, one, "refuser", reason="Non.")
    answer = desk.post(
        reverse("label_admin:decide_item", args=[one.pk]),
        {"action": "publier", "seen": seen},
        follow=True,
    )
    assert "vient de traiter" in answer.content.decode()
    assert Item.objects.get().state == State.REFUSED


def test_what_changed_under_ones_eyes_is_not_published(desk):
    one = waiting()
    seen = case(desk, one).select_one("input[name=seen]")["value"]
    Item.objects.update(html="<p>Autre chose</p>")
    data = {"action": "publier", "seen": seen}
    answer = desk.post(reverse("label_admin:decide_item", args=[one.pk]), data, follow=True)
    assert "vient de changer" in answer.content.decode()
    assert Item.objects.get().state == State.WAITING


@pytest.mark.parametrize("action", ["", "supprimer"])
def test_an_unknown_button_does_nothing(desk, action):
    one = waiting()
    press(desk, one, action)
    assert Item.objects.get().state == State.WAITING


def test_a_stranger_neither_sees_nor_decides(client):
    one = waiting()
    client.force_login(factories.user("stranger@example.org"))
    assert client.get(page_of(one)).status_code in (302, 403)
    address = reverse("label_admin:decide_item", args=[one.pk])
    assert client.post(address, {"action": "publier"}).status_code in (302, 403)
    assert client.get(address).status_code in (302, 403, 405)
    assert Item.objects.get().state == State.WAITING


def test_the_list_of_what_is_done_names_who_did_it(desk):
    press(desk, waiting(author="Zélie"), "publier")
    page = desk.get(f"{QUEUE}?etat=traitees").content.decode()
    assert "Zélie" in page and "Publiée" in page
