"""Letters, and what stands in each."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone


class LetterQuerySet(models.QuerySet):
    """Words to ask for letters with."""

    def coming(self):
        """The one that is being put together, if there is one."""
        return self.filter(is_coming=True)

    def closed(self):
        """Those that go out or went out, the newest first."""
        return self.exclude(day=None).order_by("-day")

    def archived(self):
        """Those that the archive shows: they had something in them."""
        told = News.objects.filter(letter=models.OuterRef("pk"), is_left_out=False)
        return self.closed().filter(models.Exists(told))

    def on(self, day):
        """That of a day."""
        return self.filter(day=day)

    def going_out(self):
        """Those not handed to everybody yet, the oldest first."""
        return self.filter(state=Letter.State.SENDING).order_by("pk")


class Letter(models.Model):
    """What is told at once. There is one that is coming at most, and one a day at most."""

    class State(models.TextChoices):
        COMING = "prepare", "En préparation"
        HELD = "retenue", "Retenue"
        SENDING = "envoi", "En cours d’envoi"
        SENT = "envoyee", "Envoyée"

    state = models.CharField("état", max_length=8, choices=State, default=State.COMING)
    # True or NULL, so that the database lets one only be coming.
    is_coming = models.BooleanField(null=True, default=True, unique=True, editable=False)
    day = models.DateField("jour", null=True, blank=True, unique=True)
    words = models.TextField("quelques mots en tête", max_length=1000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    # Counted when it is finished; who got it is forgotten some weeks later.
    sent = models.PositiveIntegerField("envoyées", default=0)
    uncertain = models.PositiveIntegerField("incertaines", default=0)
    refused = models.PositiveIntegerField("refusées", default=0)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "lettre"

    def __str__(self):
        return f"lettre du {self.day:%d/%m/%Y}" if self.day else "la prochaine lettre"

    def get_absolute_url(self):
        """Its page in the archive; to be asked for letters that are closed only."""
        return reverse("letter:letter", args=[f"{self.day:%Y-%m-%d}"])

    def tell(self, what, user=None):
        """Write a line of its history."""
        LetterEvent.objects.create(letter=self, what=what, user=user)


class News(models.Model):
    """Something that a letter tells of: it is told in one letter only, whenever it appeared."""

    class Kind(models.IntegerChoices):
        ARTICLE = 1, "article"
        LISTING = 2, "adresse"
        POST = 3, "publication"
        ITEM = 4, "publication collectée"

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="news")
    kind = models.PositiveSmallIntegerField(choices=Kind)
    number = models.BigIntegerField()
    is_left_out = models.BooleanField("laissée de côté", default=False)

    class Meta:
        verbose_name = "nouvelle"
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="letter_news_once")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"


class LetterEvent(models.Model):
    """Who did what with a letter; without a person it was the clock."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="events")
    what = models.CharField(max_length=200)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "ligne d’historique"
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.what
