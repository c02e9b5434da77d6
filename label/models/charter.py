"""What members promise, in versions: what somebody signed stays what it was."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from wagtail.fields import RichTextField

from home.models import ContentVersion

FEATURES = ["h2", "bold", "italic", "ol", "ul", "link"]


class CharterQuerySet(models.QuerySet):
    """Words to ask for charters with."""

    def published(self):
        """Those that count or counted, the newest first."""
        return self.exclude(published_at=None).order_by("-number")

    def current(self):
        """The one to sign now; None before the first."""
        return self.published().first()


class Charter(models.Model):
    """One version of the charter; once published, its words are never changed."""

    number = models.PositiveSmallIntegerField("version", unique=True, editable=False)
    title = models.CharField("titre", max_length=120)
    promises = models.TextField(
        "en bref",
        max_length=1000,
        blank=True,
        help_text="Une promesse par ligne, en une phrase ; la page du label les montre.",
    )
    text = RichTextField("texte", features=FEATURES, max_length=20_000)
    published_at = models.DateTimeField("publiée le", null=True, blank=True, editable=False)

    objects = CharterQuerySet.as_manager()

    class Meta:
        verbose_name = "charte"
        ordering = ["-number"]

    def __str__(self):
        return f"{self.title} (version {self.number})"

    def save(self, *args, **kwargs):
        """Number it after the others."""
        if self.number is None:
            last = type(self).objects.aggregate(last=Max("number"))["last"] or 0
            self.number = last + 1
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        """The page of this version."""
        return reverse("label:charter_version", args=[self.number])

    def clean(self):
        """What was published stays as it is; a new version says it better."""
        if not self.pk:
            return
        before = type(self).objects.get(pk=self.pk)
        if before.published_at and before.words != self.words:
            raise ValidationError("Cette version est publiée : écrivez-en une nouvelle.")

    def publish(self):
        """Make it the one to sign, once; False when it is published already."""
        drafts = type(self).objects.filter(pk=self.pk, published_at=None)
        with transaction.atomic():
            changed = drafts.update(published_at=timezone.now())
            ContentVersion.bump()
        self.refresh_from_db()
        return bool(changed)

    @property
    def words(self):
        """All that somebody signs."""
        return self.title, self.promises, self.text

    @property
    def in_short(self):
        """The promises, one sentence each."""
        return [line.strip() for line in self.promises.splitlines() if line.strip()]
