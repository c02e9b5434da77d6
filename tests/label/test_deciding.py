"""Signatures and posts are decided like any other case: one page, a reason, an undo, the next."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from directory.models import ListingManager
from directory.moderation import queue
from label import memberships, writing
from label.models import Membership, Post
from tests import factories
from tests.home.accounts import letters
from tests.label import claiming as cast
from tests.label.claiming import client_of
from tests.label.factories import charter, member, post

pytestmark = pytest.mark.django_db
QUEUE = "/gestion/annuaire/demandes/"
State = Post.State


@pytest.fixture
def monique():
    return cast.volunteer()


@pytest.fixture
def desk(monique):
    return client_of(monique)


@pytest.fixture
def denis():
    """Who writes a post."""
    return factories.user("denis@example.org", display_name="Denis")


def waiting_post(author, text="Four ouvert samedi", days=0):
    """A post for a listing that its author looks after; it waits."""
    listing = factories.listing()
    ListingManager.objects.create(user=author, listing=listing)
    made, _ = writing.write(author, listing, text)
    Post.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(days=days))
    made.refresh_from_db()
    return made


def signature(email="lise@example.org", days=0):
    """Somebody without listing who signed."""
    made = memberships.sign(factories.user(email), charter(), holder=f"Atelier de {email}")
    signed = timezone.now() - timedelta(days=days)
    Membership.objects.filter(pk=made.pk).update(signed_at=signed)
    made.refresh_from_db()
    return made


def page_of(case):
    """A case's own page."""
    name = "post" if isinstance(case, Post) else "member"
    return reverse(f"label_admin:{name}", args=[case.pk])


def press(desk, case, action, **data):
    """One of the buttons."""
    name = "decide_post" if isinstance(case, Post) else "act"
    seen = {"seen": case.state} if isinstance(case, Post) else {}
    answer = desk.post(
        reverse(f"label_admin:{name}", args=[case.pk]), {"action": action} | seen | data
    )
    case.refresh_from_db()
    return answer


# --- Posts ------------------------------------------------------------------------------------


def test_a_posts_page_says_who_what_and_offers_the_usual_ways(desk, denis):
    told = waiting_post(denis)
    page = desk.get(page_of(told)).content.decode()
    for word in ("Denis", "denis@example.org", "Four ouvert samedi", told.listing.name):
        assert word in page
    for way in ("Publier", "Demander une précision", "Refuser", "Plus tard", "Au clavier"):
        assert way in page
    for key in "aprs":
        assert f'data-key="{key}"' in page


def test_a_post_is_published_and_the_next_case_opens_with_a_way_back(client, desk, monique, denis):
    told = waiting_post(denis, days=2)
    lise = signature(days=1)
    answer = press(desk, told, "publier", answer="Vu au marché")
    assert answer["Location"] == page_of(lise)
    page = desk.get(answer["Location"]).content.decode()
    assert "publiée" in page
    assert f'href="{page_of(told)}"' in page and "Annuler" in page
    assert (told.state, told.decided_by) == (State.PUBLISHED, monique)
    assert client.get(told.get_absolute_url()).status_code == 200
    history = desk.get(page_of(told)).content.decode()
    assert "Vu au marché" in history and "Monique" in history
    press(desk, told, "annuler")
    assert (told.state, told.decided_by, told.published_at) == (State.WAITING, None, None)
    assert client.get(told.get_absolute_url()).status_code == 404
    assert "Vu au marché" in desk.get(page_of(told)).content.decode()


def test_a_refusal_says_why_to_the_author_and_keeps_it(desk, denis):
    told = waiting_post(denis)
    assert press(desk, told, "refusee", reply="  ").status_code == 422
    assert told.state == State.WAITING
    press(desk, told, "refusee", reply="Publicité pour un autre.", answer="zorgnote")
    assert (told.state, told.reason) == (State.REFUSED, "Publicité pour un autre.")
    (letter,) = letters()
    assert letter.to == ["denis@example.org"]
    assert "Publicité pour un autre." in letter.body and "zorgnote" not in letter.body
    mine = client_of(denis).get("/mon-espace/publications/").content.decode()
    assert "Publicité pour un autre." in mine and "zorgnote" not in mine
    press(desk, told, "annuler")
    assert told.state == State.WAITING
    kept = desk.get(page_of(told)).content.decode()
    assert "Publicité pour un autre." in kept and "zorgnote" in kept


