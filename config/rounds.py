"""What the worker does by the clock: publish, send and collect what is due, keep its promises."""

import logging
import time
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from directory.models import ContactChange, ListingRequest
from directory.moderation import reminding
from home import mailing
from home.models import User
from label import claiming, memberships, standing
from label.claiming import yearly
from label.collecting import leftovers
from label.collecting import rounds as collecting
from label.models import Claim, HeldPhoto
from label.statements import issuing
from letter import following, sending
from letter.bounces import box
from webmag.importing import working as importing
from webmag.team import letters

MINUTE, QUARTER, DAY = 60, 15 * 60, 24 * 3600
# « Vie privée » promises it: who asked is forgotten a year after the answer.
REQUEST_DAYS = 365
log = logging.getLogger(__name__)


def publish_what_is_due():
    """Pages and listings planned for a moment that has come, or whose time is over."""
    call_command("publish_scheduled", verbosity=0)


def forget_who_asked():
    """Empty the names and addresses of requests and claims that were settled a year ago."""
    long_ago = timezone.now() - timedelta(days=REQUEST_DAYS)
    ListingRequest.objects.forget_people(long_ago)
    Claim.objects.forget_people(long_ago)
    ContactChange.objects.forget_old(timezone.now())


def forget_what_nobody_confirmed():
    """Delete what no address confirmed in time, photos that nobody published, and old mails."""
    ListingRequest.objects.forget_unconfirmed(timezone.now())
    unconfirmed = timezone.now() - timedelta(days=settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS)
    User.objects.never_confirmed(unconfirmed).delete()
    HeldPhoto.objects.forget_old()
    mailing.forget_undeliverable()
    following.forget_old(timezone.now())


def remind_editors():
    """Articles that have waited for a reader for a week."""
    letters.remind()


def keep_the_label():
    """Memberships end when their year is over, members are told before, marks and badges follow."""
    memberships.remind_those_due()
    memberships.end_those_due()
    standing.put_right()
    issuing.sweep()


def remind_volunteers():
    """What waits for them, once a day."""
    reminding.remind()


def end_unfinished_claims():
    """Claims that were begun and never sent, and questions that nobody answered."""
    claiming.expire()


def ask_whether_still_true():
    """Managers whose listing nobody confirmed for a year."""
    yearly.ask_who_is_due()


def send_mail():
    """Mails that could not be sent at once."""
    mailing.send_due()


def collect():
    """Sources that are due; beside the worker, so that no mail waits for a slow site."""
    collecting.in_the_background()


def clear_what_was_collected():
    """The words of what was refused or taken away long ago, and photos that hang nowhere."""
    leftovers.clear()


def go_on_importing():
    """Old blogs that wait, whoever was killed in the middle of one."""
    importing.go_on_with_what_waits()


def forget_old_imports():
    """Exports that were sent and never brought in."""
    importing.forget_old(timezone.now())


def send_letters():
    """The day's letter when its hour has come, and what of it still waits."""
    sending.wake_if_due()


def read_letters_that_came_back():
    """From the mailbox of returns, where one is set."""
    box.ask_soon()


def tidy():
    """Old task results go; the database's statistics are renewed for its planner."""
    call_command("prune_db_task_results", "--backend", "jobs", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


ROUNDS = [
    (MINUTE, publish_what_is_due),
    (MINUTE, send_mail),
    (MINUTE, collect),
    (MINUTE, go_on_importing),
    (MINUTE, send_letters),
    (QUARTER, read_letters_that_came_back),
    (DAY, forget_who_asked),
    (DAY, forget_what_nobody_confirmed),
    (DAY, remind_editors),
    (DAY, remind_volunteers),
    (DAY, end_unfinished_claims),
    (DAY, ask_whether_still_true),
    (DAY, keep_the_label),
    (DAY, clear_what_was_collected),
    (DAY, forget_old_imports),
    (DAY, tidy),
]


class Rounds:
    """Runs each round when its time has come; one that fails is logged and tried next time.

    The first pass does all of them: after a restart nothing waits for a day.
    """

    def __init__(self, rounds=ROUNDS, clock=time.monotonic):
        self.clock = clock
        self.rounds = [[None, seconds, do] for seconds, do in rounds]

    def run(self):
        """Do what is due now."""
        now = self.clock()
        for entry in self.rounds:
            last, seconds, do = entry
            if last is not None and now - last < seconds:
                continue
            entry[0] = now
            try:
                do()
            except Exception:
                log.exception("%s failed", do.__name__)
