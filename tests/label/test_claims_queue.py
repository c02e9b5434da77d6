"""Volunteers find claims and signatures among all that waits, and decide them there."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from directory.models import ContactChange, ListingRequest
from directory.moderation import queue, reminding
from home.models import SiteSettings
from label import claiming, memberships
from label.models import Claim, Post
from tests import factories
from tests.directory.admin_forms import form_data
from tests.home.accounts import letters
from tests.label import claiming as cast
from tests.label.claiming import client_of
from tests.label.factories import charter, post

pytestmark = pytest.mark.django_db
QUEUE = "/gestion/annuaire/demandes/"
State = Claim.State


@pytest.fixture
def monique():
    return cast.volunteer()


@pytest.fixture
def desk(monique):
    return client_of(monique)


def page_of(claim):
    """Its page for volunteers."""
    return reverse("label_admin:claim", args=[claim.pk])


def press(desk, claim, action, **data):
    """One of its buttons."""
    data = {"action": action, "seen": claim.state} | data
    return desk.post(reverse("label_admin:decide_claim", args=[claim.pk]), data)


def correction(days):
    """A visitor's request of some days ago."""
    case = ListingRequest.objects.create(
        kind="corriger", listing_name="La Ferme", message="Fermé le lundi"
    )
    sent = timezone.now() - timedelta(days=days)
    ListingRequest.objects.filter(pk=case.pk).update(created_at=sent)
    return case


def test_one_list_for_all_kinds_the_oldest_first(desk):
    claim = cast.submitted()
    Claim.objects.update(submitted_at=timezone.now() - timedelta(days=2))
    correction(days=4)
    correction(days=0)
    memberships.sign(factories.user("lise@example.org"), charter(), holder="Lise, vannière")
    page = desk.get(QUEUE).content.decode()
    assert "4 demandes attendent, la plus ancienne depuis 4 jours" in page
    places = [page.index(word) for word in ("La Ferme", claim.listing_name, "Lise, vannière")]
    assert places == sorted(places)
    only = desk.get(QUEUE, {"genre": "demande-gestion"}).content.decode()
    assert claim.listing_name in only and "La Ferme" not in only


def test_the_case_says_who_what_why_and_what_was_before(desk):
    claim = cast.submitted()
    page = desk.get(page_of(claim)).content.decode()
    for word in ("Solène", "solene@example.org", cast.CONTACT, "06 39 98 40 17", "Avant, après"):
        assert word in page
    assert "Code envoyé au contact de la fiche" in page
    assert claim.listing.get_absolute_url() in page


def test_accepted_with_the_way_back_and_on_to_the_next(desk):
    claim, other = cast.submitted(), correction(days=0)
    answer = press(desk, claim, "accepter")
    following = reverse("directory_admin:request", args=[other.pk])
    assert answer["Location"] == following
    page = desk.get(following).content.decode()
    assert page_of(claim) in page and "Annuler" in page
    claim.refresh_from_db()
    press(desk, claim, "annuler", reply="Trop vite")
    claim.refresh_from_db()
    assert (claim.state, cast.managers(claim.listing)) == (State.UNDONE, [])
    press(desk, claim, "rouvrir")
    claim.refresh_from_db()
    assert claim.state == State.WAITING


def test_nothing_waits_any_more(desk):
    claim = cast.submitted()
    answer = press(desk, claim, "refuser", reply="La maison s’en occupe")
    assert answer["Location"] == QUEUE
    assert "Plus rien n’attend. Merci." in desk.get(QUEUE).content.decode()
    assert claim.listing_name in desk.get(QUEUE, {"etat": "traitees"}).content.decode()


def test_the_second_volunteer_hears_who_was_faster(desk):
    claim = cast.submitted()
    claiming.refuse(claim, cast.volunteer("odile@example.org"), State.WAITING, "Non")
    answer = desk.post(
        reverse("label_admin:decide_claim", args=[claim.pk]),
        {"action": "accepter", "seen": "en-attente"},
    )
    assert "Odile vient de traiter cette demande." in desk.get(answer["Location"]).content.decode()
    assert cast.managers(claim.listing) == []


def test_a_question_waits_under_its_own_tab(desk):
    claim = cast.submitted()
    press(desk, claim, "precision", reply="À quel marché ?")
    assert claim.listing_name not in desk.get(QUEUE).content.decode().partition("annuaire-tabs")[2]
    assert claim.listing_name in desk.get(QUEUE, {"etat": "precision"}).content.decode()
    solene = client_of(claim.user)
    asked = solene.get(reverse("claims:claim", args=[claim.number])).content.decode()
    assert "À quel marché" in asked
    solene.post(reverse("claims:claim", args=[claim.number]), {"answer": "À Dourdan"})
    claim.refresh_from_db()
    assert claim.state == State.WAITING and "À Dourdan" in claim.message


@pytest.mark.parametrize("action", ["", "supprimer", "\x00", "precision", "refuser"])
def test_nonsense_and_empty_words_change_nothing(desk, action):
    claim = cast.submitted()
    press(desk, claim, action, reply="  ")
    press(desk, claim, "accepter", evidence="magie")
    claim.refresh_from_db()
    assert (claim.state, cast.managers(claim.listing)) == (State.WAITING, [])


