"""Whoever staff makes can log in at once; the confirmed address follows the person."""

from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse

from config.demo import accounts
from home.models import User
from tests import factories
from tests.home.accounts import (
    ask_for_a_code,
    code_for,
    is_in,
    last_letter,
    letters,
    link_in,
    log_in,
    sign_up,
)

pytestmark = pytest.mark.django_db
NEW = "neuve@example.org"
FORM = {"display_name": "Neuve", "first_name": "Neuve", "last_name": "Vaux", "is_active": "on"}


def rows(user):
    """(address, confirmed, the one that counts) of somebody."""
    return list(user.emailaddress_set.values_list("email", "verified", "primary"))


def test_the_first_administrator_logs_in(client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "un mot de passe")
    call_command("createsuperuser", "--noinput", "--email", "Chef@Example.org", verbosity=0)
    assert log_in(client, "chef@example.org", "un mot de passe")["Location"] == "/compte/"


def test_the_demos_people_log_in(client, settings):
    for email, password in accounts.load_accounts():
        client.logout()
        log_in(client, email, password, next="/gestion/")
        assert is_in(client), email
        # Without the demo's magazines those who write have nothing to do there yet.
        if email in (accounts.ADMIN, accounts.VOLUNTEER):
            assert client.get("/gestion/").status_code == 200


def test_somebody_made_in_the_administration_logs_in_without_a_password(client, moderator):
    client.force_login(moderator)
    client.post(reverse("wagtailusers_users:add"), FORM | {"email": NEW})
    client.logout()
    ask_for_a_code(client, NEW)
    client.post("/compte/connexion/code/", {"code": code_for(NEW)})
    assert is_in(client)


def test_an_address_changed_in_the_administration_counts_at_once(client, moderator, stranger):
    client.force_login(moderator)
    edit = reverse("wagtailusers_users:edit", args=[stranger.pk])
    answer = client.post(edit, FORM | {"email": "Neuve@Example.org"})
    assert answer.status_code == 302
    assert rows(stranger) == [(NEW, True, True)]
    client.logout()
    log_in(client, NEW)
    assert is_in(client)
    client.logout()
    log_in(client, stranger.email)
    assert not is_in(client)


def test_an_address_taken_by_somebody_is_refused_in_the_administration(client, moderator, stranger):
    client.force_login(moderator)
    edit = reverse("wagtailusers_users:edit", args=[stranger.pk])
    answer = client.post(edit, FORM | {"email": moderator.email.upper()})
    assert "existe déjà" in answer.content.decode()
    assert rows(stranger) == [(stranger.email, True, True)]


def test_other_changes_leave_the_address_alone(stranger):
    EmailAddress.objects.create(user=stranger, email=NEW)
    stranger.display_name = "Lise"
    stranger.save()
    stranger.save(update_fields=["display_name"])
    assert len(rows(stranger)) == 2


def test_the_address_goes_with_the_person(stranger):
    stranger.delete()
    assert not EmailAddress.objects.exists()
    factories.user("inconnu@example.org")


def test_one_changes_ones_own_address_by_a_mailed_link(client, stranger):
    old = stranger.email
    client.force_login(stranger)
    client.post("/compte/adresse/", {"email": NEW, "action_add": ""})
    assert NEW in client.get("/compte/").content.decode()
    stranger.refresh_from_db()
    assert stranger.email == old
    client.post(link_in(last_letter(NEW), "/confirmer/"))
    stranger.refresh_from_db()
    assert stranger.email == NEW and rows(stranger) == [(NEW, True, True)]
    assert "Votre adresse a changé" in last_letter(old).subject
    client.logout()
    log_in(client, NEW)
    assert is_in(client)


def test_one_may_keep_the_old_address_after_all(client, stranger):
    client.force_login(stranger)
    client.post("/compte/adresse/", {"email": NEW, "action_add": ""})
    client.post("/compte/adresse/", {"email": NEW, "action_remove": ""})
    assert rows(stranger) == [(stranger.email, True, True)]


@pytest.mark.parametrize("wrong", ["", "pas une adresse", "inconnu@example.org"])
def test_a_wrong_new_address_is_named(client, stranger, wrong):
    client.force_login(stranger)
    answer = client.post("/compte/adresse/", {"email": wrong, "action_add": ""})
    assert answer.status_code == 200 and answer.context["form"].errors


def test_an_address_confirmed_by_two_goes_to_the_first(client, stranger, moderator):
    for user in (stranger, moderator):
        client.force_login(user)
        client.post("/compte/adresse/", {"email": NEW, "action_add": ""})
    links = [link_in(letter, "/confirmer/") for letter in letters() if letter.to == [NEW]]
    for link in links:
        client.cookies.clear()
        assert client.post(link).status_code in (200, 302)
    assert EmailAddress.objects.filter(email=NEW, verified=True).count() == 1


@pytest.fixture
def waited_for(client, stranger):
    """An address that a stranger asked to change to, and whose owner knows nothing of it."""
    client.force_login(stranger)
    client.post("/compte/adresse/", {"email": NEW, "action_add": ""})
    client.cookies.clear()
    return NEW


def test_an_address_that_a_stranger_asked_for_opens_nothing_of_theirs(client, waited_for):
    ask_for_a_code(client, waited_for)
    assert "Pas de compte" in last_letter(NEW).subject
    client.post("/compte/mot-de-passe/oublie/", {"email": waited_for})
    assert "Pas de compte" in last_letter(NEW).subject


def test_an_address_that_a_stranger_asked_for_is_free_to_sign_up(client, stranger, waited_for):
    sign_up(client, waited_for)
    # Its mail of a moment ago counts as one in three minutes; a code confirms as well.
    client.cookies.clear()
    ask_for_a_code(client, waited_for)
    client.post("/compte/connexion/code/", {"code": code_for(NEW)})
    assert is_in(client)
    assert EmailAddress.objects.get(email=NEW, verified=True).user != stranger


def test_an_address_that_one_waits_for_may_be_set_by_staff(client, moderator, stranger, waited_for):
    client.force_login(moderator)
    client.post(
        reverse("wagtailusers_users:edit", args=[stranger.pk]), FORM | {"email": waited_for}
    )
    assert rows(stranger) == [(NEW, True, True)]


def test_people_from_before_accounts_can_log_in(client):
    User.objects.bulk_create([User(email="Ancien@example.org"), User(email="b@example.org")])
    factories.user("c@example.org")
    migration = import_module("home.migrations.0005_confirmed_addresses")
    migration.confirm_everybody(apps, None)
    migration.confirm_everybody(apps, None)
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == 3
    ask_for_a_code(client, "ancien@example.org")
    client.post("/compte/connexion/code/", {"code": code_for("Ancien@example.org".lower())})
    assert is_in(client)
