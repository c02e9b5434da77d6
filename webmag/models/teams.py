"""Who may do what in which magazine, and who would like to."""

from django.conf import settings
from django.db import models

from directory.models import Commune
from webmag.models.authors import Author
from webmag.models.magazines import Magazine
from webmag.querysets import ApplicationQuerySet


class Role(models.Model):
    """Somebody's place in a magazine's team; webmag/team/rights.py turns it into rights."""

    class Kind(models.TextChoices):
        EDITOR = "redaction", "Rédaction"
        CONTRIBUTOR = "plume", "Plume"

    magazine = models.ForeignKey(Magazine, on_delete=models.CASCADE, related_name="team")
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField("rôle", max_length=10, choices=Kind, default=Kind.CONTRIBUTOR)
    since = models.DateField("depuis", auto_now_add=True)

    class Meta:
        verbose_name = "rôle"
        ordering = ["-kind", "author__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["magazine", "author"],
                name="role_once_in_a_magazine",
                violation_error_message="Cette personne fait déjà partie de l’équipe.",
            )
        ]

    def __str__(self):
        return f"{self.author}, {self.get_kind_display().lower()} de {self.magazine}"


class Application(models.Model):
    """Somebody asks to write for a magazine; its editors answer."""

    class State(models.TextChoices):
        WAITING = "attente", "En attente"
        ACCEPTED = "acceptee", "Acceptée"
        REFUSED = "refusee", "Pas cette fois"

    magazine = models.ForeignKey(Magazine, on_delete=models.CASCADE, related_name="applications")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="applications"
    )
    name = models.CharField("nom affiché", max_length=80)
    message = models.TextField("ce que vous aimeriez raconter", max_length=2000)
    covers = models.ManyToManyField(Commune, verbose_name="communes", blank=True)
    state = models.CharField("état", max_length=10, choices=State, default=State.WAITING)
    answer = models.TextField("réponse", max_length=2000, blank=True)
    asked_at = models.DateTimeField("demandé le", auto_now_add=True)
    decided_at = models.DateTimeField("répondu le", null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "candidature"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["magazine", "user"],
                condition=models.Q(state="attente"),
                name="application_waits_once",
                violation_error_message="Votre demande est déjà arrivée.",
            )
        ]

    def __str__(self):
        return f"{self.name} pour {self.magazine}"
