"""What visitors ask about a listing, for the moderator's list."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class ListingRequestQuerySet(models.QuerySet):
    """Words to ask for requests with."""

    def waiting(self):
        """Not handled yet, the oldest first."""
        return self.filter(state=ListingRequest.State.WAITING).order_by("created_at", "pk")

    def forget_people(self, before):
        """Empty who asked, of requests settled before a moment; returns how many."""
        known = ~models.Q(name="", email="", details={})
        return self.filter(known, handled_at__lt=before).update(name="", email="", details={})


class ListingRequest(models.Model):
    """A correction, a wish to manage, or a request for removal, sent without an account."""

    class Kind(models.TextChoices):
        CORRECT = "corriger", "Correction"
        MANAGE = "gerer", "Gérer la fiche"
        REMOVE = "retirer", "Retirer la fiche"

    class State(models.TextChoices):
        WAITING = "en-attente", "En attente"
        DONE = "faite", "Faite"
        REFUSED = "refusee", "Refusée"

    listing = models.ForeignKey(
        "directory.Listing",
        verbose_name="fiche",
        null=True,
        on_delete=models.SET_NULL,
        related_name="requests",
    )
    listing_name = models.CharField("nom de la fiche", max_length=120)
    kind = models.CharField("demande", max_length=10, choices=Kind)
    message = models.TextField("message", max_length=4000)
    details = models.JSONField("détails", default=dict, blank=True)
    name = models.CharField("nom", max_length=80, blank=True)
    email = models.EmailField("e-mail", blank=True)
    state = models.CharField("état", max_length=12, choices=State, default=State.WAITING)
    created_at = models.DateTimeField("reçue le", auto_now_add=True)
    handled_at = models.DateTimeField("traitée le", null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="traitée par",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answer = models.TextField("suite donnée", blank=True)

    objects = ListingRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "demande"
        ordering = ["created_at", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.listing_name}"

    def settle(self, state, user, answer=""):
        """Note what became of it; False when somebody else was faster.

        One statement decides, so that two people at once cannot both handle it.
        """
        return self._change(
            self.State.WAITING,
            state=state,
            answer=answer,
            handled_by=user,
            handled_at=timezone.now(),
        )

    def reopen(self):
        """Put it back among those that wait; False when it waits already."""
        if self.state == self.State.WAITING:
            return False
        return self._change(self.state, state=self.State.WAITING, handled_by=None, handled_at=None)

    def _change(self, expected, **values):
        """Change the row if it is still in the expected state."""
        changed = type(self).objects.filter(pk=self.pk, state=expected).update(**values)
        self.refresh_from_db()
        return bool(changed)
