"""What is done with a membership: each act once, with its history, its mail and the mark."""

from datetime import timedelta

import pytest
from django.utils import timezone

from directory.models import Listing
from home.models import ContentVersion, OutgoingMail
from label import memberships, standing
from label.memberships import GRACE, TERM, MembershipError
from label.models import Membership
from tests import factories
from tests.label.factories import charter, member

pytestmark = pytest.mark.django_db
State = Membership.State
TODAY = timezone.localdate()
SECRET = "motif-prive-canari"


@pytest.fixture
def potter():
    return factories.user("potiere@example.org", display_name="Anne")


def signed(potter, **fields):
    charter()
    return memberships.sign(potter, listing=factories.listing("La Poterie du Four"), **fields)


def labelled(membership):
    return Listing.objects.get(pk=membership.listing_id).labelled


def last_mail():
    return OutgoingMail.objects.order_by("-pk").first()


def test_a_potter_signs_is_accepted_and_bears_the_label(potter, moderator):
    version = ContentVersion.current()
    membership = signed(potter)
    assert (membership.state, membership.holder) == (State.WAITING, "La Poterie du Four")
    assert not labelled(membership)
    assert memberships.accept(membership, moderator)
    assert membership.state == State.ACTIVE
    assert (membership.since, membership.until) == (TODAY, TODAY + TERM)
    assert labelled(membership)
    assert ContentVersion.current() > version
    events = list(membership.events.values_list("by", "state"))
    assert events == [(potter.pk, State.WAITING), (moderator.pk, State.ACTIVE)]
    assert last_mail().recipient == potter.email
    assert f"/label/membres/{membership.slug}/" in last_mail().body


def test_two_volunteers_at_once_answer_once(potter, moderator):
    membership = signed(potter)
    same = Membership.objects.get(pk=membership.pk)
    assert memberships.accept(membership, moderator)
    mails = OutgoingMail.objects.count()
    assert not memberships.refuse(same, moderator, SECRET)
    assert same.state == State.ACTIVE
    assert (same.events.count(), OutgoingMail.objects.count()) == (2, mails)


@pytest.mark.parametrize("act", ["refuse", "revoke"])
def test_the_reason_stays_in_the_team(potter, moderator, act):
    membership = signed(potter)
    if act == "revoke":
        memberships.accept(membership, moderator)
    assert getattr(memberships, act)(membership, moderator, SECRET, reply="Écrivez-nous.")
    assert membership.reason == SECRET
    assert membership.events.last().note == SECRET
    assert "Écrivez-nous." in last_mail().body
    assert not any(SECRET in mail.body + mail.subject for mail in OutgoingMail.objects.all())
    assert not labelled(membership)


def test_a_member_leaves_and_comes_back_with_the_same_badge(potter, moderator):
    membership = signed(potter)
    memberships.accept(membership, moderator)
    assert memberships.leave(membership, potter)
    assert (membership.state, labelled(membership)) == (State.LEFT, False)
    again = memberships.sign(potter, listing=membership.listing)
    assert (again.pk, again.code, again.slug) == (membership.pk, membership.code, membership.slug)
    assert again.verdict() == Membership.Verdict.EXPIRED
    memberships.accept(again, moderator)
    assert (again.verdict(), labelled(again)) == (Membership.Verdict.GENUINE, True)


def test_who_takes_over_a_listing_starts_with_a_badge_of_their_own(potter, moderator, stranger):
    membership = signed(potter, story="Mes mots.")
    memberships.accept(membership, moderator)
    memberships.leave(membership, potter)
    other = memberships.sign(stranger, listing=membership.listing)
    assert other.pk != membership.pk
    assert (other.code != membership.code, other.story) == (True, "")
    assert other.slug == "la-poterie-du-four-2"
    memberships.accept(other, moderator)
    assert (other.verdict(), labelled(other)) == (Membership.Verdict.GENUINE, True)


def test_a_request_is_taken_back_before_an_answer(potter):
    membership = signed(potter)
    assert memberships.leave(membership, potter)
    assert membership.verdict() == Membership.Verdict.UNKNOWN
    assert "annulée" in last_mail().body


def test_nobody_signs_twice_for_one_listing(potter, stranger):
    membership = signed(potter)
    with pytest.raises(MembershipError, match="déjà"):
        memberships.sign(stranger, listing=membership.listing)