def test_what_stood_there_is_hidden_with_a_reason_and_stands_again(desk, denis):
    told = post("Bonjour", author=denis, listing=factories.listing())
    assert press(desk, told, "refusee", reply="").status_code == 422
    press(desk, told, "refusee", reply="Hors sujet.", text="forgé")
    assert (told.state, told.reason, told.text) == (State.HIDDEN, "Hors sujet.", "Bonjour")
    press(desk, told, "annuler")
    assert (told.state, told.decided_by, told.reason) == (State.PUBLISHED, None, "")


def test_what_its_author_took_down_is_not_for_volunteers_to_put_back(desk, denis):
    told = post("Bonjour", author=denis)
    writing.take_down(told, denis)
    assert "remettre en ligne" not in desk.get(page_of(told)).content.decode()
    press(desk, told, "annuler")
    assert told.state == State.HIDDEN
    assert "Bonjour" not in desk.get(QUEUE, {"etat": "traitees"}).content.decode()


def test_a_question_waits_for_the_author_who_puts_the_text_right(desk, denis, stranger):
    told = waiting_post(denis)
    assert press(desk, told, "precision", reply="").status_code == 422
    press(desk, told, "precision", reply="Dites quel samedi.")
    assert told.state == State.ASKED
    assert page_of(told) not in desk.get(QUEUE).content.decode().partition("annuaire-tabs")[2]
    assert page_of(told) in desk.get(QUEUE, {"etat": "precision"}).content.decode()
    (letter,) = letters()
    assert letter.to == ["denis@example.org"] and "Dites quel samedi." in letter.body
    answer = f"/mon-espace/publications/{told.pk}/repondre/"
    assert client_of(stranger).post(answer, {"text": "vole"}).status_code == 404
    mine = client_of(denis)
    assert "Dites quel samedi." in mine.get("/mon-espace/publications/").content.decode()
    for text in ("", " ", "a" * 1001):
        mine.post(answer, {"text": text})
        told.refresh_from_db()
        assert (told.state, told.text) == (State.ASKED, "Four ouvert samedi")
    mine.post(answer, {"text": "Four ouvert samedi 5 #pain"})
    told.refresh_from_db()
    assert (told.state, told.text) == (State.WAITING, "Four ouvert samedi 5 #pain")
    assert list(told.tags.names()) == ["pain"]
    mine.post(answer, {"text": "encore"})
    told.refresh_from_db()
    assert told.text == "Four ouvert samedi 5 #pain"


@pytest.mark.parametrize("action", ["", "supprimer", "\x00", "x" * 500])
def test_no_other_button_of_a_post_does_anything(desk, denis, action):
    told = waiting_post(denis)
    assert press(desk, told, action, reply="x").status_code == 422
    assert told.state == State.WAITING


def test_of_two_volunteers_with_one_post_the_second_is_told(desk, denis):
    told = waiting_post(denis)
    again = Post.objects.get(pk=told.pk)
    writing.refuse(told, cast.volunteer("odile@example.org"), "Non")
    answer = press(desk, again, "publier", seen="en-attente")
    page = desk.get(answer["Location"]).content.decode()
    assert "Odile vient de traiter cette demande." in page
    assert again.state == State.REFUSED


def test_posts_are_decided_by_those_who_may_only(client, stranger, denis):
    told = waiting_post(denis)
    for person in (None, stranger, denis):
        if person:
            client.force_login(person)
        for address in (page_of(told), "/gestion/label/publications/"):
            assert client.get(address).status_code in (302, 403)
        assert press(client, told, "publier").status_code in (302, 403)
    assert told.state == State.WAITING


def test_the_list_of_posts_opens_the_case_and_no_form_of_wagtails(desk, denis):
    told = waiting_post(denis)
    page = desk.get("/gestion/label/publications/").content.decode()
    assert page_of(told) in page
    for part in ("edit", "delete"):
        answer = desk.post(f"/gestion/label/publications/{part}/{told.pk}/", {"state": "publiee"})
        assert answer.status_code == 302
    told.refresh_from_db()
    assert told.state == State.WAITING


