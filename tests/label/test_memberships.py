"""Who is a member, and what their badge says on which day."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from label import memberships
from label.models import Charter, Membership
from tests import factories
from tests.label.factories import charter, member

pytestmark = pytest.mark.django_db
State, Verdict = Membership.State, Membership.Verdict
TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ({}, Verdict.GENUINE),
        ({"until": TODAY}, Verdict.GENUINE),
        ({"until": YESTERDAY}, Verdict.EXPIRED),
        ({"state": State.LEFT}, Verdict.EXPIRED),
        ({"state": State.REVOKED}, Verdict.REVOKED),
        ({"state": State.REVOKED, "until": YESTERDAY}, Verdict.REVOKED),
        ({"state": State.ENDED, "until": YESTERDAY}, Verdict.EXPIRED),
        ({"state": State.WAITING, "since": None}, Verdict.UNKNOWN),
        ({"state": State.REFUSED, "since": None}, Verdict.UNKNOWN),
        ({"state": State.LEFT, "since": None}, Verdict.UNKNOWN),
        # They were members once: the badge on their jars was genuine then.
        ({"state": State.WAITING}, Verdict.EXPIRED),
        ({"state": State.REFUSED}, Verdict.EXPIRED),
    ],
)
def test_a_badge_says_what_the_membership_is_today(fields, verdict):
    one = member(**fields)
    assert one.verdict() == verdict
    assert (one in Membership.objects.current()) == (verdict == Verdict.GENUINE)


def test_a_member_whose_listing_is_not_published_is_not_shown():
    hidden = member(factories.listing(live=False))
    shown = [member(factories.listing()), member()]
    assert set(Membership.objects.public()) == set(shown)
    assert hidden in Membership.objects.current()


def test_a_listing_has_one_open_membership_at_most():
    listing = factories.listing()
    member(listing, state=State.LEFT)
    member(listing, state=State.WAITING)
    with pytest.raises(IntegrityError), transaction.atomic():
        member(listing)


def test_codes_are_long_and_never_the_same():
    codes = {member().code for _ in range(20)}
    assert len(codes) == 20
    assert all(len(code) == 10 and not set(code) & set("ILOU01") for code in codes)


def test_a_published_charter_never_changes_and_the_newest_one_counts():
    first, second = charter(), charter(title="La charte, revue")
    draft = charter(published_at=None)
    assert [first.number, second.number, draft.number] == [1, 2, 3]
    assert Charter.objects.current() == second
    first.text = "<p>Fait ailleurs.</p>"
    with pytest.raises(ValidationError, match="nouvelle"):
        first.full_clean()
    draft.text = "<p>Encore un mot.</p>"
    draft.full_clean()


def test_a_draft_published_later_does_not_take_the_label_away():
    listing = factories.listing()
    listing.save_revision()
    member(listing)
    listing.refresh_from_db()
    listing.latest_revision.publish()
    listing.refresh_from_db()
    assert listing.labelled


@pytest.mark.parametrize(
    ("state", "act"),
    [
        (State.ENDED, lambda one: memberships.renew(one, one.user)),
        (State.REVOKED, lambda one: memberships.restore(one, None)),
        (State.REFUSED, lambda one: memberships.reopen(one, None)),
    ],
    ids=["renew", "restore", "reopen"],
)
def test_who_comes_back_too_late_finds_the_place_taken_and_no_error(state, act):
    listing = factories.listing()
    former = member(listing, user=factories.user(), state=state, until=YESTERDAY)
    member(listing, state=State.WAITING)
    assert not act(former)
    assert former.state == state
    assert not former.events.exists()
