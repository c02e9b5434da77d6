"""Somebody asks to write for a magazine; its editors, and nobody else, answer."""

import pytest

from home.models import OutgoingMail
from tests import factories
from tests.webmag import factories as magazines
from webmag.models import Application, Role
from webmag.team import rights

pytestmark = pytest.mark.django_db

JOIN = "/magazines/echo/devenir-contributeur/"
TEAMS = "/gestion/magazines/equipes/"
WORDS = {"name": "Mona Ser", "message": "Les fêtes du village.", "covers": ""}


@pytest.fixture
def asked(echo, team, stranger):
    """A stranger would like to write for the Écho."""
    return Application.objects.create(
        magazine=echo, user=stranger, name="Mona Ser", message="Les fêtes du village."
    )


def decide(client, person, application, decision="acceptee", answer=""):
    client.force_login(person)
    return client.post(
        f"/gestion/magazines/demandes/{application.pk}/", {"decision": decision, "answer": answer}
    )


def test_anybody_reads_what_is_expected(client, echo):
    page = client.get(JOIN)
    assert page.status_code == 200
    assert "Se connecter" in page.content.decode()
    assert "<form action" not in page.content.decode()
    assert not page.cookies


def test_sending_without_an_account_is_refused(client, echo):
    assert client.post(JOIN, WORDS).status_code == 403
    assert not Application.objects.exists()


def test_a_request_reaches_the_editors(client, echo, team, stranger):
    factories.commune("Dourdan")
    client.force_login(stranger)
    assert 'name="message"' in client.get(JOIN).content.decode()
    answer = client.post(JOIN, WORDS | {"covers": "Dourdan"}, follow=True)
    assert "bien arrivé" in answer.content.decode()
    application = Application.objects.get()
    assert [commune.name for commune in application.covers.all()] == ["Dourdan"]
    letter = OutgoingMail.objects.get()
    assert letter.recipient == team.odile.email
    assert "Les fêtes du village." in letter.body


def test_an_empty_message_is_refused_and_the_name_kept(client, echo, stranger):
    client.force_login(stranger)
    answer = client.post(JOIN, WORDS | {"message": ""})
    assert answer.status_code == 400
    assert "Mona Ser" in answer.content.decode()


def test_sent_twice_is_kept_once(client, asked, stranger):
    client.force_login(stranger)
    assert "bien arrivée" in client.get(JOIN).content.decode()
    client.post(JOIN, WORDS)
    assert Application.objects.count() == 1


def test_who_writes_already_is_told_so(client, team):
    client.force_login(team.paul)
    assert "déjà partie de l’équipe" in client.get(JOIN).content.decode()
    client.post(JOIN, WORDS)
    assert not Application.objects.exists()


def test_a_magazine_that_looks_for_nobody_offers_no_form(client, echo, stranger):
    type(echo).objects.update(wants_contributors=False)
    client.force_login(stranger)
    page = client.get(JOIN).content.decode()
    assert "ne cherche pas" in page
    client.post(JOIN, WORDS)
    assert not Application.objects.exists()


def test_unknown_and_unpublished_magazines_are_not_found(client, echo):
    assert client.get("/magazines/inconnu/devenir-contributeur/").status_code == 404
    echo.unpublish()
    assert client.get(JOIN).status_code == 404


def test_accepted_the_newcomer_can_write_at_once(client, asked, team, stranger):
    decide(client, team.odile, asked, answer="Bienvenue parmi nous.")
    role = Role.objects.get(author__user=stranger)
    assert role.kind == Role.Kind.CONTRIBUTOR
    assert role.author.name == "Mona Ser"
    client.force_login(stranger)
    assert client.get(f"/gestion/pages/add/webmag/article/{asked.magazine_id}/").status_code == 200
    assert "Bienvenue parmi nous." in OutgoingMail.objects.get(recipient=stranger.email).body


def test_refused_with_an_answer(client, asked, team, stranger):
    decide(client, team.odile, asked, "refusee", "Le prochain numéro est complet.")
    assert not Role.objects.filter(author__user=stranger).exists()
    assert "complet" in OutgoingMail.objects.get(recipient=stranger.email).body


@pytest.mark.parametrize("who", ["paul", "lucas", "zoe"])
def test_nobody_but_that_magazines_editors_answers(client, asked, team, who):
    assert decide(client, getattr(team, who), asked).status_code in (302, 403, 404)
    asked.refresh_from_db()
    assert asked.state == Application.State.WAITING
    client.force_login(getattr(team, who))
    page = client.get(TEAMS, follow=True).content.decode()
    assert "Mona Ser" not in page


def test_answered_by_another_editor_a_moment_ago(client, asked, team):
    decide(client, team.odile, asked)
    answer = decide(client, team.odile, asked, "refusee")
    asked.refresh_from_db()
    assert asked.state == Application.State.ACCEPTED
    assert answer.status_code == 302


def test_an_unknown_decision_changes_nothing(client, asked, team):
    assert decide(client, team.odile, asked, "peut-etre").status_code == 400
    asked.refresh_from_db()
    assert asked.state == Application.State.WAITING


def test_an_editor_gives_and_takes_parts(client, echo, team):
    role = Role.objects.get(author__user=team.paul)
    client.force_login(team.odile)
    client.post(f"/gestion/magazines/equipes/{role.pk}/", {"kind": "redaction"})
    assert echo.editors in team.paul.groups.all()
    client.post(f"/gestion/magazines/equipes/{role.pk}/", {"kind": ""})
    assert not team.paul.groups.exists()


def test_a_magazine_keeps_an_editor(client, echo, team):
    role = Role.objects.get(author__user=team.odile)
    client.force_login(team.odile)
    client.post(f"/gestion/magazines/equipes/{role.pk}/", {"kind": ""})
    assert Role.objects.filter(pk=role.pk, kind=Role.Kind.EDITOR).exists()


def test_no_hand_on_another_teams_parts(client, team):
    role = Role.objects.get(author__user=team.lucas)
    client.force_login(team.odile)
    answer = client.post(f"/gestion/magazines/equipes/{role.pk}/", {"kind": ""})
    assert answer.status_code == 404
    assert Role.objects.filter(pk=role.pk).exists()


def test_an_author_describes_themselves(client, team):
    factories.commune("Dourdan")
    client.force_login(team.paul)
    assert client.get("/gestion/magazines/moi/").status_code == 200
    client.post(
        "/gestion/magazines/moi/", {"name": "Paul B.", "about": "Marcheur.", "covers": "Dourdan"}
    )
    team.paul.author.refresh_from_db()
    assert team.paul.author.name == "Paul B."
    assert [commune.name for commune in team.paul.author.covers.all()] == ["Dourdan"]


def test_an_author_takes_no_photo_of_somebody_else(client, echo, team):
    theirs = magazines.photo(uploaded_by_user=team.ines, collection=echo.photos)
    client.force_login(team.paul)
    answer = client.post("/gestion/magazines/moi/", {"name": "Paul", "photo": theirs.pk})
    assert answer.status_code == 400


def test_who_signs_nothing_has_no_signature_page(client, echo, moderator):
    client.force_login(moderator)
    assert client.get("/gestion/magazines/moi/").status_code == 404


def test_appointed_twice_is_one_role(echo, team):
    rights.appoint(team.paul, echo, Role.Kind.EDITOR)
    assert Role.objects.filter(author__user=team.paul).count() == 1
    assert echo.contributors not in team.paul.groups.all()
