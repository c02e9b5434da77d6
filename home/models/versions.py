"""The content version: one number that changes with whatever visitors can see."""

import time
from contextvars import ContextVar

from django.db import connection, models
from django.db.models import F, Value
from django.db.models.functions import Greatest

# What this thread was told last; home.versions asks, a change forgets.
asked = ContextVar("content version asked for in this request", default=None)


class ContentVersion(models.Model):
    """The only row of this table counts changes of public content.

    Cached pages carry the number in their key, so raising it in the transaction that writes
    renews them all, from whichever process (architecture.md, 14). It grows with the clock, in
    microseconds, so that a number seen inside a transaction that is rolled back never comes again.
    """

    number = models.PositiveBigIntegerField(default=1)

    def __str__(self):
        return str(self.number)

    @classmethod
    def current(cls):
        """Return the number; 0 before the first change.

        Every request asks for it, hence plain SQL: the ORM takes four times as long.
        """
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM home_contentversion WHERE id = 1")
            row = cursor.fetchone()
        return row[0] if row else 0

    @classmethod
    def bump(cls):
        """Count a change. To be called inside the transaction that makes it."""
        now = time.time_ns() // 1000
        later = Greatest(F("number") + 1, Value(now), output_field=models.BigIntegerField())
        if not cls.objects.filter(pk=1).update(number=later):
            cls.objects.get_or_create(pk=1, defaults={"number": now})
        asked.set(None)
