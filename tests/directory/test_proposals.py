"""Proposing an address that is missing, from the form to the confirmed link."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from config import rounds
from directory.models import Commune, Listing, ListingRequest, Tombstone
from directory.moderation.look_alikes import look_alikes, was_removed
from home import mailing
from home.models import OutgoingMail
from tests import factories
from tests.forms import filled

PROPOSE = "/annuaire/proposer/"
SENT = "/annuaire/demande/envoyee/"


@pytest.fixture(autouse=True)
def places(categories):
    """The communes that the tests name."""
    for name in factories.COMMUNES:
        factories.commune(name)


def propose(client, **fields):
    """Send a proposal with a proof of work."""
    fields = {
        "name": "Ferme du Grand Orme",
        "commune": "Rambouillet",
        "email": "lise@example.org",
    } | fields
    return client.post(PROPOSE, filled("proposer", **fields))


def text(answer):
    """What a page says, with common spaces only."""
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def link():
    """The address in the last mail that was sent."""
    mailing.send_due()
    return re.search(r"http://[^/]+(/\S+)", mail.outbox[-1].body)[1]


def facts(**fields):
    """What a proposal says."""
    empty = {"commune": "78517", "postal_code": "78120", "phone": "", "website": ""}
    return empty | fields


def test_what_is_proposed_waits_for_the_link_and_shows_nowhere(client):
    answer = propose(
        client,
        summary="Œufs et volailles",
        street="3 route de Guiperreux",
        hours="vendredi 16h-19h",
        phone="01.99.00.12.34",
        website="grand-orme.example",
        mine="on",
        message="Portail vert.",
    )
    assert answer["Location"] == SENT
    assert "Un dernier geste" in text(client.get(SENT))
    case = ListingRequest.objects.get()
    assert (case.kind, case.state, case.listing_name) == (
        "proposer",
        "a-confirmer",
        "Ferme du Grand Orme",
    )
    assert case.facts == {
        "name": "Ferme du Grand Orme",
        "summary": "Œufs et volailles",
        "street": "3 route de Guiperreux",
        "postal_code": "78120",
        "commune": "78517",
        "category": "",
        "hide_address": False,
        "hours": "Fr 16:00-19:00",
        "hours_words": "",
        "phone": "01 99 00 12 34",
        "website": "https://grand-orme.example",
    }
    assert case.details == {"C’est son activité": "oui"}
    assert not Listing.objects.exists()


def test_the_link_shows_a_button_and_only_the_button_confirms(client):
    propose(client)
    address = link()
    for _ in range(3):
        page = client.get(address)
        assert "Est-ce bien vous ?" in text(page)
    assert not ListingRequest.objects.waiting().exists()

    case = ListingRequest.objects.get()
    answer = client.post(address, {"demande": case.pk})
    assert "C’est confirmé. Merci." in text(client.get(answer["Location"]))
    assert ListingRequest.objects.waiting().get() == case

    case.settle("refusee", None)
    client.post(address, {"demande": case.pk})
    case.refresh_from_db()
    assert case.state == "refusee"


def test_a_link_confirms_nothing_of_another_mailbox(client):
    propose(client)
    propose(client, name="Atelier de Zoé", email="zoe@example.org")
    address = link()
    other = ListingRequest.objects.get(email="lise@example.org")
    client.post(address, {"demande": [other.pk, "x", "²", "9" * 30]})
    assert not ListingRequest.objects.waiting().exists()


def test_beyond_the_day_s_links_an_earlier_one_confirms_all(client):
    for number in range(7):
        propose(client, name=f"Ferme {number} des {number} Vents")
    assert OutgoingMail.objects.count() == 5
    address = link()
    page = client.get(address).content.decode()
    assert page.count('type="checkbox"') == 7
    cases = [case.pk for case in ListingRequest.objects.all()]
    client.post(address, {"demande": cases})
    assert ListingRequest.objects.waiting().count() == 7


@pytest.mark.parametrize("wrong", ["x", "MQ:1abc:def", "..", "é", "a" * 5000])
def test_an_altered_link_counts_for_nothing(client, wrong):
    propose(client)
    assert client.get(f"/annuaire/demande/confirmer/{wrong}/").status_code in (404, 410)
    assert client.get(f"/annuaire/demande/preciser/{wrong}/").status_code in (404, 410)
    address = link()
    assert client.post(f"{address[:-4]}AAA/").status_code == 410


def test_an_old_link_counts_no_longer_and_what_it_was_for_is_forgotten(client, monkeypatch):
    propose(client)
    address = link()
    later = timezone.now() + timedelta(days=7, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    monkeypatch.setattr("django.core.signing.time.time", lambda: later.timestamp())
    assert client.get(address).status_code == 410
    rounds.forget_what_nobody_confirmed()
    assert not ListingRequest.objects.exists()


def test_the_link_asks_for_a_token_of_the_form(client):
    propose(client)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link(), {"demande": 1}).status_code == 403


def test_a_search_that_found_nothing_fills_the_form_in_harmlessly(client):
    page = client.get(PROPOSE, {"q": "Ferme <b>", "ou": '"Sonchamp'}).content.decode()
    assert 'value="Ferme &lt;b&gt;"' in page
    assert 'value="&quot;Sonchamp"' in page
    assert client.get(PROPOSE, {"q": "\x00" * 9, "ou": "x" * 9000}).status_code == 200
    empty = client.get("/annuaire/", {"q": "zzyzx"}).content.decode()
    assert f'href="{PROPOSE}?q=zzyzx&amp;ou="' in empty


@pytest.mark.parametrize("missing", ["name", "commune", "email"])
def test_what_is_missing_is_asked_for_and_the_rest_is_kept(client, missing):
    answer = propose(client, summary="Tisanes et sirops", **{missing: ""})
    page = text(answer)
    assert answer.status_code == 422
    assert "Tisanes et sirops" in page
    assert "À remplir" in page


def test_a_commune_in_doubt_is_asked_back(client):
    sonchamp = Commune.objects.get(slug="sonchamp")
    assert "78120" in sonchamp.postal_codes
    answer = propose(client, commune="78120", summary="Tisanes")
    assert answer.status_code == 422
    page = text(answer)
    assert "Laquelle ?" in page and "Sonchamp (78120)" in page and "Tisanes" in page
    for wrong in ("91200", "x", ""):
        assert propose(client, commune="78120", laquelle=wrong).status_code == 422
    assert propose(client, commune="78120", laquelle=sonchamp.pk)["Location"] == SENT
    assert ListingRequest.objects.get().facts["commune"] == sonchamp.pk


LOOK_ALIKES = [
    "Ferme du Grand Orme",
    "FERME DU GRAND-ORME",
    "La ferme du grand orme, œufs",
    "Fermé dû Gränd Ormé",
    "Fеrmе du Grаnd Ormе",  # Cyrillic letters
    "Ferme\u200b du Grand\u00a0Orme",
    "Ｆｅｒｍｅ du Grand Orme",
    "Ferme du Grnad Orme",
]


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_a_look_alike_is_shown_and_another_one_goes_on_with_all_that_was_typed(client, name):
    there = factories.listing("Ferme du Grand Orme", category="cremerie")
    answer = propose(client, name=name, summary="Œufs du jour")
    page = text(answer)
    assert "Est-ce celle-ci ?" in page
    assert there.get_absolute_url() in page
    assert f"{there.get_absolute_url()}corriger/" in page
    assert "Œufs du jour" in page
    assert not ListingRequest.objects.exists()

    assert propose(client, name=name, autre="1")["Location"] == SENT
    assert ListingRequest.objects.count() == 1


def test_the_same_telephone_or_site_is_a_look_alike_wherever_it_is(db):
    there = factories.listing(
        "Maison Rose", commune="Houdan", phone="0199 00.12-34", website="http://rose.example/"
    )
    everything = Listing.objects.all()
    by_phone = look_alikes(facts(name="Autre Nom", phone="01 99 00 12 34"), everything)
    by_site = look_alikes(facts(name="Autre Nom", website="https://www.rose.example"), everything)
    assert [one.listing for one in by_phone] == [one.listing for one in by_site] == [there]
    assert look_alikes(facts(name="Autre Nom", phone="01 99 00 12 35"), everything) == []


def test_other_names_and_other_places_are_no_look_alikes(client):
    factories.listing("Ferme du Petit Chêne")
    factories.listing("Ferme du Grand Orme", commune="Houdan")
    assert propose(client)["Location"] == SENT


def test_neither_a_draft_nor_a_removed_listing_is_revealed(client):
    factories.listing("Ferme du Grand Orme", live=False)
    Tombstone.objects.create(slug="partie", match_key="ferme du grand orme|78120")
    assert propose(client)["Location"] == SENT
    assert was_removed(facts(name="Fermе du Grand Orme"))
    assert not was_removed(facts(name="Ferme du Petit Orme"))


def test_mail_that_does_not_get_out_is_told_and_tried_again(client, settings, monkeypatch):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    propose(client)
    assert mailing.send_due() == 0
    assert "du retard" in text(client.get(SENT))
    assert OutgoingMail.objects.late().count() == 1
    assert mailing.send_due() == 0

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    later = timezone.now() + timedelta(minutes=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    rounds.send_mail()
    assert mail.outbox[0].to == ["lise@example.org"]
    assert not OutgoingMail.objects.exists()


def test_a_mail_is_sent_by_one_process_only(client):
    propose(client)
    one, other = OutgoingMail.objects.get(), OutgoingMail.objects.get()
    now = timezone.now()
    assert one.claim(now)
    assert not other.claim(now)


def test_the_mail_is_plain_french_and_says_where_it_comes_from(client):
    propose(client)
    assert link().startswith("/annuaire/demande/confirmer/")
    message = mail.outbox[0]
    assert message.to == ["lise@example.org"] and not message.cc and not message.bcc
    assert message.message().get_content_type() == "text/plain"
    assert message.body.startswith("Bonjour")


def test_suggestions_answer_communes_and_survive_nonsense(client):
    address = f"{PROPOSE}suggestions/"
    found = client.get(address, {"commune": "ramb"}).json()["suggestions"]
    assert {"label": "Rambouillet (78120)", "street": "", "commune": "Rambouillet (78120)"} in found
    for query in ({"adresse": "3 rue du P"}, {"commune": "\x00"}, {"adresse": "x" * 9000}, {}):
        assert client.get(address, query).json() == {"suggestions": []}
    assert client.post(address).status_code == 405
