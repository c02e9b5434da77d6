"""The acts of a membership: sign, accept, refuse, leave, revoke, renew, end.

Each is one transaction, and one conditional statement decides, so that two people at once never
do it twice: the second gets False and nothing of his happens. Each leaves a line of history.
What is noted as `reason` is for the team alone; `reply` is what the person reads in the mail.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from home.free_slugs import under_a_free_slug
from home.pictures import to_keep
from label import letters, standing
from label.models import Charter, Membership, MembershipEvent

State = Membership.State
# A signature counts for a year, that day included; renewing is one button.
TERM = timedelta(days=365)
# One mail, so long before the year is over.
NOTICE = timedelta(days=30)
# Whoever is late signs again by the same button; later, as if for the first time.
GRACE = timedelta(days=90)


class MembershipError(Exception):
    """Why somebody cannot sign, in French."""


@transaction.atomic
def sign(user, charter=None, listing=None, *, by=None, **who):
    """Somebody signs the charter, for a listing or for themselves: it waits for a volunteer.

    `charter` is the current one if not said; `who` is holder, trade, commune, story, photo of
    somebody without listing; `by` a volunteer who types for them. Whoever was a member before
    keeps page and badge. Raises `MembershipError`.
    """
    charter = charter or Charter.objects.current()
    if not charter or charter != Charter.objects.current():
        raise MembershipError("La charte a changé entre-temps : relisez-la avant de signer.")
    holder = who.pop("holder", "") or (listing.name if listing else "")
    if not holder.strip():
        raise MembershipError("Indiquez le nom sous lequel vous travaillez.")
    signed = {"charter": charter, "signed_at": timezone.now(), "until": None, "reason": ""}
    signed["reminded_on"] = None
    former = _former(user, listing)
    if former and former.state == State.REVOKED:
        raise MembershipError("Le label a été retiré ici : écrivez-nous avant de signer à nouveau.")
    try:
        with transaction.atomic():
            if former:
                again = signed | who | {"user": user, "holder": holder}
                if not _change(
                    former,
                    former.state,
                    State.WAITING,
                    by or user,
                    "Charte signée à nouveau",
                    **again,
                ):
                    raise IntegrityError
                membership = former
            else:
                new = {"user": user, "listing": listing, "holder": holder.strip()} | signed | who
                membership = under_a_free_slug(
                    Membership,
                    lambda: free_slug(holder, listing),
                    lambda slug: Membership.objects.create(slug=slug, **new),
                )
                _note(membership, by or user, f"Charte version {charter.number} signée")
    except IntegrityError:
        raise MembershipError("La charte est déjà signée pour cette fiche.") from None
    letters.signed(membership)
    return membership


@transaction.atomic
def accept(membership, by, note="", until=None):
    """A volunteer says yes: a member from today, until `until` or for a year."""
    today = timezone.localdate()
    term = {"since": today, "until": until or today + TERM}
    done = _change(membership, Membership.TO_DECIDE, State.ACTIVE, by, note, question="", **term)
    if done:
        letters.accepted(membership)
    return done


@transaction.atomic
def refuse(membership, by, reason, reply=""):
    """A volunteer says no; the reason stays in the team, the reply goes out by mail."""
    done = _change(
        membership, Membership.TO_DECIDE, State.REFUSED, by, reason, reason=reason, question=""
    )
    if done:
        letters.refused(membership, reply)
    return done


@transaction.atomic
def ask(membership, by, question, note=""):
    """A volunteer needs to know more: the question goes out by mail, the answer brings it back."""
    text = "\n".join(filter(None, (question, note)))
    done = _change(membership, State.WAITING, State.ASKED, by, text, question=question)
    if done:
        letters.asked(membership)
    return done


@transaction.atomic
def answer(membership, by, text):
    """What was asked for has come: it waits for a volunteer again."""
    return _change(membership, State.ASKED, State.WAITING, by, text, question="")


@transaction.atomic
def reopen(membership, by, note=""):
    """Undo an answer: it waits again, as it did before."""
    answered = membership.state
    if answered not in (State.ACTIVE, State.REFUSED, State.ASKED):
        return False
    before = {"since": membership.since}
    if answered == State.ACTIVE:
        accepted = membership.events.filter(state=State.ACTIVE).order_by("-at", "-pk")
        earlier = accepted[1:2]
        before = {"since": timezone.localdate(earlier[0].at) if earlier else None}
    return _change(
        membership,
        answered,
        State.WAITING,
        by,
        note or "Réponse annulée",
        **before,
        until=None,
        reason="",
        question="",
    )


@transaction.atomic
def leave(membership, by, note=""):
    """The member goes, or takes back a request that waits: one button, no reason asked."""
    was_waiting = membership.state in Membership.TO_DECIDE
    today = timezone.localdate()
    done = _change(membership, Membership.OPEN, State.LEFT, by, note, until=today, question="")
    if done:
        letters.left(membership, was_waiting)
    return done


@transaction.atomic
def pass_on(membership, by, note=""):
    """Somebody else was accepted to look after the listing: whoever signed before stops here.

    The charter was signed by a person; who comes after signs it again, or not.
    """
    today = timezone.localdate()
    done = _change(membership, Membership.OPEN, State.LEFT, by, note, until=today, question="")
    if done:
        letters.passed_on(membership)
    return done


@transaction.atomic
def give_back(membership, by, state, until, note=""):
    """`pass_on` is undone: in the state of before, until the day of before, the badge as well."""
    done = _change(membership, State.LEFT, state, by, note, until=until)
    if done:
        letters.given_back(membership)
    return done


@transaction.atomic
def revoke(membership, by, reason, reply=""):
    """The team takes the label away; the reason stays in the team, the reply goes out by mail."""
    done = _change(
        membership,
        State.ACTIVE,
        State.REVOKED,
        by,
        reason,
        reason=reason,
        until=timezone.localdate(),
    )
    if done:
        letters.revoked(membership, reply)
    return done


@transaction.atomic
def restore(membership, by, note=""):
    """The label was taken away wrongly, or what was missing is put right: a member again."""
    return _change(
        membership,
        State.REVOKED,
        State.ACTIVE,
        by,
        note,
        reason="",
        until=timezone.localdate() + TERM,
    )


@transaction.atomic
def renew(membership, by):
    """The member signs the current charter for another year; no volunteer is needed.

    False for somebody who is no member, or whose year ended too long ago: see `sign`.
    """
    today = timezone.localdate()
    if not may_renew(membership, today):
        return False
    charter = Charter.objects.current() or membership.charter
    start = max(membership.until or today, today)
    done = _change(
        membership,
        membership.state,
        State.ACTIVE,
        by,
        f"Renouvelée, charte version {charter.number}",
        charter=charter,
        signed_at=timezone.now(),
        until=start + TERM,
        reminded_on=None,
    )
    if done:
        letters.renewed(membership)
    return done


def may_renew(membership, today=None):
    """Whether one button is enough: a member in the last two months, or late by little."""
    today = today or timezone.localdate()
    if membership.state not in (State.ACTIVE, State.ENDED) or not membership.until:
        return False
    return membership.until - timedelta(days=60) <= today <= membership.until + GRACE


def end_those_due(today=None):
    """Those whose year is over are members no more; returns how many."""
    today = today or timezone.localdate()
    ended = 0
    for membership in Membership.objects.filter(state=State.ACTIVE, until__lt=today):
        with transaction.atomic():
            if _change(membership, State.ACTIVE, State.ENDED, None, "L’année est passée"):
                letters.ended(membership)
                ended += 1
    return ended


def remind_those_due(today=None):
    """Tell members once that their year is nearly over; returns how many."""
    today = today or timezone.localdate()
    due = Membership.objects.current(today).filter(until__lte=today + NOTICE, reminded_on=None)
    told = 0
    for membership in due.select_related("user", "listing"):
        with transaction.atomic():
            row = Membership.objects.filter(pk=membership.pk, reminded_on=None)
            if row.update(reminded_on=today):
                letters.ending(membership)
                told += 1
    return told


def free_slug(holder, listing=None):
    """A slug for the page that nobody has or had; the listing's own where it is free."""
    from_name = slugify(holder)[:120] or "membre"
    first = [listing.slug] if listing and listing.slug else []
    candidates = [*first, from_name, *(f"{from_name}-{n}" for n in range(2, 1000))]
    begins = Membership.objects.filter(slug__startswith=from_name)
    taken = {*begins.values_list("slug", flat=True)}
    taken |= {*Membership.objects.filter(slug__in=first).values_list("slug", flat=True)}
    return next(slug for slug in candidates if slug not in taken)


