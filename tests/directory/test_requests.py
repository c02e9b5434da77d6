"""« Corriger · Gérer · Retirer » without an account."""

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from directory.models import Listing, ListingRequest
from home import public_form
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def farm(db):
    """A published listing."""
    return factories.listing("Ferme du Gué")


def sent(monkeypatch, **fields):
    """What a browser sends half a minute after the form was shown."""
    now = timezone.now().timestamp()
    with monkeypatch.context() as earlier:
        earlier.setattr(signing.time, "time", lambda: now - 30)
        stamp = signing.dumps("shown", salt=public_form.SALT)
    return {"affiche_a": stamp, **fields}


def test_a_correction_reaches_the_moderator_and_changes_nothing(client, farm, monkeypatch):
    response = client.post(
        f"{farm.get_absolute_url()}corriger/",
        sent(monkeypatch, message="Ouvert aussi le dimanche", subjects=["horaires"]),
    )

    assert response["Location"].endswith("/merci/")
    assert client.get(response["Location"]).status_code == 200
    kept = ListingRequest.objects.get()
    assert (kept.kind, kept.listing, kept.message) == (
        "corriger",
        farm,
        "Ouvert aussi le dimanche",
    )
    assert kept.details == {"Concerne": "Les horaires"}
    assert Listing.objects.get().hours == ""


@pytest.mark.parametrize("path", ["gerer", "retirer"])
def test_who_wants_to_manage_or_remove_leaves_an_address(client, farm, monkeypatch, path):
    url = f"{farm.get_absolute_url()}{path}/"
    without = client.post(url, sent(monkeypatch, message="C’est chez moi", name="Zoé"))
    assert without.status_code == 422
    assert "C’est chez moi" in without.content.decode()

    client.post(
        url, sent(monkeypatch, message="C’est chez moi", name="Zoé", email="zoe@gue.example")
    )
    assert ListingRequest.objects.get().email == "zoe@gue.example"
    assert Listing.objects.public().exists()


def test_an_empty_message_is_asked_for_again(client, farm, monkeypatch):
    response = client.post(f"{farm.get_absolute_url()}corriger/", sent(monkeypatch, message=""))
    assert response.status_code == 422
    assert not ListingRequest.objects.exists()


def test_a_robot_that_fills_the_trap_is_thanked_and_forgotten(client, farm, monkeypatch):
    response = client.post(
        f"{farm.get_absolute_url()}corriger/",
        sent(monkeypatch, message="Achetez", site_internet_bis="https://spam.example"),
    )
    assert response.status_code == 302
    assert not ListingRequest.objects.exists()


def test_what_is_sent_at_once_or_without_the_form_keeps_its_text(client, farm):
    url = f"{farm.get_absolute_url()}corriger/"
    fresh = signing.dumps("shown", salt=public_form.SALT)
    for stamp in (fresh, "", "forged"):
        response = client.post(url, {"message": "Mon texte", "affiche_a": stamp})
        assert response.status_code == 422
        assert "Mon texte" in response.content.decode()
    assert not ListingRequest.objects.exists()


def test_an_address_cannot_flood_the_moderator(client, farm, monkeypatch):
    url = f"{farm.get_absolute_url()}corriger/"
    codes = [
        client.post(url, sent(monkeypatch, message=f"Message {number}")).status_code
        for number in range(12)
    ]
    assert codes == [302] * 10 + [429] * 2
    assert ListingRequest.objects.count() == 10


def test_an_e_mail_with_a_line_end_is_refused(client, farm, monkeypatch):
    response = client.post(
        f"{farm.get_absolute_url()}retirer/",
        sent(monkeypatch, message="x", email="a@b.example\nBcc: c@d.example"),
    )
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
