"""From what is new to a letter that goes out: gathered, perhaps read by somebody, closed."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from home.models import ContentVersion
from letter import news
from letter.models import Delivery, Follower, Letter, LetterSettings

CHUNK = 500
State = Letter.State


class NotNowError(Exception):
    """Why a letter cannot go at the moment, in French."""


def coming():
    """The letter that is being put together; None while there is nothing to tell."""
    return Letter.objects.coming().first()


def prepare(now=None):
    """Put what is new into the coming letter, and make one where there is something; returns it."""
    now = now or timezone.now()
    found = news.untold(now)
    letter = coming()
    if not found:
        return letter
    with transaction.atomic():
        letter = letter or begin()
        # Another process may have sent it in the meantime.
        if Letter.objects.select_for_update().filter(pk=letter.pk, is_coming=True).exists():
            news.gather(letter, found)
    return letter


def begin():
    """Make the coming letter, or take the one that another process just made."""
    try:
        with transaction.atomic():
            return Letter.objects.create()
    except IntegrityError:
        return Letter.objects.coming().get()


def is_due(now):
    """Whether a letter should go by itself now."""
    rules = LetterSettings.load()
    if not rules.is_on or rules.is_read_first or timezone.localtime(now).hour < rules.hour:
        return False
    letter = coming()
    if letter and letter.state == State.HELD:
        return False
    today = timezone.localdate(now)
    if Letter.objects.on(today).exists():
        return False
    return bool(letter and letter.news.exists()) or someone_waits(today, rules)


def someone_waits(today, rules):
    """Whether somebody was not told yet what others were: who gets one letter a week, and who had
    an older letter on the day of the newest one, as that went on after midnight."""
    newest = Letter.objects.archived().values_list("pk", flat=True).order_by("-pk").first()
    due = Follower.objects.due(today, boundary(today, rules))
    # Whoever's mailbox refuses for now is tried again anyway.
    due = due.exclude(pk__in=Delivery.objects.waiting().values("follower"))
    return bool(newest) and due.filter(told_until__lt=newest).exists()


def boundary(today, rules):
    """The newest day, today included, on which weekly letters begin to go."""
    return today - timedelta(days=(today.weekday() - rules.weekday) % 7)


def close_if_due(now=None):
    """What the minute's round does; the letter that goes now, or None."""
    now = now or timezone.now()
    if not LetterSettings.load().is_on:
        return None
    prepare(now)
    if not is_due(now):
        return None
    try:
        return close(now=now)
    except NotNowError:
        return None


@transaction.atomic
def close(by=None, now=None):
    """The coming letter goes to everybody who is due: one row for each, in one transaction.

    `by` is who sends it, None for the clock, which lets a letter be that somebody holds. Raises
    `NotNowError` then, when there was a letter today already, and where letters are switched off.
    """
    now = now or timezone.now()
    today, rules = timezone.localdate(now), LetterSettings.load()
    if not rules.is_on:
        raise NotNowError("La lettre est coupée dans les réglages.")
    letter = begin()
    letter = Letter.objects.select_for_update().filter(pk=letter.pk, is_coming=True).first()
    if letter and letter.state == State.HELD and not by:
        raise NotNowError("Quelqu’un la retient.")
    if not letter or Letter.objects.on(today).exists():
        raise NotNowError("Une lettre est déjà partie aujourd’hui : une par jour, pas plus.")
    letter.is_coming, letter.state = None, State.SENDING
    letter.day, letter.closed_at = today, now
    letter.save()
    news.release_what_is_hidden(letter)
    followers = Follower.objects.due(today, boundary(today, rules)).filter(told_until__lt=letter.pk)
    address(letter, followers)
    letter.tell("Envoyée" if by else "Partie d’elle-même", by)
    ContentVersion.bump()
    return letter


def address(letter, followers):
    """Write down who gets it. An older letter that still waits for one of them is told in it."""
    rows = followers.order_by("pk").values_list("pk", "told_until").iterator(chunk_size=CHUNK)
    made = (
        Delivery(letter=letter, follower_id=pk, since=since, next_try_at=letter.closed_at)
        for pk, since in rows
    )
    Delivery.objects.bulk_create(made, batch_size=CHUNK)
    waiting = Delivery.objects.waiting().filter(letter__lt=letter.pk)
    waiting.filter(follower__in=letter.deliveries.values("follower")).update(
        state=Delivery.State.OVERTAKEN
    )


def finish(now=None):
    """Letters of which nothing waits any more are done: counted, and their history says so."""
    now = now or timezone.now()
    for letter in Letter.objects.going_out():
        rows = letter.deliveries
        if rows.waiting().exists() or rows.being_handed_over(now).exists():
            continue
        letter.state, letter.finished_at = State.SENT, now
        letter.sent = rows.filter(state=Delivery.State.SENT).count()
        letter.uncertain = rows.filter(state=Delivery.State.CLAIMED).count()
        letter.refused = rows.filter(state=Delivery.State.REFUSED).count()
        letter.save(update_fields=["state", "finished_at", "sent", "uncertain", "refused"])
