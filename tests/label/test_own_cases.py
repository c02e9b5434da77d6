"""Nobody decides what is their own business, of any kind; who is alone may, and it is said."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from directory.models import Listing, ListingManager, ListingRequest
from directory.moderation.own_case import ALONE, OWN
from label import memberships, writing
from label.models import Claim, Membership, Post
from tests import factories
from tests.label import claiming as cast
from tests.label.claiming import client_of
from tests.label.factories import charter, member, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]


@pytest.fixture
def monique():
    """A volunteer who wants something herself."""
    return cast.volunteer()


@pytest.fixture
def odile(monique):
    """Another one: Monique is not alone."""
    return cast.volunteer("odile@example.org")


def theirs(user):
    """A listing that somebody looks after."""
    listing = factories.listing()
    ListingManager.objects.create(user=user, listing=listing)
    return listing


def request_of(user, kind, **fields):
    """A request that came from somebody's address."""
    fields.setdefault("listing", None if kind == "proposer" else factories.listing())
    return ListingRequest.objects.create(
        kind=kind, listing_name="La Ferme", message="x", email=user.email.upper(), **fields
    )


def proposal(user):
    """A new listing that somebody proposes."""
    facts = dict.fromkeys(("summary", "street", "postal_code", "phone", "website", "hours"), "")
    facts |= {"name": "La Ferme", "category": "cremerie", "commune": factories.commune().pk}
    return request_of(user, "proposer", facts=facts)


def correction(user):
    """Changes to a listing, of which the address says nothing: they manage it."""
    return ListingRequest.objects.create(
        kind="corriger",
        listing=theirs(user),
        listing_name="x",
        changes={"summary": {"before": "", "after": "Œufs"}},
    )


def signed(user):
    """A signature that waits."""
    return memberships.sign(user, charter(), holder="Monique, vannière")


def told(user):
    """A post that waits."""
    made = post("Bonjour", author=user, listing=theirs(user), state=Post.State.WAITING)
    return Post.objects.get(pk=made.pk)


def revoked(user):
    """Somebody who was a member."""
    return member(theirs(user), user=user, state=Membership.State.REVOKED)


# What waits, the address of its page and of its buttons, and every button with what it needs.
KINDS = {
    "proposal": (proposal, "directory_admin:request", "directory_admin:settle"),
    "correction": (correction, "directory_admin:request", "directory_admin:settle"),
    "to manage": (
        lambda user: request_of(user, "gerer"),
        "directory_admin:request",
        "directory_admin:settle",
    ),
    "removal": (
        lambda user: request_of(user, "retirer"),
        "directory_admin:request",
        "directory_admin:settle",
    ),
    "claim": (cast.submitted, "label_admin:claim", "label_admin:decide_claim"),
    "signature": (signed, "label_admin:member", "label_admin:act"),
    "lost label": (revoked, "label_admin:member", "label_admin:act"),
    "post": (told, "label_admin:post", "label_admin:decide_post"),
}
BUTTONS = {
    "proposal": ["publier", "brouillon", "faite", "refusee", "precision", "rouvrir"],
    "correction": ["appliquer", "faite", "refusee", "rouvrir"],
    "to manage": ["faite", "refusee", "precision"],
    "removal": ["retirer", "faite", "refusee"],
    "claim": ["accepter", "refuser", "precision", "maintenir", "annuler", "rouvrir"],
    "signature": ["accepter", "refuser", "precision", "annuler"],
    "lost label": ["retablir"],
    "post": ["publier", "refusee", "precision", "annuler"],
}
WORDS = {
    "reply": "Voilà.",
    "answer": "Voilà.",
    "evidence": "appel",
    "name": "La Ferme",
    "kind": "producteur",
    "prendre": "summary",
    "summary": "Œufs",
    "commune": "Rambouillet (78120)",
}
# The button that says yes, and the state in which one finds the case then.
YES = {
    "proposal": ("publier", "faite"),
    "correction": ("appliquer", "faite"),
    "to manage": ("faite", "faite"),
    "removal": ("retirer", "faite"),
    "claim": ("accepter", "acceptee"),
    "signature": ("accepter", "membre"),
    "lost label": ("retablir", "membre"),
    "post": ("publier", "publiee"),
}


