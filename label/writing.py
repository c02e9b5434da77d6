"""Posts: written, taken down and put back by their author, decided by volunteers."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from label.hashtags import tags_in
from label.models import Membership, Post

# Who may publish any listing may let a post appear.
DECIDES = "directory.publish_listing"
# The very same words again within it are a double tap.
DOUBLE_TAP = timedelta(minutes=10)
State = Post.State


def posts_of(user):
    """What somebody may take down: their own words, and those of the listings they look after."""
    return Post.objects.filter(Q(author=user) | Q(listing__managers__user=user)).distinct()


def membership_for(user, listing):
    """The membership in whose name somebody writes; None without one."""
    current = Membership.objects.current()
    if listing:
        return current.filter(listing=listing).first()
    return current.filter(listing=None, user=user).first()


def appears_at_once(user, membership):
    """Whether what somebody writes needs no volunteer: a member's, or a volunteer's own."""
    return bool(membership) or user.has_perm(DECIDES)


@transaction.atomic
def write(user, listing, text, photo=None):
    """Keep a post: a member's appears at once, as does a volunteer's; others wait for a volunteer.

    Returns (post, whether it is new): a double tap gets the first one.
    """
    same = Post.objects.filter(
        author=user, listing=listing, text=text, created_at__gte=timezone.now() - DOUBLE_TAP
    ).first()
    if same:
        return same, False
    membership = membership_for(user, listing)
    made = Post.objects.create(
        author=user,
        listing=listing,
        membership=membership,
        text=text,
        photo=photo,
        state=State.PUBLISHED if appears_at_once(user, membership) else State.WAITING,
    )
    return made, True


@transaction.atomic
def take_down(post, user):
    """Its author does not want it to stand there any more; it can be put back."""
    return _decide(
        post, (State.PUBLISHED, State.WAITING), State.HIDDEN, user, "Retirée par l’auteur"
    )


@transaction.atomic
def put_back(post, user):
    """Undo: only what the same person took down, never what a volunteer did."""
    if post.decided_by_id != user.pk:
        return False
    state = State.PUBLISHED if post.published_at else State.WAITING
    return _decide(post, (State.HIDDEN,), state, None, "")


@transaction.atomic
def publish(post, by):
    """A volunteer lets it appear."""
    return _decide(post, (State.WAITING, State.REFUSED, State.HIDDEN), State.PUBLISHED, by, "")


@transaction.atomic
def refuse(post, by, reason):
    """A volunteer says no, or takes away what stood there; the author reads the reason."""
    after = State.HIDDEN if post.is_published else State.REFUSED
    return _decide(post, (State.WAITING, State.PUBLISHED), after, by, reason)


def _decide(post, expected, state, by, reason):
    """Bring it to a state if it is still where one saw it; two at once never both do it."""
    kept = Post.objects.select_for_update().filter(pk=post.pk, state__in=expected).first()
    if not kept:
        return False
    kept.state, kept.decided_by, kept.reason = state, by, reason
    kept.save(update_fields=["state", "decided_by", "reason"])
    post.refresh_from_db()
    return True


def with_hashtag(text, hashtag):
    """The text with the label's hashtag, added at its end where it is not there."""
    return text if not hashtag or hashtag in tags_in(text) else f"{text.rstrip()} #{hashtag}"
