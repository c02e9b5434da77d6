"""« Corriger · Gérer · Retirer » without an account."""

import pytest
from django.core import signing
from django.test import Client

from directory.models import Listing, ListingRequest
from home import public_form
from home.models import OutgoingMail
from tests import factories
from tests.forms import filled, solution, stamp

pytestmark = pytest.mark.django_db


@pytest.fixture
def farm(db):
    """A published listing."""
    return factories.listing(
        "Ferme du Gué",
        hours="Sa 09:00-12:30",
        phone="06 39 98 00 01",
        street="3 rue du Gué",
        postal_code="78120",
    )


def told(listing):
    """What the correction's form shows before anybody changes it."""
    return {
        "hours": "le samedi de 9 h à 12 h 30",
        "phone": listing.phone,
        "website": "",
        "summary": "",
        "street": listing.street,
        "commune": "Rambouillet (78120)",
    }


def correct(client, listing, **fields):
    """Send a correction with a proof of work."""
    sent = filled(f"corriger:{listing.pk}", **(told(listing) | fields))
    return client.post(f"{listing.get_absolute_url()}corriger/", sent)


def test_a_correction_reaches_the_moderator_and_changes_nothing(client, farm):
    response = correct(client, farm, message="Ouvert aussi le dimanche")

    assert response["Location"].endswith("/merci/")
    assert client.get(response["Location"]).status_code == 200
    kept = ListingRequest.objects.get()
    assert (kept.kind, kept.listing, kept.message) == ("corriger", farm, "Ouvert aussi le dimanche")
    assert (kept.state, kept.changes) == ("en-attente", {})
    assert Listing.objects.get().hours == "Sa 09:00-12:30"


def test_the_form_shows_what_the_page_says_and_keeps_what_was_changed(client, farm):
    page = client.get(f"{farm.get_absolute_url()}corriger/").content.decode()
    for shown in told(farm).values():
        assert shown in page
    correct(
        client,
        farm,
        hours="samedi 9h-12h30\r\n\r\ndimanche 9h-12h;",
        phone="0639980002",
        website="www.gue.example",
        closed="on",
    )
    assert ListingRequest.objects.get().changes == {
        "hours": {"before": "Sa 09:00-12:30", "after": "Sa 09:00-12:30; Su 09:00-12:00"},
        "phone": {"before": "06 39 98 00 01", "after": "06 39 98 00 02"},
        "website": {"before": "", "after": "https://www.gue.example"},
        "trading_state": {"before": "ouvert", "after": "ferme-definitivement"},
    }


def test_hours_that_nobody_understands_are_kept_in_their_words(client, farm):
    correct(client, farm, hours="quand la lumière est allumée")
    assert ListingRequest.objects.get().changes == {
        "hours": {
            "before": "Sa 09:00-12:30",
            "after": None,
            "words": "quand la lumière est allumée",
        }
    }


def test_a_form_sent_as_it_came_asks_what_is_wrong(client, farm):
    response = correct(client, farm, phone="06.39.98.00.01")
    assert response.status_code == 422
    assert "Tout est comme aujourd’hui" in response.content.decode()


def test_another_commune_is_a_change_and_a_doubtful_one_is_asked_back(client, farm):
    factories.commune("Dourdan")
    assert correct(client, farm, commune="Nulle-Part-du-Tout").status_code == 422
    correct(client, farm, commune="Dourdan")
    assert ListingRequest.objects.get().changes == {
        "commune": {"before": "78517", "after": "91200"},
        "postal_code": {"before": "78120", "after": "91410"},
    }


def test_a_hidden_street_is_not_told_by_the_form(client):
    hidden = factories.listing("Atelier", street="9 rue Secrète", hide_address=True)
    page = client.get(f"{hidden.get_absolute_url()}corriger/").content.decode()
    assert "Secrète" not in page
    correct(client, hidden, street="1 rue Devinée", hours="")
    assert not ListingRequest.objects.exists()


