"""Hostile strings through each field that anybody may fill in."""

import pytest
from django.core import mail, signing
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.models import Listing, ListingRequest
from home import mailing, proof
from home.models import OutgoingMail
from home.public_form import SALT, one_line
from tests import factories
from tests.attack.nonsense import WORDS
from tests.forms import filled, solution, stamp

LISTING = "/annuaire/fiche/chevrerie"
FORMS = {
    f"{LISTING}/corriger/": ["message", "email", "hours", "phone", "website", "summary", "commune"],
    f"{LISTING}/gerer/": ["message", "email", "name", "phone"],
    f"{LISTING}/retirer/": ["message", "email"],
    "/annuaire/proposer/": [
        *("name", "category", "summary", "street", "commune", "laquelle", "hide_address"),
        *("hours", "phone", "website", "mine", "email", "message"),
    ],
}
EVERYWHERE = ["affiche_a", "preuve", "site_internet_bis"]
TEMPLATE = "{{ 7*7 }}{% debug %}"
SENSIBLE = {
    "message": "Ouvert aussi le dimanche.",
    "email": "lise@example.org",
    "name": "Lise",
    "phone": "06 39 98 00 00",
    "commune": "Rambouillet",
}
STEERING = [
    "lise@example.org\r\nBcc: all@example.org",
    "lise@example.org\u2028Bcc: all@example.org",
    "lise@example.org\x85Bcc: all@example.org",
    "<script>alert(1)</script>",
    "x" * 200_000,
    "\u202egamorf \u2066🧀\u200d🐐",
]
HOSTILE = [
    *(word for word in WORDS if "\ud800" not in word),
    *STEERING,
    "lise@example.org\nSubject: x",
    "lise@example.org, other@example.org",
    "lise@example.org;other@example.org",
    "Lise <lise@example.org>",
    '"<script>alert(1)</script>"@example.org',
    '"a\rBcc: all@example.org"@example.org',
    "a@" + "b" * 300 + ".fr",
    "lise@[127.0.0.1]",
    "é@exämple.org",
]


@pytest.fixture(autouse=True)
def listing(categories):
    """What the requests are about."""
    return factories.listing("Chèvrerie", slug="chevrerie", category="fromager-fermier")


def purpose(path, listing):
    """What the proof of the form at a path counts for."""
    kind = path.rstrip("/").rpartition("/")[2]
    return kind if kind == "proposer" else f"{kind}:{listing.pk}"


def send(client, path, number, **fields):
    """Post a form, each time from another address, so that the limit is not what answers."""
    address = f"198.51.{number // 250}.{number % 250}"
    return client.post(path, fields, REMOTE_ADDR=address)


def survives(client, path, number, **hostile):
    """Send hostile values among sensible ones; what is kept and mailed is harmless."""
    answer = send(client, path, number, **filled(**(SENSIBLE | hostile)))
    assert answer.status_code in (200, 302, 400, 422), {k: v[:40] for k, v in hostile.items()}
    assert b"<script>alert" not in answer.content
    if answer.status_code == 422 and hostile.get("message") == TEMPLATE:
        assert TEMPLATE in answer.content.decode().replace("\xa0", " ")


@pytest.mark.parametrize("path", FORMS)
def test_all_fields_at_once_take_or_refuse_whatever_comes(client, path):
    for number, value in enumerate(HOSTILE):
        survives(client, path, number, **dict.fromkeys(FORMS[path], value))
        survives(client, path, number, **dict.fromkeys(EVERYWHERE[:2], value))


@pytest.mark.parametrize("path", FORMS)
def test_each_field_takes_or_refuses_what_would_steer_a_mail_or_a_page(client, path):
    for place, field in enumerate([*FORMS[path], *EVERYWHERE]):
        for number, value in enumerate(STEERING):
            survives(client, path, 100 * place + number, **{field: value})
    for kept in ListingRequest.objects.all():
        assert len(kept.message) <= 4000
        heads = kept.email + kept.name + kept.listing_name
        assert heads == one_line(heads)
    mailing.send_due()
    for sent in mail.outbox:
        assert len(sent.recipients()) == 1 and not sent.cc and not sent.bcc
        assert sent.subject == one_line(sent.subject)


