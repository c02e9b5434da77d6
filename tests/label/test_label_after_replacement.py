"""Somebody else is accepted in place of whoever managed a listing: their label ends with it."""

from datetime import date

import pytest
from django.urls import reverse

from label import claiming
from label.models import Claim, Membership
from tests.home.accounts import last_letter, letters
from tests.label import claiming as cast
from tests.label.factories import charter, member

pytestmark = pytest.mark.django_db
State = Membership.State
UNTIL = date(2031, 3, 4)


@pytest.fixture
def monique():
    """The volunteer."""
    return cast.volunteer()


@pytest.fixture
def taken(monique):
    """(listing, the claim that waits, the membership of who manages)."""
    listing = cast.pottery()
    first = cast.accepted(monique, cast.potter(), listing)
    signed = charter()
    theirs = member(listing, user=first.user, until=UNTIL, charter=signed)
    second = cast.submitted(cast.potter("autre@example.org"), listing, charter=signed)
    claiming.agree(second, "solene@example.org")
    return listing, second, theirs


def replace(claim, monique, **options):
    claiming.accept(claim, monique, Claim.State.WAITING, replace=True, **options)


def test_the_membership_of_before_ends_and_both_read_it(client, taken, monique):
    _listing, claim, theirs = taken
    replace(claim, monique)
    theirs.refresh_from_db()
    assert theirs.state == State.LEFT
    told = last_letter("solene@example.org")
    bodies = "\n".join(one.body for one in letters() if one.to == ["solene@example.org"])
    assert told and "le badge n’est plus valable" in bodies.replace("\xa0", " ")
    welcome = [
        one for one in letters() if one.to == ["autre@example.org"] and "Vous gérez" in one.subject
    ]
    assert "Sa signature ne vaut pas pour vous" in welcome[0].body
    page = client.get(reverse("label:verify", args=[theirs.code])).content.decode()
    assert 'data-verdict="expired"' in page
    assert claim.number in theirs.events.last().note


def test_who_comes_after_is_a_member_by_the_same_decision(taken, monique):
    listing, claim, theirs = taken
    replace(claim, monique, with_label=True)
    assert Membership.objects.open().get(listing=listing).user == claim.user
    assert Membership.objects.open().get(listing=listing).code != theirs.code


def test_undoing_gives_the_label_back_as_it_was(taken, monique):
    listing, claim, theirs = taken
    replace(claim, monique, with_label=True)
    claiming.undo(claim, monique, "Erreur")
    now = Membership.objects.open().get(listing=listing)
    assert (now, now.state, now.until, now.code) == (theirs, State.ACTIVE, UNTIL, theirs.code)
    assert any(
        "est rétabli" in one.subject for one in letters() if one.to == ["solene@example.org"]
    )


def test_undoing_gives_nothing_back_to_who_came_again_by_themselves(taken, monique):
    _listing, claim, theirs = taken
    replace(claim, monique)
    Membership.objects.filter(pk=theirs.pk).update(state=State.REVOKED)
    claiming.undo(claim, monique, "Erreur")
    theirs.refresh_from_db()
    assert theirs.state == State.REVOKED


def test_who_comes_to_help_ends_nobodys_label(taken, monique):
    _listing, claim, theirs = taken
    claiming.accept(claim, monique, Claim.State.WAITING)
    theirs.refresh_from_db()
    assert theirs.state == State.ACTIVE


def test_a_claim_of_before_this_rule_is_still_undone(taken, monique):
    listing, claim, _theirs = taken
    replace(claim, monique)
    claim.before = [row[:3] for row in claim.before]
    claim.save()
    claiming.undo(claim, monique, "Erreur")
    assert cast.managers(listing) == ["solene@example.org"]