@pytest.mark.parametrize("path", ["gerer", "retirer"])
def test_who_wants_to_manage_or_remove_leaves_an_address(client, farm, path):
    url = f"{farm.get_absolute_url()}{path}/"
    purpose = f"{path}:{farm.pk}"
    without = client.post(url, filled(purpose, message="C’est chez moi", name="Zoé"))
    assert without.status_code == 422
    assert "C’est chez moi" in without.content.decode()

    client.post(url, filled(purpose, message="C’est chez moi", name="Zoé", email="zoe@gue.example"))
    assert ListingRequest.objects.get().email == "zoe@gue.example"
    assert Listing.objects.public().exists()


def test_without_javascript_the_mailed_link_takes_the_proof_s_place(client, farm):
    url = f"{farm.get_absolute_url()}corriger/"
    sent = told(farm) | {"message": "Fermé le lundi"}
    answer = client.post(url, filled(**sent))
    assert answer.status_code == 422
    assert "laissez votre adresse e-mail" in answer.content.decode()
    assert "Fermé le lundi" in answer.content.decode()

    answer = client.post(url, filled(**sent, email="zoe@gue.example"))
    assert answer["Location"] == "/annuaire/demande/envoyee/"
    assert ListingRequest.objects.get().state == "a-confirmer"
    assert not ListingRequest.objects.waiting().exists()
    assert OutgoingMail.objects.get().recipient == "zoe@gue.example"


def test_a_proof_counts_once_and_for_its_own_form(client, farm):
    url = f"{farm.get_absolute_url()}corriger/"
    proof = solution(f"corriger:{farm.pk}")
    first = filled(**told(farm), message="Un", preuve=proof)
    assert client.post(url, first)["Location"].endswith("/merci/")
    for other in (proof, solution(f"retirer:{farm.pk}"), solution("corriger:0"), "e30=", "-"):
        again = filled(**told(farm), message="Deux", preuve=other)
        assert client.post(url, again).status_code == 422
    assert ListingRequest.objects.count() == 1


def test_a_double_tap_is_one_request(client, farm):
    url = f"{farm.get_absolute_url()}corriger/"
    sent = filled(f"corriger:{farm.pk}", **told(farm), message="Fermé le lundi")
    assert client.post(url, sent)["Location"] == client.post(url, sent)["Location"]
    assert ListingRequest.objects.count() == 1


def test_an_empty_message_is_asked_for_again(client, farm):
    response = client.post(
        f"{farm.get_absolute_url()}retirer/",
        filled(f"retirer:{farm.pk}", message="", email="zoe@gue.example"),
    )
    assert response.status_code == 422
    assert not ListingRequest.objects.exists()


def test_a_robot_that_fills_the_trap_is_thanked_and_forgotten(client, farm):
    response = correct(client, farm, message="Achetez", site_internet_bis="https://spam.example")
    assert response.status_code == 302
    assert not ListingRequest.objects.exists()


def test_what_is_sent_at_once_or_without_the_form_keeps_its_text(client, farm):
    fresh = signing.dumps("shown", salt=public_form.SALT)
    for wrong in (fresh, "", "forged", stamp(90_000)):
        response = correct(client, farm, message="Mon texte", affiche_a=wrong)
        assert response.status_code == 422
        assert "Mon texte" in response.content.decode()
    assert not ListingRequest.objects.exists()


def test_an_address_cannot_flood_the_moderator(client, farm):
    codes = [correct(client, farm, message=f"Message {n}").status_code for n in range(12)]
    assert codes == [302] * 10 + [429] * 2
    assert ListingRequest.objects.count() == 10


def test_an_e_mail_with_a_line_end_is_refused(client, farm):
    response = correct(client, farm, message="x", email="a@b.example\nBcc: c@d.example")
    assert response.status_code == 422


def test_there_is_no_form_for_what_is_not_published(client):
    draft = factories.listing("Brouillon", live=False)
    assert client.get(f"{draft.get_absolute_url()}corriger/").status_code == 404


def test_a_form_is_kept_by_no_cache(client, farm):
    response = client.get(f"{farm.get_absolute_url()}corriger/")
    assert "no-store" in response["Cache-Control"]
    assert "csrftoken" in response.cookies


def test_a_form_without_its_token_is_refused(farm):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(f"{farm.get_absolute_url()}corriger/", {"message": "x"})
    assert response.status_code == 403
