"""Two listings that both have an open membership become one: one membership stays, both codes do.

Jars were labelled with either code. The one that is let go leads to the one that stays, whatever
becomes of that one; its history is kept.
"""

from django.db import transaction
from django.utils import timezone

from label.models import Membership, MembershipEvent, Post
from label.statements import issuing

State = Membership.State


@transaction.atomic
def become_one(moved, listing):
    """`moved` was of a listing that is merged into `listing`, which has a membership of its own."""
    there = Membership.objects.open().get(listing=listing)
    stays, goes = sorted((moved, there), key=weight)
    Membership.objects.filter(pk=goes.pk).update(
        state=State.LEFT,
        listing=listing,
        merged_into=stays,
        until=timezone.localdate(),
        question="",
    )
    # Only now: a listing has one open membership at most.
    Membership.objects.filter(pk=stays.pk).update(
        listing=listing, user=stays.user or goes.user, since=first_day(stays, goes)
    )
    Membership.objects.filter(merged_into=goes).update(merged_into=stays)
    Post.objects.filter(membership=goes).update(membership=stays)
    for one, state, note in (
        (
            goes,
            State.LEFT,
            f"Deux fiches réunies : le badge {stays.spelled_code} vaut pour les deux",
        ),
        (stays, stays.state, f"Deux fiches réunies : le badge {goes.spelled_code} mène à celui-ci"),
    ):
        MembershipEvent.objects.create(membership=one, state=state, note=note)
        one.refresh_from_db()
        issuing.follow(one)


def weight(one):
    """What makes a membership stay: a member before a signature that waits, then the longest."""
    return one.state != State.ACTIVE, one.since or timezone.localdate(), one.signed_at, one.pk


def first_day(stays, goes):
    """Since when the one that stays counts: the earlier day of two members."""
    both = stays.state == goes.state == State.ACTIVE
    return min(stays.since, goes.since) if both and stays.since and goes.since else stays.since
