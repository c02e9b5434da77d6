"""Whoever asks a source takes it first, so that two collectors at once never ask it together.

Taking is one conditional UPDATE; home/holders.py says who has something in hand.
"""

from datetime import timedelta

from django.db.models import Q

from home.holders import free, new_name
from label.models import Source

MINUTES = 5


class Lease:
    """What one collector holds; `started` is when it set out."""

    def __init__(self, started):
        self.started = started
        self.name = new_name()

    def take(self, numbers, now) -> list[Source]:
        """Take those of these sources that are free, and that nobody asked since we set out."""
        self.unasked(numbers).filter(free(Source.objects, now)).update(
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
