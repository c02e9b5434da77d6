"""Guessing passwords at /compte/connexion/, to which /gestion/login/ leads."""

import pytest
from django.core.cache import caches
from django.urls import reverse

from home.lockout import MOST_FAILURES
from tests.home.accounts import ask_for_a_code, code_for, is_in


def log_in(client, email, password, address="192.0.2.7"):
    """Send the login form; True when it let us in."""
    data = {"login": email, "password": password}
    answer = client.post(reverse("account_login"), data, REMOTE_ADDR=address)
    return answer.status_code == 302, answer


def guess(client, email, times=MOST_FAILURES):
    """Send wrong passwords."""
    for _ in range(times):
        _, answer = log_in(client, email, "faux")
    return answer


def test_the_right_password_opens(client, moderator):
    assert log_in(client, moderator.email, "secret")[0]


def test_after_ten_wrong_passwords_the_right_one_no_longer_opens(client, moderator):
    guess(client, moderator.email)
    assert not log_in(client, moderator.email, "secret")[0]


def test_the_case_of_the_address_makes_no_second_account(client, moderator):
    guess(client, moderator.email, MOST_FAILURES // 2)
    guess(client, moderator.email.upper(), MOST_FAILURES // 2)
    assert not log_in(client, moderator.email, "secret")[0]


def test_others_are_not_locked_out_by_it(client, moderator, stranger):
    guess(client, stranger.email)
    assert log_in(client, moderator.email, "secret")[0]


def test_the_same_person_gets_in_from_elsewhere(client, moderator):
    guess(client, moderator.email)
    assert log_in(client, moderator.email, "secret", "198.51.100.4")[0]


def test_the_right_password_ends_the_count(client, moderator):
    guess(client, moderator.email, MOST_FAILURES - 1)
    assert log_in(client, moderator.email, "secret")[0]
    client.logout()
    guess(client, moderator.email, MOST_FAILURES - 1)
    assert log_in(client, moderator.email, "secret")[0]


def test_the_door_opens_again(client, moderator):
    guess(client, moderator.email)
    # A quarter of an hour later the counter is gone.
    caches["counters"].clear()
    assert log_in(client, moderator.email, "secret")[0]


@pytest.mark.django_db
def test_nothing_tells_which_accounts_exist(client, moderator):
    for times in (1, MOST_FAILURES, 1):
        known = guess(client, "odile@example.org", times)
        unknown = guess(client, "person@example.org", times)
        assert known.status_code == unknown.status_code
        assert known.context["form"].errors == unknown.context["form"].errors


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example/", "javascript:1"])
def test_a_login_leads_to_our_own_pages_only(client, moderator, elsewhere):
    door = client.post(reverse("wagtailadmin_login"), {"next": elsewhere})["Location"]
    assert door == "/compte/connexion/?next=/gestion/"
    data = {"login": moderator.email, "password": "secret"}
    assert client.post(door, data)["Location"] == "/gestion/"
    client.logout()
    answer = client.post(reverse("account_login"), data | {"next": elsewhere})
    assert answer["Location"] == "/compte/"


def test_retyping_the_password_counts_as_well(client, moderator):
    client.force_login(moderator)
    for _ in range(MOST_FAILURES):
        client.post(reverse("account_reauthenticate"), {"password": "faux"})
    client.logout()
    assert not log_in(client, moderator.email, "secret", "127.0.0.1")[0]


def test_a_mailed_code_opens_while_the_password_is_locked(client, moderator):
    """Guessing passwords locks nobody out of their account."""
    guess(client, moderator.email)
    ask_for_a_code(client, moderator.email)
    client.post(reverse("account_confirm_login_code"), {"code": code_for(moderator.email)})
    assert is_in(client)


def test_thirty_tries_a_minute_from_one_address_are_enough(client, moderator):
    for number in range(31):
        _, answer = log_in(client, f"personne{number}@example.org", "faux")
    assert answer.status_code == 429
    assert log_in(client, moderator.email, "secret", "198.51.100.4")[0]
