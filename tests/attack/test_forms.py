"""Hostile strings through each field that anybody may fill in."""

from unittest.mock import patch

import pytest
from django.core import mail, signing
from django.test import Client

from directory.models import ListingRequest
from home.public_form import SALT
from tests import factories
from tests.attack.nonsense import WORDS

FORMS = ["corriger", "gerer", "retirer"]
FIELDS = ["message", "email", "name", "phone", "subjects", "affiche_a", "site_internet_bis"]
SENSIBLE = {
    "message": "Ouvert aussi le dimanche.",
    "email": "lise@example.org",
    "name": "Lise",
    "phone": "06 39 98 00 00",
}
HOSTILE = [
    *WORDS,
    "x" * 200_000,
    "lise@example.org\r\nBcc: all@example.org",
    "lise@example.org\nSubject: x",
    "lise@example.org, other@example.org",
    '"<script>alert(1)</script>"@example.org',
    "a@" + "b" * 300 + ".fr",
    "lise@[127.0.0.1]",
    "é@exämple.org",
]


@pytest.fixture(autouse=True)
def listing(categories):
    """What the requests are about."""
    return factories.listing("Chèvrerie", slug="chevrerie", category="fromager-fermier")


@pytest.fixture
def stamp():
    """A form's signed time of display, five seconds ago."""
    with patch("django.core.signing.time.time", return_value=signing.time.time() - 5):
        return signing.dumps("shown", salt=SALT)


def send(client, form, number, **fields):
    """Post a form, each time from another address, so that the limit is not what answers."""
    address = f"198.51.{number // 250}.{number % 250}"
    return client.post(f"/annuaire/fiche/chevrerie/{form}/", fields, REMOTE_ADDR=address)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("field", FIELDS)
def test_each_field_takes_or_refuses_whatever_comes(client, stamp, form, field):
    for number, value in enumerate(HOSTILE):
        if "\ud800" in value:
            continue
        answer = send(client, form, number, **(SENSIBLE | {"affiche_a": stamp, field: value}))
        assert answer.status_code in (302, 400, 422), (field, value[:40])
    for kept in ListingRequest.objects.all():
        assert len(kept.message) <= 4000
        assert not {"\r", "\n", "\x00"} & set(kept.email + kept.name)
    assert mail.outbox == []


def test_a_sensible_request_is_kept_and_a_robot_s_is_not(client, stamp):
    assert send(client, "gerer", 1, affiche_a=stamp, **SENSIBLE).status_code == 302
    trap = send(client, "gerer", 2, affiche_a=stamp, site_internet_bis="x", **SENSIBLE)
    assert trap.status_code == 302
    fresh = signing.dumps("shown", salt=SALT)
    assert send(client, "gerer", 3, affiche_a=fresh, **SENSIBLE).status_code == 422
    assert send(client, "gerer", 4, affiche_a="forged:x:y", **SENSIBLE).status_code == 422
    assert ListingRequest.objects.count() == 1


def test_what_comes_back_in_the_form_is_text(client, stamp):
    evil = "</textarea><script>alert(1)</script>"
    answer = send(client, "corriger", 1, affiche_a=stamp, message=evil, email='"><script>')
    assert answer.status_code == 422
    assert "<script>" not in answer.content.decode().replace('<script type="', "")


def test_a_form_of_another_site_is_refused(stamp):
    strict = Client(enforce_csrf_checks=True)
    fields = SENSIBLE | {"affiche_a": stamp, "csrfmiddlewaretoken": "x" * 64}
    answer = strict.post("/annuaire/fiche/chevrerie/retirer/", fields)
    assert answer.status_code == 403
    assert "Traceback" not in answer.content.decode()
    assert not ListingRequest.objects.exists()


def test_broken_bodies_are_no_error_of_ours(client):
    address = "/annuaire/fiche/chevrerie/corriger/"
    bodies = [
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n"),
        ("multipart/form-data", b"no boundary"),
        ("application/x-www-form-urlencoded", b"message=%ff%00&email=%ff"),
        ("application/x-www-form-urlencoded; charset=utf-7", b"message=+ADw-"),
        ("application/x-www-form-urlencoded; charset=nonsense", b"message=a"),
        ("application/json", b'{"message": "a"}'),
        ("", b"\x00" * 1000),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(2000))),
        ("application/x-www-form-urlencoded", b"message=" + b"x" * 6_000_000),
    ]
    for kind, body in bodies:
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            answer = client.generic(method, address, body, content_type=kind)
            assert answer.status_code < 500, (method, kind)
    assert not ListingRequest.objects.exists()


def test_a_flood_from_one_address_is_stopped_and_others_are_not(client, stamp):
    answers = [
        client.post(
            "/annuaire/fiche/chevrerie/corriger/",
            SENSIBLE | {"affiche_a": stamp},
            REMOTE_ADDR="203.0.113.7",
            # Nobody trusts this one.
            HTTP_X_FORWARDED_FOR=f"203.0.113.{number}",
        ).status_code
        for number in range(12)
    ]
    assert answers[:10] == [302] * 10 and set(answers[10:]) == {429}
    assert send(client, "corriger", 1, affiche_a=stamp, **SENSIBLE).status_code == 302