def _former(user, listing):
    """The membership that somebody had here before, the last one; it is taken up again.

    Somebody else's words and badge are not for who comes after them, and one that is merged into
    another follows that one.
    """
    if listing:
        theirs = Q(user=None) | Q(user=user) if user else Q()
        had = Membership.objects.filter(theirs, listing=listing)
    elif user:
        had = Membership.objects.filter(listing=None, user=user)
    else:
        return None
    had = had.filter(merged_into=None).exclude(state__in=Membership.OPEN)
    return had.order_by("-signed_at", "-pk").first()


def _change(membership, expected, state, by, note="", **values):
    """Bring it from an expected state to another, if it is still there; the rest follows.

    Not where somebody else signed for the listing meanwhile: one at a time stands for it.
    """
    expected = [expected] if isinstance(expected, str) else list(expected)
    if "photo" in values:
        values["pictures"] = to_keep(values["photo"])
    row = Membership.objects.filter(pk=membership.pk, state__in=expected)
    try:
        with transaction.atomic():
            changed = row.update(state=state, **values)
    except IntegrityError:
        changed = 0
    membership.refresh_from_db()
    if changed:
        _note(membership, by, note)
        standing.follow(membership)
    return bool(changed)


def _note(membership, by, note):
    """A line of history."""
    MembershipEvent.objects.create(membership=membership, by=by, state=membership.state, note=note)
