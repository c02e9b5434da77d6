"""The second factor: offered, switched on, asked for at every door, lost and found."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests.home.accounts import (
    ask_for_a_code,
    code_for,
    is_in,
    last_letter,
    log_in,
    telephone,
    with_second_factor,
)

pytestmark = pytest.mark.django_db
ACTIVATE = "/compte/second-facteur/activer/"
ASKED = "/compte/connexion/second-facteur/"
CODES = "/compte/second-facteur/secours/"
SECRET = re.compile(r'account-key">([A-Z2-7]+)<')


def prove(client, password="secret"):
    """Type the password once more, as is asked before something that matters."""
    return client.post(reverse("account_reauthenticate"), {"password": password})


def test_it_is_offered_to_staff_and_not_forced(client, moderator, stranger):
    log_in(client, moderator.email)
    assert "Un second facteur vous protège" in client.get("/compte/").content.decode()
    assert "second facteur" in client.get("/gestion/").content.decode()
    client.logout()
    log_in(client, stranger.email)
    assert "vous protège" not in client.get("/compte/").content.decode()


def test_it_is_no_longer_offered_to_those_who_have_it(client, moderator):
    with_second_factor(moderator)
    client.force_login(moderator)
    assert "vous protège" not in client.get("/compte/").content.decode()
    assert "second facteur" not in client.get("/gestion/").content.decode()


def test_it_is_switched_on_with_the_telephones_first_code(
    client, moderator, django_capture_on_commit_callbacks
):
    log_in(client, moderator.email)
    away = client.get(ACTIVATE)
    assert away["Location"] == "/compte/verifier/?next=%2Fcompte%2Fsecond-facteur%2Factiver%2F"
    prove(client)
    page = client.get(ACTIVATE).content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    wrong = client.post(ACTIVATE, {"code": "000000"})
    assert wrong.status_code == 200 and "pas le bon" in wrong.content.decode()
    secret = SECRET.search(page)[1]
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(ACTIVATE, {"code": telephone(secret)})
    assert answer["Location"] == CODES
    assert client.get(CODES).content.decode().count("<li><code>") == 10
    assert "activé" in last_letter(moderator.email).subject


def test_then_a_password_alone_opens_nothing(client, moderator):
    secret = with_second_factor(moderator)
    assert log_in(client, moderator.email, next="/gestion/")["Location"] == ASKED
    assert not is_in(client)
    assert client.get("/gestion/").status_code == 302
    page = client.get(ASKED).content.decode()
    assert 'autocomplete="one-time-code"' in page and 'inputmode="numeric"' in page
    assert client.post(ASKED, {"code": "123"}).status_code == 200
    assert not is_in(client)
    assert client.post(ASKED, {"code": telephone(secret)})["Location"] == "/gestion/"
    assert is_in(client)


def test_nor_does_a_mailed_code_or_a_new_password(client, moderator):
    with_second_factor(moderator)
    ask_for_a_code(client, moderator.email)
    answer = client.post("/compte/connexion/code/", {"code": code_for(moderator.email)})
    assert answer["Location"] == ASKED
    client.cookies.clear()
    client.post("/compte/mot-de-passe/oublie/", {"email": moderator.email})
    link = re.search(r"/compte/mot-de-passe/oublie/\S+", last_letter(moderator.email).body)[0]
    url = client.get(link)["Location"]
    assert client.post(url, {"password1": "une autre phrase"})["Location"] == ASKED
    assert not is_in(client)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_off_and_a_code_opens_once(client, moderator, steps):
    code = telephone(with_second_factor(moderator), steps)
    log_in(client, moderator.email)
    client.post(ASKED, {"code": code})
    assert is_in(client)
    client.logout()
    # What allauth remembers by itself is over after half a minute.
    caches["counters"].delete(f"allauth.mfa.totp.used?user={moderator.pk}&code={code}")
    log_in(client, moderator.email)
    client.post(ASKED, {"code": code})
    assert not is_in(client)


def test_ten_wrong_codes_close_the_door_for_a_quarter_of_an_hour(client, moderator):
    secret = with_second_factor(moderator)
    log_in(client, moderator.email)
    for _ in range(10):
        client.post(ASKED, {"code": "000000"})
    answer = client.post(ASKED, {"code": telephone(secret)})
    assert "attendez un quart d’heure" in answer.content.decode().replace("\xa0", " ")
    assert not is_in(client)


def test_counts_are_kept_where_all_processes_see_them(client, moderator, settings):
    """allauth has no setting for its cache: home/accounts/counting.py points it to ours."""
    with_second_factor(moderator)
    log_in(client, moderator.email)
    for _ in range(10):
        client.post(ASKED, {"code": "000000"})
    caches["default"].clear()
    assert "attendez" in client.post(ASKED, {"code": "000000"}).content.decode()
    caches["counters"].clear()
    assert "attendez" not in client.post(ASKED, {"code": "000000"}).content.decode()


def test_a_recovery_code_opens_once(client, moderator):
    secret = with_second_factor(moderator)
    client.force_login(moderator)
    client.post("/compte/verifier/code/", {"code": telephone(secret)})
    client.post("/compte/second-facteur/secours/nouveaux/")
    code = re.search(r"<li><code>(\d+)", client.get(CODES).content.decode())[1]
    for opens in (True, False):
        client.logout()
        log_in(client, moderator.email)
        client.post(ASKED, {"code": code})
        assert is_in(client) is opens


def test_taking_it_off_asks_for_proof_and_is_told_by_mail(client, moderator):
    secret = with_second_factor(moderator)
    client.force_login(moderator)
    place = "/compte/second-facteur/retirer/"
    assert client.post(place)["Location"].startswith("/compte/verifier/")
    client.post("/compte/verifier/code/", {"code": telephone(secret)})
    assert "Le retirer" in client.get(place).content.decode()
    assert client.post(place)["Location"] == "/compte/"
    assert not Authenticator.objects.exists()
    assert "retiré" in last_letter(moderator.email).subject


def test_the_operator_takes_a_lost_one_off(moderator, capsys):
    with_second_factor(moderator)
    call_command("reset_second_factor", "ODILE@example.org")
    assert not Authenticator.objects.exists()
    assert "second facteur retiré" in capsys.readouterr().out
    call_command("reset_second_factor", moderator.email)
    assert "n’en avait pas" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Personne"):
        call_command("reset_second_factor", "nemo@example.org")


def test_without_a_password_nothing_is_asked_twice(client, stranger, monkeypatch):
    """There is nothing to ask for, until the telephone's first code, which is proof itself."""
    # A test is one transaction that is never committed: here within the request, as it is there.
    monkeypatch.setattr("allauth.mfa.totp.internal.flows.transaction.on_commit", lambda do: do())
    stranger.set_unusable_password()
    stranger.save()
    client.force_login(stranger)
    secret = SECRET.search(client.get(ACTIVATE).content.decode())[1]
    client.post(ACTIVATE, {"code": telephone(secret)})
    assert client.get(CODES).status_code == 200


def test_the_proof_is_forgotten_after_five_minutes(client, moderator, monkeypatch):
    log_in(client, moderator.email)
    prove(client)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 301
    session.save()
    assert client.get(ACTIVATE).status_code == 302
