"""Hostile strings through each field of a claim: no error, no script, no mail astray."""

import pytest
from django.core.cache import caches
from django.urls import reverse

from label.models import Claim, Invitation
from tests.attack.test_forms import HOSTILE
from tests.home.accounts import letters
from tests.label import claiming as cast
from tests.label.claiming import client_of

pytestmark = pytest.mark.django_db
# The fields of each page: what they hold when it is another one's turn.
PAGES = {
    "send": {"moyen": "domaine", "adresse": "moi@terre-grise.example"},
    "code": {"code": "1234-5678"},
    "contact": {"name": "Solène", "phone": "06 39 98 00 01", "message": "Au marché"},
    "charter": {"signe": "1", "version": "1"},
}
FIELDS = [(page, field) for page, fields in PAGES.items() for field in fields]


def survives(answer, word):
    """A page, a redirect or a refusal; never an error or what was typed as markup."""
    assert answer.status_code in (200, 302, 400, 403, 404, 410, 422), word
    assert b"<script>alert" not in answer.content
    assert b"49{%" not in answer.content


def nobody_else_was_written_to():
    """Each mail has one recipient, who is not the one that was smuggled in."""
    for letter in letters():
        assert len(letter.recipients()) == 1
        assert letter.recipients() != ["all@example.org"]
        assert "\n" not in letter.subject


@pytest.mark.parametrize(("page", "field"), FIELDS)
def test_no_field_of_a_claim_does_harm(page, field):
    claim = cast.begun()
    solene = client_of(claim.user)
    address = reverse(f"claims:{page}", args=[claim.number])
    for word in HOSTILE:
        caches["counters"].clear()
        survives(solene.post(address, PAGES[page] | {field: word}), word)
        survives(solene.get(reverse("claims:claim", args=[claim.number])), word)
        Claim.objects.filter(pk=claim.pk).update(state=Claim.State.BEGUN)
    nobody_else_was_written_to()


def test_no_objection_does_harm(client):
    claim = cast.submitted()
    link = cast.link_sent_to(cast.CONTACT)
    desk = client_of(cast.volunteer())
    for word in HOSTILE:
        for data in ({"action": "contester", "why": word}, {"action": word}):
            survives(client.post(link, data), word)
    survives(desk.get(reverse("label_admin:claim", args=[claim.pk])), "")
    nobody_else_was_written_to()


def test_no_invitation_does_harm():
    claim = cast.accepted(cast.volunteer())
    solene = client_of(claim.user)
    invite = reverse("claims:invite", args=[claim.listing.slug])
    for word in HOSTILE:
        caches["counters"].clear()
        for data in (
            {"email": word, "role": "aide"},
            {"email": "julie@example.org", "role": word},
            {"retirer": word},
        ):
            survives(solene.post(invite, data), word)
    assert (
        not Invitation.objects.exclude(email="julie@example.org")
        .filter(email__contains="all@")
        .exists()
    )
    nobody_else_was_written_to()


def test_no_decision_does_harm():
    claim = cast.submitted(is_proven=False)
    desk = client_of(cast.volunteer())
    address = reverse("label_admin:decide_claim", args=[claim.pk])
    for word in HOSTILE:
        for data in (
            {"action": "accepter", "evidence": word},
            {"action": word},
            {"action": "precision", "reply": word},
            {"action": "refuser", "reply": word},
            {"action": "rouvrir"},
        ):
            survives(desk.post(address, data | {"seen": word}), word)
        survives(desk.get(reverse("label_admin:claim", args=[claim.pk])), word)
    assert cast.managers(claim.listing) == []
    nobody_else_was_written_to()
