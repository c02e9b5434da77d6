"""Hostile strings through each field of the accounts: no error, no script, no mail astray."""

import pytest
from django.core.cache import caches

from home.models import User
from tests import factories
from tests.attack.test_forms import HOSTILE
from tests.forms import filled
from tests.home.accounts import ask_for_a_code, letters

pytestmark = pytest.mark.django_db
PHRASE = "le four chauffe au bois"
SIGN_UP = {"display_name": "Lise", "email": "lise@example.org", "password1": PHRASE}
OPEN = {
    "/compte/inscription/": SIGN_UP,
    "/compte/connexion/": {"login": "lise@example.org", "password": PHRASE},
    "/compte/mot-de-passe/oublie/": {"email": "lise@example.org"},
}
OURS = {
    "/compte/": {"display_name": "Lise"},
    "/compte/adresse/": {"email": "neuve@example.org", "action_add": "", "action_send": ""},
    "/compte/mot-de-passe/": {"oldpassword": "secret", "password1": PHRASE},
    "/compte/verifier/": {"password": "secret"},
    "/compte/second-facteur/activer/": {"code": "000000"},
}


def each_field(forms):
    """Every field of every form."""
    return [(path, field) for path, fields in forms.items() for field in fields]


def survives(client, path, data):
    """Send it from nowhere in particular: the limits are not what is asked about here."""
    caches["counters"].clear()
    answer = client.post(path, data)
    assert answer.status_code in (200, 302, 400, 403, 422), data
    assert b"<script>alert" not in answer.content
    assert b"49{%" not in answer.content


@pytest.mark.parametrize(("path", "field"), each_field(OPEN))
def test_no_field_that_anybody_may_fill_in_does_harm(client, path, field):
    for word in HOSTILE:
        client.cookies.clear()
        survives(client, path, filled(**(OPEN[path] | {field: word})))
    for person in User.objects.all():
        assert not {"\r", "\n", "\u202e", "\x00"} & set(person.display_name + person.email)
    for letter in letters():
        assert len(letter.recipients()) == 1 and "all@example.org" not in letter.recipients()
        assert "\n" not in letter.subject


@pytest.mark.parametrize(("path", "field"), each_field(OURS))
def test_no_field_of_ones_own_account_does_harm(client, path, field):
    person = factories.user("lise@example.org")
    for word in HOSTILE:
        client.force_login(person)
        survives(client, path, OURS[path] | {field: word})
        person.refresh_from_db()
    assert not {"all@example.org"} & {to for letter in letters() for to in letter.recipients()}


def test_no_code_that_is_no_code_does_harm(client):
    person = factories.user("lise@example.org")
    for word in HOSTILE:
        client.cookies.clear()
        caches["counters"].clear()
        ask_for_a_code(client, person.email)
        survives(client, "/compte/connexion/code/", {"code": word})
        assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("key", ["x", "%00", "..%2f", "a:b:c", "-1", "é", "1-x", "x" * 3000, "'"])
def test_no_link_that_is_no_link_does_harm(client, key):
    for path in (f"/compte/confirmer/{key}/", f"/compte/mot-de-passe/oublie/{key}/"):
        for ask in (client.get, client.post):
            assert ask(path).status_code in (200, 302, 404, 405), path
