"""Collected publications: what volunteers decide on them, and what their authors ask.

Each act expects the publication as one saw it (`seen`, a `mark_of` it): of two at once only one
does it, and nobody lets appear what its author changed a moment before.
"""

import hashlib
import json

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from label.collecting import refusals
from label.collecting.vanishing import FIRST_RECHECK
from label.models import Item
from label.models.items import WORDS

State = Item.State
# What became of the last change, and that an author was refused with the publication, stand
# beside the values of the change, so that it can be undone. So does, of what somebody had taken
# away with all of their own, the number of the publication where they asked, and what it was.
BECAME, NEVER, ASKED_AT, WAS = "_devenu", "_jamais", "_retrait", "_etait"
ACCEPTED, DISMISSED = "acceptee", "ecartee"


def mark_of(item):
    """A mark of what somebody sees of it: another as soon as anything of that changes."""
    values = [item.state, item.photo_id, str(item.changed_at), item.change]
    values += [getattr(item, name) for name in WORDS]
    return hashlib.blake2b(json.dumps(values).encode(), digest_size=12).hexdigest()


@transaction.atomic
def publish(item, by, seen=""):
    """A volunteer lets it appear, or puts it back; True if it was still to be decided."""
    kept = _locked(item, seen, State.WAITING, State.REFUSED, State.HIDDEN)
    if not kept:
        return False
    if kept.taken_down_at:
        # It was not the author who asked: nobody said no.
        refusals.allow(*author_of(kept), kept.canonical_uri)
    return _decide(item, kept, State.PUBLISHED, by, kept.reason if kept.taken_down_at else "")


@transaction.atomic
def refuse(item, by, reason, never_again=False, seen=""):
    """No, or not any more; with `never_again` nothing of this author is collected again."""
    kept = _locked(item, seen, State.WAITING, State.PUBLISHED)
    if not kept:
        return False
    if never_again:
        refusals.refuse(*author_of(kept))
        kept.change = {**kept.change, NEVER: True}
    state = State.HIDDEN if kept.is_published else State.REFUSED
    kept.taken_down_at = None
    return _decide(item, kept, state, by, reason)


@transaction.atomic
def hide_for_author(item, words="", never_again=False):
    """Somebody says: it is mine, take it away. Done at once; a volunteer looks afterwards.

    With `never_again` all that is here of the same author goes, and nothing comes any more.
    """
    if never_again and item.author_url:
        _lock(Item.objects.filter(Q(pk=item.pk) | Q(author_url=item.author_url)))
    kept = _locked(item, "", State.WAITING, State.PUBLISHED)
    if not kept:
        return False
    gone = [kept]
    if never_again and kept.author_url:
        refusals.refuse(*author_of(kept))
        here = Item.objects.exclude(pk=kept.pk).filter(state__in=(State.WAITING, State.PUBLISHED))
        gone += here.filter(author_url=kept.author_url)
    now = timezone.now()
    for one in gone:
        refusals.refuse(one.canonical_uri)
        one.taken_down_at = now
        one.change = {**one.change, ASKED_AT: kept.pk, WAS: one.state}
        if never_again:
            one.change[NEVER] = True
        _decide(one, one, State.HIDDEN, None, words)
    item.refresh_from_db()
    return True


@transaction.atomic
def confirm_hidden(item, by, seen=""):
    """A volunteer looked: it stays away."""
    kept = _locked(item, seen, State.HIDDEN)
    if not kept or not kept.taken_down_at or kept.decided_at:
        return False
    return _decide(item, kept, State.HIDDEN, by, kept.reason)


def hidden_with(item):
    """What the same word took away and nobody has decided on since, this one among it."""
    number = item.change.get(ASKED_AT)
    if not number or not item.taken_down_at:
        return Item.objects.none()
    asked = {f"change__{ASKED_AT}": number, "decided_at": None}
    return Item.objects.filter(state=State.HIDDEN, taken_down_at=item.taken_down_at, **asked)