@pytest.mark.parametrize("path", FORMS)
def test_a_sensible_request_is_kept_and_a_robot_s_is_not(client, listing, path):
    asked = purpose(path, listing)
    sensible = SENSIBLE | {"name": "Ferme des Trois Vents"}
    assert send(client, path, 1, **filled(asked, **sensible)).status_code == 302
    trap = filled(asked, **sensible, site_internet_bis="x")
    assert send(client, path, 2, **trap).status_code == 302
    fresh = signing.dumps("shown", salt=SALT)
    for wrong in (fresh, "forged:x:y", stamp(100_000)):
        answer = send(client, path, 3, **filled(asked, **(sensible | {"affiche_a": wrong})))
        assert answer.status_code == 422
    assert ListingRequest.objects.count() == 1
    assert Listing.objects.count() == 1


@pytest.mark.parametrize("path", FORMS)
def test_without_a_proof_nothing_reaches_the_moderator(client, listing, path):
    proofs = ["", "-", solution("gerer:0"), solution("proposer" if "fiche" in path else "corriger")]
    for number, wrong in enumerate(proofs):
        sent = filled(**(SENSIBLE | {"name": f"Ferme {number}", "preuve": wrong}))
        assert send(client, path, number, **sent).status_code == 302
    assert not ListingRequest.objects.for_moderators().exists()


def test_what_comes_back_in_the_form_is_text(client):
    evil = "</textarea><script>alert(1)</script>"
    for path in FORMS:
        answer = send(client, path, 1, **filled(message=evil, email='"><script>', summary=evil))
        assert answer.status_code == 422
        assert "<script>alert" not in answer.content.decode()


def test_nothing_that_a_stranger_typed_stands_in_the_link_s_mail(client):
    spam = "Achetez sur spam.example"
    sent = filled("proposer", **(SENSIBLE | {"name": spam, "message": spam, "summary": spam}))
    assert send(client, "/annuaire/proposer/", 1, **sent).status_code == 302
    waiting = OutgoingMail.objects.get()
    assert "spam" not in waiting.body + waiting.subject


def test_a_mailbox_is_not_bombed_with_links(client):
    for number in range(12):
        address = ["victime@example.org", "Victime+a@example.org", "vic.time@EXAMPLE.org"][
            number % 3
        ]
        fields = SENSIBLE | {"name": f"Ferme {number} des Prés {number}", "email": address}
        answer = send(client, "/annuaire/proposer/", number, **filled("proposer", **fields))
        assert answer["Location"] == "/annuaire/demande/envoyee/"
    assert OutgoingMail.objects.count() == mailing.LINKS_A_DAY


@pytest.mark.parametrize("path", FORMS)
def test_a_form_of_another_site_is_refused(path):
    strict = Client(enforce_csrf_checks=True)
    fields = filled(**SENSIBLE, csrfmiddlewaretoken="x" * 64)
    answer = strict.post(path, fields)
    assert answer.status_code == 403
    assert "Traceback" not in answer.content.decode()
    assert not ListingRequest.objects.exists()


@pytest.mark.parametrize("address", [f"{LISTING}/corriger/", "/annuaire/proposer/"])
def test_broken_bodies_are_no_error_of_ours(client, address):
    bodies = [
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n"),
        ("multipart/form-data", b"no boundary"),
        ("application/x-www-form-urlencoded", b"message=%ff%00&email=%ff"),
        ("application/x-www-form-urlencoded; charset=utf-7", b"message=+ADw-"),
        ("application/x-www-form-urlencoded; charset=nonsense", b"message=a"),
        ("application/x-www-form-urlencoded", b"commune=%ED%A0%80&preuve=%ED%A0%80&name=%ff"),
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


def test_a_flood_from_one_address_is_stopped_and_others_are_not(client, listing):
    path = f"{LISTING}/retirer/"
    answers = [
        client.post(
            path,
            filled(f"retirer:{listing.pk}", **(SENSIBLE | {"message": f"Message {number}"})),
            REMOTE_ADDR="203.0.113.7",
            # Nobody trusts this one.
            HTTP_X_FORWARDED_FOR=f"203.0.113.{number}",
        ).status_code
        for number in range(12)
    ]
    assert answers[:10] == [302] * 10 and set(answers[10:]) == {429}
    assert send(client, path, 1, **filled(**SENSIBLE)).status_code == 302


def test_who_sends_without_a_proof_sends_little(client):
    sent = [
        send(client, f"{LISTING}/retirer/", 1, **filled(**(SENSIBLE | {"message": f"No {n}"})))
        for n in range(6)
    ]
    assert [answer.status_code for answer in sent] == [302] * 4 + [429] * 2


@given(st.one_of(st.text(max_size=300), st.binary(max_size=200).map(lambda raw: raw.hex())))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_text_is_a_proof(text):
    assert not proof.is_good(text, "proposer")
