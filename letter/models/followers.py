"""Who asked for the letter, and who must never be written to again."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

# A link to confirm counts as long; who did not open it is forgotten.
CONFIRM_DAYS = 7


class FollowerQuerySet(models.QuerySet):
    """Words to ask for followers with."""

    def confirmed(self):
        """Who opened the link."""
        return self.exclude(confirmed_at=None)

    def of(self, address_hash):
        """Who has this address, by its hash (letter/addresses.py)."""
        return self.filter(address_hash=address_hash)

    def due(self, today, boundary):
        """Who may get a letter today; `boundary`: the newest day of the weekly letter.

        Whoever wants one a week gets the first one from that day on.
        """
        weekly = Q(rhythm=Follower.Rhythm.WEEKLY)
        already = Q(mailed_on__gte=boundary) | Q(mailed_on=None, confirmed_on__gte=boundary)
        return self.confirmed().exclude(mailed_on__gte=today).exclude(weekly & already)

    def forget_unconfirmed(self, now):
        """Delete who never opened the link, and changes that nobody confirmed."""
        old = self.filter(asked_at__lt=now - timedelta(days=CONFIRM_DAYS))
        old.filter(confirmed_at=None).delete()
        old.exclude(confirmed_at=None).exclude(nonce="").update(
            nonce="", wanted_audience="", wanted_rhythm=""
        )


class Follower(models.Model):
    """One mailbox that gets the letter. Its row is all that is kept of it; a stop deletes it.

    `audience` says what it follows, in the one form of letter/audiences.py. What was asked for
    stands in the `wanted_` fields until the link with the `nonce` is opened and confirmed.
    `told_until` is the number of the newest letter that it was handed, or that was there when it
    came.
    """

    class Rhythm(models.TextChoices):
        DAILY = "jour", "Chaque jour où il y a du nouveau"
        WEEKLY = "semaine", "Une fois par semaine"

    email = models.EmailField("adresse")
    address_hash = models.CharField(max_length=32, unique=True, editable=False)
    audience = models.TextField(blank=True)
    rhythm = models.CharField("rythme", max_length=8, choices=Rhythm, default=Rhythm.WEEKLY)
    wanted_audience = models.TextField(blank=True)
    wanted_rhythm = models.CharField(max_length=8, choices=Rhythm, blank=True)
    nonce = models.CharField(max_length=32, blank=True, editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    told_until = models.BigIntegerField(default=0)
    mailed_on = models.DateField(null=True, blank=True)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = "abonné à la lettre"
        verbose_name_plural = "abonnés à la lettre"
        indexes = [models.Index(fields=["confirmed_at"], name="letter_follower_confirmed")]

    def __str__(self):
        return f"abonné {self.pk}"

    def take(self, letter_number, today):
        """Count today's letter for this mailbox; False when it had one today, or is gone.

        To be called inside the transaction that claims the delivery.
        """
        free = Follower.objects.filter(Q(mailed_on=None) | Q(mailed_on__lt=today), pk=self.pk)
        return bool(free.update(mailed_on=today, told_until=letter_number))

    def give_back(self, since, day):
        """The letter was surely not taken: it does not count. `day`: when one last was."""
        Follower.objects.filter(pk=self.pk).update(mailed_on=day, told_until=since)


class Bounce(models.Model):
    """A letter that came back from a follower's mailbox; one row for each letter."""

    class Kind(models.TextChoices):
        HARD = "dure", "Cette boîte n’existe pas"
        SOFT = "passagere", "Cette boîte ne prend rien pour l’instant"

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="bounces")
    letter_number = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "retour"
        constraints = [
            models.UniqueConstraint(fields=["follower", "letter_number"], name="letter_bounce_once")
        ]

    def __str__(self):
        return f"{self.follower} {self.get_kind_display()}"


class Refusal(models.Model):
    """A mailbox that is never written to again, as a keyed hash: nobody can read who it was."""

    class Why(models.TextChoices):
        BOUNCED = "retours", "Les lettres revenaient"
        COMPLAINED = "plainte", "A signalé la lettre comme indésirable"

    address_hash = models.CharField(max_length=32, unique=True)
    why = models.CharField(max_length=8, choices=Why)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "boîte à ne plus servir"
        ordering = [F("at").desc()]

    def __str__(self):
        return self.get_why_display()