@transaction.atomic
def put_back_all(item, by, seen=""):
    """It was not the author who asked: each is again what it was; returns how many."""
    _lock(hidden_with(item))
    kept = _locked(item, seen, State.HIDDEN)
    if not kept:
        return 0
    back = list(hidden_with(kept))
    for one in back:
        refusals.allow(*author_of(one), one.canonical_uri)
        if one.change[WAS] == State.PUBLISHED:
            _decide(one, one, State.PUBLISHED, by, one.reason)
        else:
            # Nobody had decided on it: it waits as it did.
            one.taken_down_at, one.change = None, {}
            _decide(one, one, State.WAITING, None, "")
    return len(back)


@transaction.atomic
def confirm_all_hidden(item, by, seen=""):
    """A volunteer looked: all that the same word took away stays away; returns how many."""
    _lock(hidden_with(item))
    kept = _locked(item, seen, State.HIDDEN)
    if not kept:
        return 0
    away = list(hidden_with(kept))
    for one in away:
        _decide(one, one, State.HIDDEN, by, one.reason)
    return len(away)


@transaction.atomic
def accept_change(item, by, seen=""):
    """What its author made of it takes the place of what was shown."""
    kept = _changed(item, seen)
    if not kept:
        return False
    _swap(kept)
    kept.change = {**kept.change, BECAME: ACCEPTED}
    return _settle(item, kept, by)


@transaction.atomic
def dismiss_change(item, by, seen=""):
    """What was approved stays as it was."""
    kept = _changed(item, seen)
    if not kept:
        return False
    kept.change = {**kept.change, BECAME: DISMISSED}
    return _settle(item, kept, by)


@transaction.atomic
def undo(item, seen=""):
    """Take the last decision back: it waits again as it did before."""
    kept = _locked(item, seen, State.PUBLISHED, State.REFUSED, State.HIDDEN)
    if not kept or not kept.decided_at:
        return False
    became, never = kept.change.pop(BECAME, ""), kept.change.pop(NEVER, False)
    if became and kept.is_published:
        if became == ACCEPTED:
            _swap(kept)
        kept.changed_at = kept.decided_at
    elif kept.taken_down_at:
        refusals.refuse(kept.canonical_uri)
        if never:
            refusals.refuse(*author_of(kept))
            kept.change = {**kept.change, NEVER: True}
        kept.state = State.HIDDEN
    else:
        if never:
            refusals.allow(*author_of(kept))
        kept.state = State.PUBLISHED if kept.state == State.HIDDEN else State.WAITING
        kept.reason = ""
    return _decide(item, kept, kept.state, None, kept.reason)


def author_of(item):
    """The addresses by which its author is known; its own where there is none."""
    known = [item.author_url, refusals.profile_of(item)]
    return [url for url in known if url] or [item.canonical_uri]


def note(item, words):
    """Add a line for the other volunteers to what was decided."""
    item.reason = "\n".join(filter(None, (item.reason, words)))
    item.save(update_fields=["reason"])


def _lock(items):
    """Lock several in one order: of two people at once the second waits, and nobody is cut off."""
    list(items.order_by("pk").select_for_update().values_list("pk", flat=True))


def _locked(item, seen, *expected):
    """The item if it is in one of these states, and as it was seen where that is told."""
    found = Item.objects.select_for_update().filter(pk=item.pk, state__in=expected)
    # Of what was emptied there is nothing left to show (label/collecting/leftovers.py).
    kept = found.exclude(digest="").first()
    return kept if kept and (not seen or seen == mark_of(kept)) else None


def _changed(item, seen):
    """The item, if a change of it still waits."""
    kept = _locked(item, seen, State.PUBLISHED)
    return kept if kept and kept.changed_at else None


def _swap(kept):
    """Put what waits in the place of what is shown, and the other way round."""
    shown = {name: getattr(kept, name) for name in WORDS} | {"tags": sorted(kept.tags.names())}
    kept.say(kept.change)
    kept.change = shown


def _settle(item, kept, by):
    kept.changed_at = None
    return _decide(item, kept, kept.state, by, "")


def _decide(item, kept, state, by, reason):
    kept.state, kept.reason = state, reason
    kept.decided_by, kept.decided_at = by, timezone.now() if by else None
    if kept.is_published and not kept.recheck_at:
        # Its author may have deleted it meanwhile.
        kept.recheck_at = timezone.now() + FIRST_RECHECK
    kept.save()
    item.refresh_from_db()
    return True
