"""One letter to one follower."""

from datetime import datetime, time, timedelta

from django.db import models, transaction
from django.utils import timezone

from letter.models.followers import Follower
from letter.models.letters import Letter

# After a temporary failure, in minutes; then the letter of that day is too old to be sent.
PAUSES = (15, 60, 240, 720, 1440)
# Nothing takes as long: whoever was handing it over is dead, and nobody knows how far they got.
UNCERTAIN_MINUTES = 10


class DeliveryQuerySet(models.QuerySet):
    """Words to ask for deliveries with."""

    def waiting(self):
        """Not handed over yet."""
        return self.filter(state=Delivery.State.WAITING)

    def due(self, now):
        """Those whose time has come, in an order that keeps equal letters together."""
        return (
            self.waiting()
            .filter(next_try_at__lte=now)
            .select_related("letter", "follower")
            .order_by("letter_id", "follower__audience", "since", "pk")
        )

    def being_handed_over(self, now):
        """Claimed a moment ago."""
        fresh = now - timedelta(minutes=UNCERTAIN_MINUTES)
        return self.filter(state=Delivery.State.CLAIMED, claimed_at__gt=fresh)


class Delivery(models.Model):
    """One letter to one follower, from `since` (a letter's number, not included) to `letter`.

    It is claimed and written down before the mail server gets it, so that whoever dies in between
    leaves it claimed: at most once, never twice. docs/decisions/0043 has the reasons.
    """

    class State(models.TextChoices):
        WAITING = "attend", "Attend"
        CLAIMED = "confiee", "Remise en cours"
        SENT = "partie", "Partie"
        EMPTY = "vide", "Rien de neuf pour cet abonné"
        OVERTAKEN = "reprise", "Reprise dans une lettre suivante"
        REFUSED = "refusee", "Refusée par le serveur"

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="deliveries")
    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="deliveries")
    since = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    next_try_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "envoi"
        constraints = [
            models.UniqueConstraint(fields=["letter", "follower"], name="letter_delivery_once")
        ]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="letter_delivery_due"),
            models.Index(fields=["claimed_at"], name="letter_delivery_claimed"),
        ]

    def __str__(self):
        return f"{self.letter} : {self.follower}"

    @property
    def begins_after(self):
        """The newest letter that its follower knows: another one may have gone out meanwhile."""
        return max(self.since, self.follower.told_until)

    def claim(self, now):
        """Take it for handing over; False when somebody else did, or the follower is gone.

        Both rows are written in one transaction, which is on the disk when this returns.
        """
        waits = Delivery.objects.filter(pk=self.pk, state=self.State.WAITING)
        today = timezone.localdate(now)
        with transaction.atomic():
            if not waits.update(state=self.State.CLAIMED, claimed_at=now):
                return False
            if self.follower.take(self.letter_id, today):
                return True
            # One a day: it has another letter's of today. To be tried when the day is over.
            mine = Delivery.objects.filter(pk=self.pk)
            mine.update(
                state=self.State.WAITING,
                claimed_at=None,
                next_try_at=start_of(today + timedelta(days=1)),
            )
        return False

    def pass_over(self):
        """There is nothing to tell this follower up to this letter."""
        with transaction.atomic():
            waits = Delivery.objects.filter(pk=self.pk, state=self.State.WAITING)
            if waits.update(state=self.State.EMPTY):
                behind = Follower.objects.filter(pk=self.follower_id, told_until__lt=self.letter_id)
                behind.update(told_until=self.letter_id)

    def settle(self, state):
        """Write down what became of it."""
        Delivery.objects.filter(pk=self.pk).update(state=state)

    def postpone(self, now):
        """It was surely not taken: try again later, ever more rarely; False when that is given up.

        What was given up counts as told: the next letter begins after it.
        """
        mine = Delivery.objects.filter(pk=self.pk)
        if self.failures >= len(PAUSES):
            mine.update(state=self.State.REFUSED)
            return False
        later = now + timedelta(minutes=PAUSES[self.failures])
        with transaction.atomic():
            mine.update(
                state=self.State.WAITING,
                failures=self.failures + 1,
                claimed_at=None,
                next_try_at=later,
            )
            self.follower.give_back(self.begins_after, self.follower.mailed_on)
        return True


def start_of(day):
    """When a day begins here."""
    return timezone.make_aware(datetime.combine(day, time()))
