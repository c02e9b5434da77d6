"""« Lettre » in the administration: seen, changed, tried, held and sent by who may."""

import pytest
from django.contrib.auth.models import Group

from directory.moderation.volunteers import NAME
from letter import closing
from letter.models import Delivery, Letter, LetterEvent, LetterSettings
from tests import factories as directory
from tests.letter import factories
from tests.webmag import factories as webmag
from webmag.models import Role
from webmag.team import rights

pytestmark = pytest.mark.django_db
HERE = "/gestion/lettre/"


@pytest.fixture
def desk(client):
    """A volunteer's browser."""
    volunteer = directory.user("benevole@boites.lan", display_name="Monique")
    volunteer.groups.add(Group.objects.get(name=NAME))
    client.force_login(volunteer)
    return client


@pytest.fixture
def coming():
    """A letter with one thing in it."""
    directory.listing("Ferme du Gué")
    return closing.prepare()


def act(client, name, **fields):
    """Press a button; the page that follows."""
    return client.post(f"{HERE}agir/", {"act": name} | fields, follow=True).content.decode()


def test_strangers_and_visitors_see_nothing(client, coming, stranger):
    for path in (HERE, f"{HERE}apercu/"):
        assert client.get(path).status_code == 302
    client.force_login(stranger)
    assert "Ferme du Gué" not in client.get(HERE, follow=True).content.decode()
    act(client, "envoyer")
    assert closing.coming() == coming and not LetterEvent.objects.exists()


def test_who_runs_a_magazine_sees_the_letter_and_changes_nothing(client, coming):
    editor, pen = directory.user("redac@boites.lan"), directory.user("plume@boites.lan")
    echo = webmag.magazine("L’Écho")
    rights.appoint(editor, echo, Role.Kind.EDITOR)
    rights.appoint(pen, echo, Role.Kind.CONTRIBUTOR)
    client.force_login(editor)
    page = client.get(HERE).content.decode()
    assert "Ferme du Gué" in page and 'action="/gestion/lettre/' not in page
    assert "Ferme du Gué" in client.get(f"{HERE}apercu/").content.decode()
    assert HERE in client.get("/gestion/").content.decode()
    act(client, "envoyer")
    act(client, "retenir")
    assert closing.coming() == coming and not LetterEvent.objects.exists()
    client.force_login(pen)
    for path in (HERE, f"{HERE}apercu/"):
        assert "Ferme du Gué" not in client.get(path, follow=True).content.decode()
    assert HERE not in client.get("/gestion/").content.decode()


def test_the_coming_letter_is_shown_with_all_that_one_may_do(desk, coming):
    factories.follower()
    page = desk.get(HERE).content.decode()
    assert "Ferme du Gué" in page and "1 abonné chaque jour" in page.replace("\xa0", " ")
    preview = desk.get(f"{HERE}apercu/")
    assert preview["X-Frame-Options"] == "SAMEORIGIN" and "Ferme du Gué" in preview.content.decode()
    assert "/lettre/arreter/" not in preview.content.decode()


def test_an_empty_letter_says_so_and_does_not_go(desk):
    assert "Rien de neuf" in desk.get(HERE).content.decode()
    assert desk.get(f"{HERE}apercu/").status_code == 200
    act(desk, "envoyer")
    assert not Letter.objects.exists()
    directory.listing("Ferme du Gué")
    assert "Ferme du Gué" in act(desk, "rassembler")


def test_words_are_added_and_read_by_all(desk, coming, mailoutbox):
    act(desk, "mots", words="  Bon printemps <b>à tous</b>  ")
    coming.refresh_from_db()
    assert coming.words == "Bon printemps <b>à tous</b>"
    assert "&lt;b&gt;" in desk.get(f"{HERE}apercu/").content.decode()
    assert "Mille signes" in act(desk, "mots", words="x" * 1001)
    assert "Monique" in desk.get(HERE).content.decode()


def test_something_is_left_out_and_put_back(desk, coming):
    other = directory.listing("Poterie")
    closing.prepare()
    key = f"2-{other.pk}"
    assert "Laissées de côté" in act(desk, "laisser", quoi=key)
    assert "Poterie" not in desk.get(f"{HERE}apercu/").content.decode()
    assert "Laissées de côté" not in act(desk, "remettre", quoi=key)
    assert "Poterie" in desk.get(f"{HERE}apercu/").content.decode()
    for wrong in ("", "2", "2-", "x-y", "2-99999999", "2-" + "9" * 400, "²-1", "2-1-1"):
        act(desk, "laisser", quoi=wrong)
    assert not coming.news.filter(is_left_out=True).exists()


def test_a_letter_is_held_and_let_go(desk, coming):
    act(desk, "retenir")
    assert closing.close_if_due() is None
    act(desk, "liberer")
    coming.refresh_from_db()
    assert coming.state == Letter.State.COMING


def test_a_test_goes_to_oneself_only(desk, coming, settings, mailoutbox):
    settings.TASKS = settings.TASKS | {
        "jobs": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
    }
    factories.follower()
    act(desk, "essai")
    assert [mail.to for mail in mailoutbox] == [["benevole@boites.lan"]]
    assert mailoutbox[0].subject.startswith("[Essai]") and not Delivery.objects.exists()
    for _ in range(12):
        page = act(desk, "essai")
    assert "attendez un peu" in page and len(mailoutbox) == 10


def test_sending_now_closes_it_and_says_who(desk, coming):
    follower = factories.follower()
    act(desk, "envoyer")
    coming.refresh_from_db()
    assert coming.state == Letter.State.SENDING
    assert list(coming.deliveries.values_list("follower", flat=True)) == [follower.pk]
    page = desk.get(HERE).content.decode()
    assert "Envoyée, Monique" in page
    directory.listing("Poterie")
    closing.prepare()
    assert "Une lettre est déjà partie" in act(desk, "envoyer")
    assert act(desk, "mots", words="trop tard") and not Letter.objects.filter(
        pk=coming.pk, words="trop tard"
    )


def test_nothing_is_said_to_be_done_to_a_letter_that_just_went(desk, coming, monkeypatch):
    """The page was asked for before, the button pressed after it had gone."""
    closing.close()
    monkeypatch.setattr(closing, "coming", lambda: coming)
    for name in ("mots", "retenir", "liberer"):
        page = act(desk, name, words="trop tard")
        assert "n’attend plus" in page and "Elle ne partira pas" not in page
    assert list(LetterEvent.objects.values_list("what", flat=True)) == ["Partie d’elle-même"]


def test_no_button_sends_while_letters_are_switched_off(desk, coming):
    factories.follower()
    LetterSettings.objects.update_or_create(defaults={"is_on": False})
    assert "coupée dans les réglages" in act(desk, "envoyer")
    assert closing.coming() == coming and not Delivery.objects.exists()


def test_what_is_no_button_does_nothing(desk, coming):
    for name in ("", "x", "envoyer\x00"):
        act(desk, name)
    assert desk.get(f"{HERE}agir/").status_code == 405
    assert not LetterEvent.objects.exists()


def test_only_administrators_change_how_it_goes(desk, client, moderator):
    path = "/gestion/settings/letter/lettersettings/"
    assert desk.get(path, follow=True).redirect_chain
    client.force_login(moderator)
    assert client.get(path, follow=True).status_code == 200
    assert not LetterSettings.load().is_read_first


def test_questions_do_not_grow_with_letters(desk, coming, django_assert_max_num_queries):
    for _ in range(3):
        desk.get(HERE)
    with django_assert_max_num_queries(60):
        desk.get(HERE)