def test_nobody_signs_a_charter_that_has_changed(potter):
    old, _new = charter(), charter()
    with pytest.raises(MembershipError, match="changé"):
        memberships.sign(potter, old, factories.listing())


def test_nobody_signs_without_a_name(potter):
    charter()
    with pytest.raises(MembershipError, match="nom"):
        memberships.sign(potter, holder="  ")


def test_whoever_lost_the_label_writes_first(potter, moderator):
    membership = signed(potter)
    memberships.accept(membership, moderator)
    memberships.revoke(membership, moderator, SECRET)
    with pytest.raises(MembershipError, match="écrivez-nous"):
        memberships.sign(potter, listing=membership.listing)
    assert memberships.restore(membership, moderator)
    assert (membership.state, membership.reason) == (State.ACTIVE, "")
    assert labelled(membership)


def test_somebody_without_listing_is_a_member_too(potter, moderator):
    charter()
    membership = memberships.sign(potter, holder="Atelier Anne", commune=factories.commune())
    assert membership.slug == "atelier-anne"
    assert memberships.accept(membership, moderator)
    assert membership in Membership.objects.public()
    other = memberships.sign(factories.user("autre@example.org"), holder="Atelier Anne")
    assert other.slug == "atelier-anne-2"


def test_an_answer_is_undone(potter, moderator):
    membership = signed(potter)
    memberships.accept(membership, moderator)
    assert memberships.reopen(membership, moderator)
    assert (membership.state, membership.since, membership.until) == (State.WAITING, None, None)
    assert not labelled(membership)
    assert membership.verdict() == Membership.Verdict.UNKNOWN
    assert not memberships.reopen(membership, moderator)


def test_renewing_is_one_button_for_the_newest_charter(potter, moderator):
    membership = signed(potter)
    memberships.accept(membership, moderator, until=TODAY + timedelta(days=30))
    newer = charter(title="La charte, revue")
    assert memberships.renew(membership, potter)
    assert membership.charter == newer
    assert membership.until == TODAY + timedelta(days=30) + TERM
    assert not memberships.renew(membership, potter), "not for the years to come as well"


@pytest.mark.parametrize(("late", "renewed"), [(1, True), (GRACE.days, True), (91, False)])
def test_a_year_that_is_over_ends_the_membership(potter, late, renewed):
    listing = factories.listing()
    membership = member(listing, user=potter, until=TODAY - timedelta(days=late))
    Listing.objects.filter(pk=listing.pk).update(labelled=True)
    assert memberships.end_those_due() == 1
    membership.refresh_from_db()
    assert (membership.state, labelled(membership)) == (State.ENDED, False)
    assert "échéance" in last_mail().subject
    assert memberships.end_those_due() == 0
    assert memberships.renew(membership, potter) == renewed
    assert labelled(membership) == renewed


def test_the_mark_is_put_right_wherever_it_went_wrong():
    right, missing, wrong = (factories.listing() for _ in range(3))
    for listing in (right, missing):
        member(listing)
    Listing.objects.filter(pk=wrong.pk).update(labelled=True)
    Listing.objects.filter(pk=missing.pk).update(labelled=False)
    assert standing.put_right() == 2
    assert set(Listing.objects.filter(labelled=True)) == {right, missing}
    version = ContentVersion.current()
    assert standing.put_right() == 0
    assert ContentVersion.current() == version


def test_the_end_of_the_year_is_announced_once(potter):
    soon = member(factories.listing(), user=potter, until=TODAY + timedelta(days=20))
    member(factories.listing(), user=potter, until=TODAY + timedelta(days=90))
    assert memberships.remind_those_due() == 1
    assert "renouveler" in last_mail().subject
    assert memberships.remind_those_due() == 0
    assert memberships.renew(soon, potter)
    assert soon.reminded_on is None


def test_a_merged_listing_brings_its_label_along_and_a_removed_one_takes_it_away(moderator):
    from directory.moderation import removal

    listing = factories.listing()
    membership = member(listing)
    assert labelled(membership)
    removal.remove_listing(listing, moderator, "à sa demande")
    membership.refresh_from_db()
    assert (membership.state, membership.listing) == (State.LEFT, None)
