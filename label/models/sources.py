"""Where publications come from: feeds, hashtag timelines, accounts, links handed in."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from directory.models import Listing
from home.models.tags import clean_tag
from label.hashtags import one_form
from label.models.memberships import Membership

HOUR = 60  # minutes


class MomentQuerySet(models.QuerySet):
    """Words to ask for hashtags of the moment with."""

    def on(self, day):
        """Those that are collected on a day."""
        return self.filter(Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gte=day))


class Moment(models.Model):
    """A hashtag that is collected beside the label's own, for a time: « marchedenoel »."""

    tag = models.CharField(
        "mot-dièse", max_length=60, unique=True, help_text="Sans #, un seul mot."
    )
    since = models.DateField("à partir du", null=True, blank=True)
    until = models.DateField("jusqu’au", null=True, blank=True, help_text="Ce jour compris.")

    objects = MomentQuerySet.as_manager()

    class Meta:
        verbose_name = "mot-dièse du moment"
        verbose_name_plural = "mots-dièse du moment"
        ordering = ["tag"]

    def __str__(self):
        return f"#{self.tag}"

    def clean(self):
        """One word in its one form; the end cannot come before the start."""
        form = one_form(clean_tag(self.tag))
        if not form:
            raise ValidationError(
                {"tag": "Un mot-dièse est un seul mot, avec au moins une lettre."}
            )
        self.tag = form
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": "La fin vient avant le début."})


class SourceQuerySet(models.QuerySet):
    """Words to ask for sources with."""

    def working(self):
        """Those that are asked at all; links handed in by hand are none."""
        asked = self.filter(state=Source.State.ACTIVE).exclude(kind=Source.Kind.LINKS)
        return asked.exclude(consent=Source.Consent.REFUSED)

    def due(self, now):
        """Those whose time has come, the longest waiting first."""
        return self.working().filter(next_poll_at__lte=now).order_by("next_poll_at", "pk")

    def willing(self, now):
        """Those that may be asked before their time, because a person wants it.

        Who asked us to stay away, or failed again and again, keeps their time.
        """
        patient = Q(wait_until=None) | Q(wait_until__lte=now)
        healthy = Q(failures__lt=2) | Q(next_poll_at__lte=now)
        return self.working().filter(patient, healthy).order_by("next_poll_at", "pk")

    def in_trouble(self):
        """Those that failed at least twice in a row: once is nothing."""
        return self.filter(failures__gte=2)


class Source(models.Model):
    """One address that is asked again and again for publications with our hashtags."""

    class Kind(models.TextChoices):
        FEED = "flux", "Flux (RSS, Atom ou JSON)"
        TIMELINE = "mot-diese", "Mot-dièse sur un serveur Mastodon"
        ACCOUNT = "compte", "Compte (interface ouverte)"
        LINKS = "liens", "Liens confiés à la main"

    class State(models.TextChoices):
        ACTIVE = "active", "Suivie"
        PAUSED = "pause", "En pause"
        GONE = "disparue", "Disparue"

    class Consent(models.TextChoices):
        UNKNOWN = "inconnu", "Pas demandé"
        GIVEN = "oui", "Accord donné"
        REFUSED = "non", "Refus"

    kind = models.CharField("sorte", max_length=12, choices=Kind, default=Kind.FEED)
    # What a person gave, and what is asked: a profile's address is not its feed's.
    address = models.URLField("adresse", max_length=500)
    url = models.URLField("adresse interrogée", max_length=500, unique=True, editable=False)
    title = models.CharField("nom", max_length=200, blank=True)
    listing = models.ForeignKey(
        Listing,
        verbose_name="fiche",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="collected_sources",
        help_text="À qui appartient cette source : ses publications viennent sur sa page.",
    )
    membership = models.ForeignKey(
        Membership,
        verbose_name="membre",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="collected_sources",
    )
    consent = models.CharField("accord", max_length=10, choices=Consent, default=Consent.UNKNOWN)
    consent_on = models.DateField("donné le", null=True, blank=True)
    consent_note = models.CharField("comment", max_length=200, blank=True)
    trusted = models.BooleanField(
        "publier sans relire",
        default=False,
        help_text="Seulement avec l’accord ; une publication modifiée est tout de même relue.",
    )
    everything = models.BooleanField(
        "tout prendre",
        default=False,
        help_text="Aussi ce qui ne porte aucun de nos mots-dièse.",
    )
    state = models.CharField("état", max_length=10, choices=State, default=State.ACTIVE)
    interval = models.PositiveSmallIntegerField(
        "toutes les (minutes)",
        default=HOUR,
        validators=[MinValueValidator(5), MaxValueValidator(7 * 24 * HOUR)],
    )
    next_poll_at = models.DateTimeField(default=timezone.now, db_index=True, editable=False)
    # They said « not before » themselves (Retry-After).
    wait_until = models.DateTimeField(null=True, blank=True, editable=False)
    # Who asks it just now, and until when nobody else does (label/collecting/leases.py).
    leased_by = models.CharField(max_length=120, blank=True, editable=False)
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)
    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=500, blank=True, editable=False)
    # Hash of the hashtags that were looked for: with others, « nothing new » is not enough.
    read_for = models.CharField(max_length=64, blank=True, editable=False)
    failures = models.PositiveSmallIntegerField("échecs de suite", default=0, editable=False)
    last_error = models.CharField("dernier souci", max_length=300, blank=True, editable=False)
    polled_at = models.DateTimeField("interrogée le", null=True, blank=True, editable=False)
    succeeded_at = models.DateTimeField("réponse le", null=True, blank=True, editable=False)
    brought = models.PositiveIntegerField("publications apportées", default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = "source"
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(trusted=False) | Q(consent="oui"), name="trusted_with_consent"
            )
        ]

    def __str__(self):
        return self.title or self.address

    def clean(self):
        """Nobody's words are published unread without their word."""
        if self.trusted and self.consent != self.Consent.GIVEN:
            raise ValidationError({"trusted": "Il faut d’abord l’accord de la personne."})

    @property
    def why_not(self):
        """Why it is not asked, in a few words; "" when it is."""
        if self.kind == self.Kind.LINKS:
            return "des liens confiés à la main"
        if self.consent == self.Consent.REFUSED:
            return "la personne a dit non"
        return "" if self.state == self.State.ACTIVE else self.get_state_display().lower()
