"""The content version: one number that changes with whatever visitors can see."""

from django.db import models
from django.db.models import F


class ContentVersion(models.Model):
    """The only row of this table counts changes of public content.

    Cached pages carry the number in their key, so raising it in the transaction that writes
    renews them all, from whichever process (architecture.md, 14).
    """

    number = models.PositiveBigIntegerField(default=1)

    def __str__(self):
        return str(self.number)

    @classmethod
    def current(cls):
        """Return the number; 0 before the first change."""
        return cls.objects.filter(pk=1).values_list("number", flat=True).first() or 0

    @classmethod
    def bump(cls):
        """Count a change. To be called inside the transaction that makes it."""
        if not cls.objects.filter(pk=1).update(number=F("number") + 1):
            cls.objects.get_or_create(pk=1)
