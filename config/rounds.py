"""What the worker does by the clock: publish what is due, forget what was promised to be."""

import logging
import time
from datetime import timedelta

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from directory.models import ListingRequest

MINUTE, DAY = 60, 24 * 3600
# « Vie privée » promises it: who asked is forgotten a year after the answer.
REQUEST_DAYS = 365
log = logging.getLogger(__name__)


def publish_what_is_due():
    """Pages and listings planned for a moment that has come, or whose time is over."""
    call_command("publish_scheduled", verbosity=0)


def forget_who_asked():
    """Empty the names and addresses of requests that were settled a year ago."""
    ListingRequest.objects.forget_people(timezone.now() - timedelta(days=REQUEST_DAYS))


def tidy():
    """Old task results go; the database's statistics are renewed for its planner."""
    call_command("prune_db_task_results", "--backend", "jobs", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


ROUNDS = [(MINUTE, publish_what_is_due), (DAY, forget_who_asked), (DAY, tidy)]


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
