"""Posts: written, taken down and put back by their author, decided by volunteers.

Each decision is one transaction and happens once; each has its line in the administration's
history, with who and what was noted.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log

from directory.models import ListingManager
from directory.moderation import own_case
from label import letters
from label.hashtags import tags_in
from label.models import Membership, Post

# Who may publish any listing may let a post appear.
DECIDES = "directory.publish_listing"
# The very same words again within it are a double tap.
DOUBLE_TAP = timedelta(minutes=10)
# The name of a decision in the administration's history.
ACTION = "label.post"
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


def appears_at_once(user, listing, membership):
    """Whether it needs no volunteer: a member's, or what a volunteer types for somebody else."""
    return bool(membership) or (user.has_perm(DECIDES) and not is_their_own(user, listing))


@transaction.atomic
def write(user, listing, text, photo=None):
    """Keep a post, online where it `appears_at_once`; others wait for a volunteer.

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
        state=State.PUBLISHED if appears_at_once(user, listing, membership) else State.WAITING,
    )
    return made, True


@transaction.atomic
def take_down(post, user):
    """Its author does not want it to stand there any more; it can be put back."""
    return _decide(
        post,
        (State.PUBLISHED, State.WAITING, State.ASKED),
        State.HIDDEN,
        user,
        "Retirée par l’auteur",
    )


@transaction.atomic
def put_back(post, user):
    """Undo: only what the same person took down, never what a volunteer did."""
    if post.decided_by_id != user.pk:
        return False
    state = State.PUBLISHED if post.published_at else State.WAITING
    return _decide(post, (State.HIDDEN,), state, None, "")


def is_their_own(user, listing):
    """Whether somebody writes for themselves, while somebody else could decide it."""
    theirs = not listing or ListingManager.objects.filter(listing=listing, user=user).exists()
    return theirs and not own_case.is_alone(user)


@transaction.atomic
def publish(post, by, note=""):
    """A volunteer lets it appear."""
    before = (State.WAITING, State.ASKED, State.REFUSED, State.HIDDEN)
    return _decide(post, before, State.PUBLISHED, by, "", note)


@transaction.atomic
def refuse(post, by, reason, note=""):
    """A volunteer says no, or takes away what stood there; the author reads the reason."""
    after = State.HIDDEN if post.is_published else State.REFUSED
    before = (State.WAITING, State.ASKED, State.PUBLISHED)
    done = _decide(post, before, after, by, reason, note)
    if done:
        letters.post_refused(post)
    return done


@transaction.atomic
def ask(post, by, question, note=""):
    """A volunteer asks for something: the author puts the text right, and it waits again."""
    done = _decide(post, (State.WAITING,), State.ASKED, by, question, note)
    if done:
        letters.post_asked(post)
    return done


@transaction.atomic
def answer(post, user, text):
    """The author sends the text again; False when nobody asks any more."""
    kept = Post.objects.select_for_update().filter(pk=post.pk, state=State.ASKED).first()
    if not kept:
        return False
    kept.text, kept.state, kept.reason = text, State.WAITING, ""
    kept.decided_by = kept.decided_at = None
    kept.save(update_fields=["text", "state", "reason", "decided_by", "decided_at"])
    log(instance=kept, action=ACTION, user=user, data={"what": "Précision reçue"})
    post.refresh_from_db()
    return True


@transaction.atomic
def reopen(post, by, note=""):
    """Undo what a volunteer decided: what stood there stands again, the rest waits again."""
    if not is_decided(post):
        return False
    stood = post.state == State.HIDDEN
    state = State.PUBLISHED if stood else State.WAITING
    done = _decide(post, (post.state,), state, by, "", note, undo=True)
    if done and not stood:
        Post.objects.filter(pk=post.pk).update(published_at=None)
        post.refresh_from_db()
    return done


def is_decided(post):
    """Whether a volunteer decided it, and not its author by taking it down."""
    by = post.decided_by_id
    return by is not None and not (post.state == State.HIDDEN and by == post.author_id)


def _decide(post, expected, state, by, reason, note=None, undo=False):
    """Bring it to a state if it is still where one saw it; two at once never both do it.

    `note`, of a volunteer, goes into the history.
    """
    kept = Post.objects.select_for_update().filter(pk=post.pk, state__in=expected).first()
    if not kept:
        return False
    kept.state, kept.reason = state, reason
    kept.decided_by, kept.decided_at = (None, None) if undo or not by else (by, timezone.now())
    kept.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    post.refresh_from_db()
    if note is not None:
        what = "Décision annulée" if undo else State(state).label
        log(
            instance=post, action=ACTION, user=by, data={"what": what, "said": reason, "note": note}
        )
    return True


def with_hashtag(text, hashtag):
    """The text with the label's hashtag, added at its end where it is not there."""
    return text if not hashtag or hashtag in tags_in(text) else f"{text.rstrip()} #{hashtag}"
