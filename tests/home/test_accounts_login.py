"""Logging in by a mailed code or by password, out again, and a forgotten password."""

import time

import pytest
from django.test import Client

from home.accounts import letterbox
from home.models import User
from tests.home.accounts import (
    ask_for_a_code,
    code_for,
    is_in,
    last_letter,
    letters,
    link_in,
    log_in,
)

pytestmark = pytest.mark.django_db
PHRASE = "une autre phrase"
CONFIRM = "/compte/connexion/code/"


def test_one_page_shows_both_ways(client):
    page = client.get("/compte/connexion/").content.decode()
    assert page.count("<form class") == 2
    assert "Recevoir un code" in page and "Mot de passe" in page
    assert page.count('autocomplete="username"') == 2
    assert page.count('autocomplete="current-password"') == 1


def test_a_mailed_code_opens(client, stranger):
    answer = ask_for_a_code(client, stranger.email)
    assert answer["Location"] == CONFIRM
    page = client.get(CONFIRM).content.decode()
    assert 'autocomplete="one-time-code"' in page and 'inputmode="numeric"' in page
    assert client.post(CONFIRM, {"code": code_for(stranger.email)})["Location"] == "/compte/"
    assert is_in(client)


def test_the_code_may_be_typed_without_its_dash(client, stranger):
    ask_for_a_code(client, stranger.email)
    client.post(CONFIRM, {"code": code_for(stranger.email).replace("-", " ")})
    assert is_in(client)


def test_the_code_counts_in_the_browser_that_asked_and_once(client, client2, stranger):
    ask_for_a_code(client, stranger.email)
    code = code_for(stranger.email)
    assert client2.post(CONFIRM, {"code": code})["Location"] == "/compte/connexion/"
    assert not is_in(client2)
    client.post(CONFIRM, {"code": code})
    client.logout()
    client.post(CONFIRM, {"code": code})
    assert not is_in(client)


@pytest.fixture
def client2():
    """A second browser."""
    return Client()


def test_whoever_mistyped_the_address_begins_anew(client, stranger):
    ask_for_a_code(client, "inconu@example.org")
    assert "Recevoir un code" in client.get("/compte/connexion/").content.decode()
    ask_for_a_code(client, stranger.email)
    client.post(CONFIRM, {"code": code_for(stranger.email)})
    assert is_in(client)


def test_three_wrong_codes_end_it(client, stranger):
    ask_for_a_code(client, stranger.email)
    code = code_for(stranger.email)
    for _ in range(3):
        answer = client.post(CONFIRM, {"code": "0000-0000"})
    assert answer["Location"] == "/compte/connexion/"
    client.post(CONFIRM, {"code": code})
    assert not is_in(client)


def test_an_old_code_no_longer_opens(client, stranger, monkeypatch):
    ask_for_a_code(client, stranger.email)
    code = code_for(stranger.email)
    later = time.time() + 16 * 60
    monkeypatch.setattr("allauth.account.internal.flows.code_verification.time.time", lambda: later)
    client.post(CONFIRM, {"code": code})
    assert not is_in(client)


def test_a_mailbox_gets_three_codes_a_minute(client, stranger):
    for _ in range(4):
        answer = ask_for_a_code(client, stranger.email)
        client.cookies.clear()
    assert answer.status_code == 200 and "attendez" in answer.content.decode()
    assert len(letters()) == 3


def test_a_mailbox_gets_twenty_mails_a_day(db):
    for _ in range(25):
        letterbox.post("li.se+spam@example.org", "Bonjour", "Un mot.")
    letterbox.post("lise@example.org", "Bonjour", "Le même.")
    letterbox.post("marc@example.org", "Bonjour", "Un autre.")
    assert len(letters()) == 21


def test_an_empty_address_is_asked_for(client):
    for fields in ({"moyen": "code"}, {"password": "x"}, {"login": "x"}, {}):
        answer = client.post("/compte/connexion/", fields)
        assert answer.status_code == 200
        assert "À revoir" in answer.content.decode()


def test_somebody_whose_account_is_closed_reads_so(client, stranger):
    User.objects.filter(pk=stranger.pk).update(is_active=False)
    assert log_in(client, stranger.email)["Location"] == "/compte/ferme/"
    assert not is_in(client)
    client.get("/compte/connexion/")
    ask_for_a_code(client, stranger.email)
    assert "Pas de compte" in last_letter(stranger.email).subject


def test_the_case_of_an_address_does_not_matter(client):
    User.objects.create_user("Odile.Vaux@Example.org", "secret")
    log_in(client, "odile.vaux@EXAMPLE.org")
    assert is_in(client)


def test_logging_out_takes_a_button(client, stranger):
    client.force_login(stranger)
    assert "Se déconnecter" in client.get("/compte/deconnexion/").content.decode()
    assert is_in(client)
    assert client.post("/compte/deconnexion/")["Location"] == "/"
    assert not is_in(client)


def test_after_logging_out_pages_are_everybodys_again(client, stranger):
    log_in(client, stranger.email)
    client.get("/compte/")
    client.post("/compte/deconnexion/")
    # What a browser does with cookies whose time is over.
    for name in [name for name, cookie in client.cookies.items() if cookie["max-age"] == 0]:
        del client.cookies[name]
    assert client.get("/")["Cache-Control"].startswith("no-cache, s-maxage")


def test_a_forgotten_password_is_replaced_by_a_mailed_link(client, stranger):
    client.post("/compte/mot-de-passe/oublie/", {"email": stranger.email})
    path = link_in(last_letter(stranger.email), "/oublie/")
    form = client.get(path, follow=True)
    (url, _status) = form.redirect_chain[-1]
    answer = client.post(url, {"password1": PHRASE})
    assert answer["Location"] == "/compte/" and is_in(client)
    stranger.refresh_from_db()
    assert stranger.check_password(PHRASE)
    assert "a changé" in last_letter(stranger.email).subject
    client.logout()
    assert "ne compte plus" in client.get(path, follow=True).content.decode()


def test_an_asked_for_link_changes_nothing_by_itself(client, stranger):
    client.post("/compte/mot-de-passe/oublie/", {"email": stranger.email})
    client.get(link_in(last_letter(stranger.email), "/oublie/"), follow=True)
    assert log_in(client, stranger.email)["Location"] == "/compte/"


def test_a_session_that_ends_while_writing_leads_back(client, stranger):
    client.force_login(stranger)
    client.session.flush()
    away = client.get("/compte/adresse/")
    assert away["Location"] == "/compte/connexion/?next=/compte/adresse/"
    page = client.get(away["Location"]).content.decode()
    assert page.count('name="next" value="/compte/adresse/"') == 2
    back = log_in(client, stranger.email, next="/compte/adresse/")
    assert back["Location"] == "/compte/adresse/"


def test_a_code_leads_back_as_well(client, stranger):
    answer = ask_for_a_code(client, stranger.email, next="/marches/")
    assert answer["Location"] == f"{CONFIRM}?next=%2Fmarches%2F"
    answer = client.post(answer["Location"], {"code": code_for(stranger.email)})
    assert answer["Location"] == "/marches/"


def test_a_session_lasts_two_weeks_from_its_last_day(client, stranger):
    log_in(client, stranger.email)
    session = client.session
    assert session.get_expiry_age() == 14 * 24 * 3600
    assert "sessionid" not in client.get("/compte/").cookies
    session["renewed_on"] = "2026-01-01"
    session.save()
    assert client.get("/compte/").cookies["sessionid"]["max-age"] == 14 * 24 * 3600
    assert "sessionid" not in client.get("/compte/").cookies