# --- Signatures -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "state", "data"),
    [
        ("accepter", "membre", {}),
        ("refuser", "refusee", {"answer": "Hors du territoire"}),
        ("precision", "precision", {"reply": "Dites où est l’atelier."}),
        ("quitter", "partie", {}),
    ],
)
def test_after_a_signature_the_next_case_opens_with_a_way_back(desk, denis, action, state, data):
    lise, told = signature(days=3), waiting_post(denis)
    answer = press(desk, lise, action, **data)
    assert (lise.state, answer["Location"]) == (state, page_of(told))
    page = desk.get(answer["Location"]).content.decode()
    assert f'href="{page_of(lise)}"' in page and "Annuler" in page
    if state != "partie":
        press(desk, lise, "annuler")
        assert lise.state == "en-attente"


def test_the_last_signature_leads_to_the_list(desk):
    assert press(desk, signature(), "accepter")["Location"] == QUEUE
    assert "Plus rien n’attend. Merci." in desk.get(QUEUE).content.decode()


def test_taking_the_label_away_stays_on_the_members_page(desk, denis):
    waiting_post(denis)
    one = member(factories.listing("Poterie"))
    assert press(desk, one, "retirer", answer="Revend")["Location"] == page_of(one)


def test_a_question_about_a_signature_waits_for_the_answer(desk, stranger):
    lise = signature()
    assert press(desk, lise, "precision", reply=" ").status_code == 422
    press(desk, lise, "precision", reply="Dites où est l’atelier.", answer="zorgnote")
    assert page_of(lise) in desk.get(QUEUE, {"etat": "precision"}).content.decode()
    letter = letters()[-1]
    assert letter.to == ["lise@example.org"] and "Dites où est l’atelier." in letter.body
    assert "zorgnote" not in letter.body
    answer = f"/mon-espace/label/{lise.pk}/repondre/"
    assert client_of(stranger).post(answer, {"answer": "vole"}).status_code == 404
    mine = client_of(lise.user)
    page = mine.get("/mon-espace/").content.decode()
    assert "Dites où est l’atelier." in page and "zorgnote" not in page
    mine.post(answer, {"answer": "  "})
    lise.refresh_from_db()
    assert lise.state == Membership.State.ASKED
    mine.post(answer, {"answer": "Rue du Four, à Dourdan"})
    lise.refresh_from_db()
    assert (lise.state, lise.question) == (Membership.State.WAITING, "")
    assert "Rue du Four, à Dourdan" in desk.get(page_of(lise)).content.decode()


def test_somebody_who_is_asked_does_not_sign_twice_and_may_still_leave(desk):
    listing = factories.listing()
    lise = memberships.sign(factories.user("lise@example.org"), charter(), listing)
    press(desk, lise, "precision", reply="Où ?")
    with pytest.raises(memberships.MembershipError):
        memberships.sign(factories.user("luc@example.org"), None, listing)
    assert memberships.leave(lise, lise.user)
    assert lise.state == Membership.State.LEFT


# --- « Plus tard », and the order -------------------------------------------------------------


def test_later_goes_through_all_kinds_and_ends_at_the_list(desk, denis):
    first, second, third = signature(days=3), waiting_post(denis, days=2), cast.submitted()
    seen, address = [], page_of(first)
    while address != QUEUE:
        seen.append(address)
        page = desk.get(address).content.decode()
        address = page.partition('data-key="s"')[0].rpartition('href="')[2].partition('"')[0]
    last = reverse("label_admin:claim", args=[third.pk])
    assert seen == [page_of(first), page_of(second), last]


def test_later_passes_what_came_at_the_same_moment_once():
    now = timezone.now()
    made = [signature(f"p{number}@example.org") for number in range(3)]
    Membership.objects.update(signed_at=now)
    seen, address = [], page_of(made[0])
    while address:
        seen.append(address)
        address = queue.following(address, now)
    assert sorted(seen) == sorted(page_of(one) for one in made)