def test_what_is_typed_is_never_html(desk):
    claim = cast.submitted()
    Claim.objects.update(name="<script>alert(1)</script>", message="<b>gras</b>")
    page = desk.get(page_of(claim)).content.decode()
    assert "<script>alert(1)" not in page and "<b>gras" not in page


def test_without_the_right_nothing_is_seen(client, stranger):
    claim = cast.submitted()
    client.force_login(stranger)
    assert client.get(page_of(claim)).status_code in (302, 403)
    assert press(client, claim, "accepter").status_code in (302, 403)
    assert cast.managers(claim.listing) == []


def test_a_begun_claim_is_nobodys_business_yet(desk):
    claim = cast.begun()
    assert desk.get(page_of(claim)).status_code == 404
    assert claim.listing_name not in desk.get(QUEUE).content.decode()


def test_signatures_wait_there_too_and_lead_to_the_members_page(desk):
    member = memberships.sign(factories.user("lise@example.org"), charter(), holder="Lise")
    page = reverse("label_admin:member", args=[member.pk])
    assert page in desk.get(QUEUE).content.decode()
    assert "Lise" in desk.get(page).content.decode()
    memberships.accept(member, member.user)
    assert page not in desk.get(QUEUE).content.decode().partition("annuaire-tabs")[2]
    assert page in desk.get(QUEUE, {"etat": "traitees"}).content.decode()


def test_a_contact_typed_in_the_editor_is_one_that_proves(client, moderator):
    listing = cast.pottery()
    client.force_login(moderator)
    address = reverse(listing.snippet_viewset.get_url_name("edit"), args=[listing.pk])
    page = client.get(address)
    publish = {"action-publish": "action-publish"}
    data = form_data(page, email="neuf@terre-grise.example") | publish
    answer = client.post(address, data)
    assert answer.status_code == 302
    change = ContactChange.objects.get()
    assert (change.before, change.after) == (cast.CONTACT, "neuf@terre-grise.example")
    assert change.by_moderation


def test_the_list_asks_as_often_for_many_as_for_few(desk, django_assert_max_num_queries):
    for number in range(4):
        cast.submitted(
            factories.user(f"p{number}@example.org"),
            factories.listing(email=f"a{number}@atelier.example"),
        )
    desk.get(QUEUE)
    with django_assert_max_num_queries(40) as few:
        desk.get(QUEUE)
    for number in range(4, 16):
        caches["counters"].clear()
        cast.submitted(
            factories.user(f"p{number}@example.org"),
            factories.listing(email=f"a{number}@atelier.example"),
        )
    with django_assert_max_num_queries(len(few)):
        desk.get(QUEUE)


# --- Once a day -------------------------------------------------------------------------------


def test_volunteers_hear_once_a_day_and_only_when_something_waits(monique):
    assert reminding.remind() == 0
    correction(days=3)
    assert reminding.remind() == 1
    assert reminding.remind() == 0
    (letter,) = letters()
    assert letter.to == ["monique@example.org"]
    assert "1 demande attend, depuis 3 jours" in letter.body
    assert "Correction : 1" in letter.body


def test_a_team_on_holiday_is_left_in_peace_and_forms_say_so(client, monique):
    pause = SiteSettings.load()
    pause.paused_until = timezone.localdate() + timedelta(days=5)
    pause.save()
    correction(days=3)
    assert reminding.remind() == 0
    listing = cast.pottery()
    for path in ("", "corriger/", "retirer/"):
        shown = client.get(f"{listing.get_absolute_url()}{path}").content.decode()
        assert ("Équipe en pause jusqu’au" in shown) == bool(path)
    start = reverse("claims:start", args=[listing.slug])
    assert "Équipe en pause" in client.get(start).content.decode()
    pause.paused_until = timezone.localdate() - timedelta(days=1)
    pause.save()
    assert "Équipe en pause" not in client.get(start).content.decode()


def test_rooms_offer_what_waits():
    names = dict(queue.kinds())
    assert {"proposer", "corriger", "demande-gestion", "label"} <= names.keys()


def test_posts_wait_in_the_same_list_and_leave_it_once_decided(desk, monique):
    waiting = post(
        "Les œufs sont là", state=Post.State.WAITING, listing=factories.listing("La Poule")
    )
    post("Déjà parue")
    page = desk.get(QUEUE).content.decode()
    assert "La Poule" in page
    assert "Les œufs sont là" in page
    assert "Déjà parue" not in page
    assert reverse("label_admin:post", args=[waiting.pk]) in page
    decide = reverse("label_admin:decide_post", args=[waiting.pk])
    assert desk.post(decide, {"action": "publier"}).status_code == 302
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by) == (Post.State.PUBLISHED, monique)
    # The first page names what was just decided.
    desk.get(QUEUE)
    assert "Les œufs sont là" not in desk.get(QUEUE).content.decode()
    assert "Les œufs sont là" in desk.get(QUEUE + "?etat=traitees").content.decode()
