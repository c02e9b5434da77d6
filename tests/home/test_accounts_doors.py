"""One door: whatever else asks for a password leads there; the administration is for its people."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from tests import factories
from tests.home.accounts import is_in, log_in, with_second_factor

pytestmark = pytest.mark.django_db
PASSWORD = {"username": "odile@example.org", "password": "secret", "next": "/gestion/"}


@pytest.mark.parametrize("door", ["/gestion/login/", "/_util/login/"])
def test_wagtails_own_logins_let_nobody_in(client, moderator, door):
    for answer in (client.get(door), client.post(door, PASSWORD)):
        assert answer["Location"] == "/compte/connexion/?next=/gestion/"
    assert not is_in(client)


def test_they_keep_where_one_wanted_to_go(client):
    answer = client.get("/gestion/login/?next=/gestion/annuaire/demandes/")
    assert answer["Location"] == "/compte/connexion/?next=/gestion/annuaire/demandes/"


@pytest.mark.parametrize("rest", ["", "done/", "confirm/MQ/abc-def/", "complete/", "x"])
def test_wagtails_own_new_passwords_lead_to_ours(client, moderator, rest):
    for ask in (client.get, client.post):
        answer = ask(f"/gestion/password_reset/{rest}", {"email": moderator.email})
        assert answer["Location"] == "/compte/mot-de-passe/oublie/"


def test_the_administration_leads_to_our_door_and_back(client, moderator):
    away = client.get("/gestion/annuaire/doublons/")
    assert away["Location"] == "/compte/connexion/?next=/gestion/annuaire/doublons/"
    answer = log_in(client, moderator.email, next="/gestion/annuaire/doublons/")
    assert client.get(answer["Location"]).status_code == 200


def test_a_volunteer_gets_in(client):
    odile = factories.user()
    odile.groups.add(Group.objects.get(name="Bénévoles"))
    log_in(client, odile.email, next="/gestion/")
    assert client.get("/gestion/").status_code == 200


def test_somebody_without_rights_reads_so_and_is_not_sent_round(client, stranger):
    answer = log_in(client, stranger.email, next="/gestion/")
    for url in (answer["Location"], "/gestion/pages/", "/gestion/nulle-part/"):
        refused = client.get(url)
        assert refused.status_code == 403
        assert "Cette page est réservée" in refused.content.decode()
    assert client.get("/gestion/login/", follow=True).status_code == 403
    assert client.post("/gestion/").status_code == 403
    assert is_in(client)


@pytest.mark.parametrize("who", ["moderator", "stranger"])
def test_logging_out_of_the_administration_works(client, request, who):
    client.force_login(request.getfixturevalue(who))
    assert "Se déconnecter\xa0?" in client.get(reverse("wagtailadmin_logout")).content.decode()
    assert client.post(reverse("wagtailadmin_logout"))["Location"] == "/"
    assert not is_in(client)


def test_a_private_page_leads_to_our_door(client):
    from wagtail.models import PageViewRestriction

    from home.models import HomePage, PlainPage

    page = HomePage.objects.get().add_child(instance=PlainPage(title="Privée", slug="privee"))
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/privee/")["Location"] == "/compte/connexion/?next=/privee/"


def test_address_and_password_are_not_changed_in_the_administration(client, moderator):
    """Or an address would count that nobody confirmed, and no mail would tell."""
    client.force_login(moderator)
    page = client.get(reverse("wagtailadmin_account")).content.decode()
    assert 'name="name_email-email"' not in page and "old_password" not in page
    assert 'type="password"' not in page


def test_the_second_factor_stands_before_the_administration_too(client, moderator):
    with_second_factor(moderator)
    log_in(client, moderator.email, next="/gestion/")
    client.post("/gestion/login/", PASSWORD)
    client.post("/_util/login/", PASSWORD)
    assert not is_in(client)
    assert client.get("/gestion/")["Location"].startswith("/compte/connexion/")


def test_nobodys_first_visit_makes_a_session(client):
    for url in ("/", "/annuaire/", "/compte/connexion/", "/compte/inscription/", "/gestion/"):
        assert "sessionid" not in client.get(url).cookies
