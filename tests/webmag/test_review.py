"""From a submitted draft to a published article: sent back with reasons, mended, published."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from home import mailing
from home.models import OutgoingMail
from tests.webmag import factories as magazines
from webmag.models import Author
from webmag.team import letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(draft, team):
    """Paul's article waits for the editors."""
    draft.get_workflow().start(draft, team.paul)
    return draft


def letters_to(person):
    """(subject, text) of what waits to be mailed to somebody, oldest first."""
    mails = OutgoingMail.objects.filter(recipient=person.email).order_by("pk")
    return list(mails.values_list("subject", "body"))


def act(client, person, article, action, **data):
    """What the editor's button does."""
    client.force_login(person)
    state = article.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, action, state.pk])
    return client.post(url, data)


def test_the_editors_hear_of_a_submitted_article(submitted, team):
    [(subject, text)] = letters_to(team.odile)
    assert subject == "À relire : Le canari de Paul"
    assert f"/gestion/pages/{submitted.pk}/edit/" in text
    assert "Paul" in text
    assert letters_to(team.zoe) == letters_to(team.ines) == []


def test_the_mail_goes_out_through_the_worker(submitted, team, settings):
    mailing.send_due()
    [letter] = mail.outbox
    assert letter.to == [team.odile.email]
    assert letter.subject == "À relire : Le canari de Paul"
    assert settings.SITE_URL in letter.body


def test_while_it_waits_its_writer_cannot_change_it(submitted, team):
    assert submitted.get_lock().for_user(team.paul)
    assert not submitted.get_lock().for_user(team.odile)


def test_sent_back_with_reasons(client, submitted, team):
    answer = act(client, team.odile, submitted, "reject", comment="Le nom du fromage manque.")
    assert answer.status_code in (200, 302)
    submitted.refresh_from_db()
    assert submitted.current_workflow_state.status == "needs_changes"
    subject, text = letters_to(team.paul)[-1]
    assert subject == "À reprendre : Le canari de Paul"
    assert "Le nom du fromage manque." in text
    assert not submitted.live


def test_sending_back_needs_a_reason(client, submitted, team):
    act(client, team.odile, submitted, "reject", comment=" ")
    submitted.refresh_from_db()
    assert submitted.current_workflow_state.status == "in_progress"
    assert letters_to(team.paul) == []


def test_mended_and_submitted_again_then_published(client, submitted, team):
    act(client, team.odile, submitted, "reject", comment="Plus court.")
    submitted.refresh_from_db()
    submitted.title = "Le canari"
    submitted.save_revision(user=team.paul)
    submitted.current_workflow_state.resume(user=team.paul)
    act(client, team.odile, submitted, "approve")
    submitted.refresh_from_db()
    assert submitted.live
    assert submitted.title == "Le canari"
    assert letters_to(team.paul)[-1][0] == "En ligne : Le canari"


def test_co_authors_are_told_too(client, echo, team):
    both = list(Author.objects.filter(user__in=[team.paul, team.ines]))
    shared = magazines.article(
        "À deux", "Texte", magazine=echo, owner=team.paul, by=both, live=False
    )
    shared.get_workflow().start(shared, team.paul)
    act(client, team.odile, shared, "approve")
    assert letters_to(team.ines)[-1][0] == letters_to(team.paul)[-1][0] == "En ligne : À deux"


def test_planned_for_later(client, echo, team, draft):
    draft.go_live_at = timezone.now() + timedelta(days=3)
    draft.save_revision(user=team.paul)
    draft.get_workflow().start(draft, team.paul)
    act(client, team.odile, draft, "approve")
    draft.refresh_from_db()
    assert not draft.live
    assert draft.approved_schedule
    subject, text = letters_to(team.paul)[-1]
    assert subject == "Bientôt en ligne : Le canari de Paul"
    assert "il paraîtra le" in text


@pytest.mark.parametrize("who", ["paul", "ines", "lucas", "zoe"])
@pytest.mark.parametrize("action", ["approve", "reject"])
def test_nobody_but_its_editors_decides(client, submitted, team, who, action):
    act(client, getattr(team, who), submitted, action, comment="Non")
    submitted.refresh_from_db()
    assert submitted.current_workflow_state.status == "in_progress"
    assert not submitted.live


def test_an_editors_own_article_is_published_without_a_mail_to_themselves(client, echo, team):
    own = magazines.article("Éditorial", "Texte", magazine=echo, owner=team.odile, live=False)
    own.get_workflow().start(own, team.odile)
    act(client, team.odile, own, "approve")
    own.refresh_from_db()
    assert own.live
    assert letters_to(team.odile) == []


def test_one_reminder_after_a_week(submitted, team):
    OutgoingMail.objects.all().delete()
    assert letters.remind() == 0
    TaskState.objects.update(started_at=timezone.now() - timedelta(days=8))
    assert letters.remind() == 1
    assert letters.remind() == 0
    [(subject, _)] = letters_to(team.odile)
    assert subject == "Attend depuis une semaine : Le canari de Paul"


def test_what_was_answered_is_not_reminded_of(client, submitted, team):
    act(client, team.odile, submitted, "approve")
    TaskState.objects.update(started_at=timezone.now() - timedelta(days=8))
    assert letters.remind() == 0


def test_the_desk_says_where_each_article_stands(client, submitted, team):
    client.force_login(team.paul)
    desk = client.get("/gestion/").content.decode()
    assert "Le canari de Paul" in desk
    assert "En relecture" in desk
    assert "Écrire pour L’Écho des étangs" in desk
    assert "Écrire pour Le Panier" not in desk


def test_the_desk_shows_the_reasons(client, submitted, team):
    act(client, team.odile, submitted, "reject", comment="Le nom du fromage manque.")
    client.force_login(team.paul)
    desk = client.get("/gestion/").content.decode()
    assert "À reprendre" in desk
    assert "Le nom du fromage manque." in desk


def test_the_desk_tells_editors_how_long_the_oldest_waits(client, submitted, team):
    TaskState.objects.update(started_at=timezone.now() - timedelta(days=4, hours=1))
    client.force_login(team.odile)
    desk = client.get("/gestion/").content.decode()
    assert "1 article attend, depuis 4 jours" in desk


def test_with_nothing_waiting_the_desk_says_so(client, echo, team):
    client.force_login(team.odile)
    assert "Plus rien n’attend. Merci." in client.get("/gestion/").content.decode()


def test_who_is_in_no_team_has_no_desk(client, echo, moderator, stranger):
    client.force_login(stranger)
    assert "Vos articles" not in client.get("/gestion/", follow=True).content.decode()
