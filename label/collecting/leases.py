"""Whoever asks a source takes it first, so that two collectors at once never ask it together.

Taking is one conditional UPDATE. Who takes says who they are: a process of this machine that died
with its sources in hand (kill -9) is seen to be dead, and they are free at once; else they are
free when their time is over.
"""

import os
import platform
import uuid
from datetime import timedelta

from django.db.models import Q

from label.models import Source

MINUTES = 5
HOST = platform.node()[:60]


class Lease:
    """What one collector holds; `started` is when it set out."""

    def __init__(self, started):
        self.started = started
        self.name = f"{HOST} {os.getpid()} {uuid.uuid4().hex}"

    def take(self, numbers, now) -> list[Source]:
        """Take those of these sources that are free, and that nobody asked since we set out."""
        free = Q(leased_until=None) | Q(leased_until__lt=now) | Q(leased_by__in=dead())
        self.unasked(numbers).filter(free).update(
            leased_by=self.name, leased_until=now + timedelta(minutes=MINUTES)
        )
        return list(
            Source.objects.filter(pk__in=numbers, leased_by=self.name, leased_until__gt=now)
        )

    def unasked(self, numbers):
        """Those of these sources that nobody asked since we set out."""
        before = Q(polled_at=None) | Q(polled_at__lt=self.started)
        return Source.objects.working().filter(before, pk__in=numbers)

    def busy(self, numbers, now) -> list[int]:
        """Those of these sources that another collector has in hand."""
        theirs = self.unasked(numbers).exclude(leased_by=self.name).filter(leased_until__gt=now)
        return list(theirs.values_list("pk", flat=True))

    def held(self, source) -> Source | None:
        """The source as it is now, if it is still ours; for the transaction that writes to it."""
        mine = Source.objects.select_for_update().filter(pk=source.pk, leased_by=self.name)
        return mine.first()

    def give_back(self) -> None:
        """Whatever is still held is free."""
        Source.objects.filter(leased_by=self.name).update(leased_by="", leased_until=None)


def dead() -> list[str]:
    """The holders that were processes of this machine and run no more."""
    held = Source.objects.exclude(leased_by="").values_list("leased_by", flat=True).distinct()
    return [name for name in held if is_dead(name)]


def is_dead(name: str) -> bool:
    """Whether a holder was a process of this machine that runs no more."""
    host, _, rest = name.partition(" ")
    number = rest.partition(" ")[0]
    if host != HOST or not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return False