def press(desk, kind, case, action):
    """One of the buttons; returns what the page says next."""
    data = WORDS | {"action": action, "seen": case.state}
    answer = desk.post(reverse(KINDS[kind][2], args=[case.pk]), data)
    case.refresh_from_db()
    return desk.get(answer["Location"]).content.decode() if answer.status_code == 302 else ""


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_decides_their_own_and_the_page_says_who_does(monique, odile, kind):
    case = KINDS[kind][0](monique)
    desk, before = client_of(monique), case.state
    page = desk.get(reverse(KINDS[kind][1], args=[case.pk])).content.decode()
    assert OWN in page
    for action in BUTTONS[kind]:
        assert f'value="{action}"' not in page
        assert OWN in press(desk, kind, case, action), action
        assert case.state == before, action
    assert not case.listing or Listing.objects.filter(pk=case.listing.pk).exists()


@pytest.mark.parametrize("kind", KINDS)
def test_somebody_else_decides_it(monique, odile, kind):
    case = KINDS[kind][0](monique)
    desk = client_of(odile)
    page = desk.get(reverse(KINDS[kind][1], args=[case.pk])).content.decode()
    action, state = YES[kind]
    assert OWN not in page and f'value="{action}"' in page
    press(desk, kind, case, action)
    assert case.state == state
    assert ALONE not in history(case)


@pytest.mark.parametrize("kind", KINDS)
def test_who_is_alone_decides_it_and_history_says_so(monique, kind):
    case = KINDS[kind][0](monique)
    desk = client_of(monique)
    page = desk.get(reverse(KINDS[kind][1], args=[case.pk])).content.decode()
    action, state = YES[kind]
    assert OWN not in page and f'value="{action}"' in page
    if kind != "lost label":
        assert "Personne d’autre ne peut la décider" in page
    press(desk, kind, case, action)
    assert case.state == state
    assert ALONE in history(case)


def history(case):
    """All that was noted about a case."""
    if isinstance(case, ListingRequest):
        return case.answer
    if isinstance(case, Post):
        return "".join(str(one.data) for one in ModelLogEntry.objects.for_instance(case))
    return "".join(f"{getattr(one, 'what', '')}{one.note}" for one in case.events.all())


@pytest.mark.parametrize("is_superuser", [True, False])
def test_somebody_with_an_inactive_account_does_not_count_an_administrator_does(is_superuser):
    monique = cast.volunteer()
    factories.user("admin@example.org", is_superuser=True, is_staff=True, is_active=is_superuser)
    case = request_of(monique, "gerer")
    press(client_of(monique), "to manage", case, "faite")
    assert case.state == ("en-attente" if is_superuser else "faite")


def test_an_administrator_is_no_exception(odile):
    admin = factories.user("admin@example.org", is_superuser=True, is_staff=True)
    case = signed(admin)
    assert OWN in press(client_of(admin), "signature", case, "accepter")
    assert case.state == "en-attente"


def test_whom_a_claim_replaced_does_not_undo_it(monique, odile):
    listing = cast.pottery()
    ListingManager.objects.create(user=monique, listing=listing, role="responsable")
    claim = cast.submitted(listing=listing)
    Claim.objects.filter(pk=claim.pk).update(agreed_at=timezone.now())
    desk = client_of(odile)
    desk.post(
        reverse("label_admin:decide_claim", args=[claim.pk]),
        {"action": "accepter", "seen": "en-attente", "replace": "on"},
    )
    claim.refresh_from_db()
    assert (claim.state, cast.managers(listing)) == ("acceptee", ["solene@example.org"])
    assert OWN in press(client_of(monique), "claim", claim, "annuler")
    assert claim.state == "acceptee"


def test_a_member_who_is_a_volunteer_may_still_leave(monique, odile):
    one = member(theirs(monique), user=monique)
    client_of(monique).post(reverse("label_admin:act", args=[one.pk]), {"action": "quitter"})
    one.refresh_from_db()
    assert one.state == Membership.State.LEFT


def test_what_a_volunteer_tells_of_their_own_waits_for_another_one(monique, odile):
    own, _ = writing.write(monique, theirs(monique), "Bonjour")
    typed, _ = writing.write(monique, factories.listing(), "Bonjour")
    assert (own.state, typed.state) == (Post.State.WAITING, Post.State.PUBLISHED)
