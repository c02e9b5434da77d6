"""Handing letters over to the mail server: in batches, each at most once, whoever dies when.

A delivery is claimed on the disk before the server sees it. A clear « no » gives it back; without
any clear answer it stays claimed and is never sent again (docs/decisions/0043).
"""

import logging
import time
from dataclasses import dataclass, field
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)

from django.conf import settings
from django.core.cache import caches
from django.core.mail import get_connection
from django.db import Error
from django.utils import timezone
from django_tasks import task

from home.mailing import TROUBLE, name_of
from letter import closing, writing
from letter.addresses import is_reserved
from letter.bounces import counting, words
from letter.models import Delivery, LetterSettings

AT_ONCE = 100
# The worker has other things to do, and beats in between.
LONGEST_SECONDS = 40
ANSWER_SECONDS = 30
DAY = 24 * 3600
# Where so many in a row are refused it is our server that says no, not their mailboxes.
SUSPICIOUS = 5
# Where the server refuses us or the words, others have no better luck.
MOST_PUT_OFF = 3
PERMANENT = range(500, 600)
State = Delivery.State
log = logging.getLogger(__name__)


@dataclass
class Batch:
    """What became of one batch."""

    sent: int = 0
    empty: int = 0
    postponed: int = 0
    put_off_in_a_row: int = 0
    lost: list[Delivery] = field(default_factory=list)


class StopBatchError(Exception):
    """The server does not go on: the rest waits."""


def send_soon():
    """Wake the worker up; without one, letters wait for its next round."""
    try:
        send_a_batch.enqueue()
    except Error:
        log.warning("worker not asked to send letters", exc_info=True)


@task(backend="jobs")
def send_a_batch():
    """The task behind `send_soon`; asks for itself again while something may still go."""
    batch = send_due()
    if batch.sent + batch.empty and allowed(timezone.now()) and waiting(timezone.now()).exists():
        send_soon()


def wake_if_due():
    """What the minute's round does: close the day's letter, and send on what waits."""
    closing.close_if_due()
    now = timezone.now()
    if waiting(now).exists():
        send_soon()
    closing.finish(now)


def waiting(now):
    """What is to be handed over now; nothing while letters are switched off, whoever waits."""
    return Delivery.objects.due(now) if LetterSettings.load().is_on else Delivery.objects.none()


def allowed(now):
    """How many may still go in this minute of the clock, all workers together."""
    minute = now.replace(second=0, microsecond=0)
    gone = Delivery.objects.filter(claimed_at__gte=minute).exclude(state=State.EMPTY).count()
    return max(0, settings.LETTER_PER_MINUTE - gone)


def send_due(now=None):
    """Hand over one batch through one connection; returns what became of it."""
    now = now or timezone.now()
    batch = Batch()
    due = list(waiting(now)[: min(AT_ONCE, allowed(now))])
    if not due:
        return batch
    connection = get_connection(timeout=ANSWER_SECONDS)
    try:
        connection.open()
    except (SMTPException, OSError) as error:
        trouble("no connection", error)
        return batch
    desk, ends = writing.Desk(), time.monotonic() + LONGEST_SECONDS
    try:
        for delivery in due:
            if time.monotonic() > ends:
                break
            one(delivery, desk, connection, batch)
    except StopBatchError as error:
        trouble("stopped", error)
    finally:
        close_quietly(connection)
    count_lost(batch)
    return batch


def one(delivery, desk, connection, batch):
    """Write, claim, hand over, note; raises `StopBatchError`."""
    now, follower = timezone.now(), delivery.follower
    written = desk.letter_for(delivery.letter, delivery.begins_after, follower.audience)
    if written is None:
        delivery.pass_over()
        batch.empty += 1
        return
    if not still_there(connection):
        raise StopBatchError("the server has hung up")
    if not delivery.claim(now):
        return
    try:
        hand_over(writing.message(written, delivery.letter, follower), connection)
    except SMTPRecipientsRefused as error:
        refused_recipient(delivery, error, batch)
    except (SMTPSenderRefused, SMTPDataError) as error:
        # About us or about the words, not about this mailbox.
        put_off(delivery, batch)
        if batch.put_off_in_a_row >= MOST_PUT_OFF:
            raise StopBatchError(plain(error)) from error
    except ValueError as error:
        # A header or an address that no mail can have.
        delivery.settle(State.REFUSED)
        log.warning("delivery %s not written: %s", delivery.pk, plain(error))
    except (SMTPException, OSError) as error:
        # Nobody knows how far it got: it stays claimed.
        raise StopBatchError(plain(error)) from error
    else:
        delivery.settle(State.SENT)
        batch.sent += 1
        batch.put_off_in_a_row = 0


def put_off(delivery, batch):
    """Give it back, to be tried later; False when it was given up."""
    batch.postponed += 1
    batch.put_off_in_a_row += 1
    return delivery.postpone(timezone.now())


def hand_over(mail, connection):
    """Give one mail to the server; raises what the backend raises.

    Addresses that nobody can have never leave the machine.
    """
    if is_reserved(mail.to[0]) and leaves_the_machine(connection):
        return
    connection.send_messages([mail])


def leaves_the_machine(connection):
    """Whether this backend talks to a server rather than to a file or the console."""
    return type(connection).__module__ == "django.core.mail.backends.smtp"


def refused_recipient(delivery, error, batch):
    """The server does not take mail for this mailbox: for now, or as it does not exist."""
    code, said = next(iter(error.recipients.values()))
    said = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    # Where it says nothing clear, a « no » to this recipient is about this recipient.
    found = words.meaning(f"{code} {said}")
    if code in PERMANENT and found in {words.Meaning.GONE, words.Meaning.UNCLEAR}:
        delivery.settle(State.REFUSED)
        batch.lost.append(delivery)
        return
    if not put_off(delivery, batch) and found is not words.Meaning.UNWANTED:
        counting.count_soft(delivery.follower_id, delivery.letter_id)


def count_lost(batch):
    """Count mailboxes that do not exist, unless nearly all are said not to."""
    if len(batch.lost) >= SUSPICIOUS and len(batch.lost) > batch.sent:
        trouble("refused", f"{len(batch.lost)} mailboxes at once")
        return
    for delivery in batch.lost:
        counting.count_hard(delivery.follower_id, delivery.letter_id)


def still_there(connection):
    """Whether the server still answers, asked before anything is claimed."""
    session = getattr(connection, "connection", None)
    if not hasattr(session, "noop"):
        return True
    try:
        return session.noop()[0] == 250
    except (SMTPException, OSError):
        return False


def close_quietly(connection):
    """What was taken is taken, whether or not the server says goodbye."""
    try:
        connection.close()
    except (SMTPException, OSError) as error:
        log.info("closing: %s", plain(error))


def trouble(what, error):
    """Say it in the log and to people who wait for a mail; no address is written there."""
    log.warning("letters: %s: %s", what, plain(error))
    caches["counters"].set(TROUBLE, int(time.time()), DAY)


def plain(error):
    """An error without the addresses that servers repeat; our own words as they are."""
    return str(error) if isinstance(error, (str, StopBatchError)) else name_of(error)
