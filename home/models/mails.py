"""Mails that wait to be sent: kept in the database until a mail server has taken them."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

# Minutes until the next try; the last one is repeated. After `GIVE_UP_DAYS` somebody must look.
PAUSES = (1, 5, 15, 60, 180)
GIVE_UP_DAYS = 3
# A try that was begun and never finished (a crash) is begun anew after this.
TRY_MINUTES = 10


class OutgoingMailQuerySet(models.QuerySet):
    """Words to ask for waiting mails with."""

    def due(self, now):
        """Those whose time has come, the oldest first."""
        since = now - timedelta(days=GIVE_UP_DAYS)
        return self.filter(next_try_at__lte=now, created_at__gte=since).order_by("pk")

    def late(self):
        """Those that failed at least once: they could not be sent, or wait for the next try."""
        return self.filter(failures__gt=0)


class OutgoingMail(models.Model):
    """One mail to one person; the row goes once it is sent."""

    recipient = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    next_try_at = models.DateTimeField(default=timezone.now, db_index=True)
    failures = models.PositiveSmallIntegerField(default=0)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = "mail en attente"

    def __str__(self):
        return self.subject

    def claim(self, now):
        """Take it for sending; False when another process has just done so."""
        taken = type(self).objects.filter(pk=self.pk, next_try_at=self.next_try_at)
        return bool(taken.update(next_try_at=now + timedelta(minutes=TRY_MINUTES)))

    def failed(self, now):
        """It could not be sent: try again later, ever more rarely."""
        pause = PAUSES[min(self.failures, len(PAUSES) - 1)]
        self.failures += 1
        self.next_try_at = now + timedelta(minutes=pause)
        self.save(update_fields=["failures", "next_try_at"])
