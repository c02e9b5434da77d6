"""What visitors ask about a listing or propose, for the moderator's list."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

# How long the link in the mail counts; afterwards what was sent is forgotten.
CONFIRM_DAYS = 7


class ListingRequestQuerySet(models.QuerySet):
    """Words to ask for requests with."""

    def waiting(self):
        """Not handled yet, the oldest first."""
        return self.filter(state=ListingRequest.State.WAITING).order_by("created_at", "pk")

    def unconfirmed(self, now):
        """Sent with an address that nobody has confirmed yet, while its link still counts."""
        since = now - timedelta(days=CONFIRM_DAYS)
        return self.filter(state=ListingRequest.State.UNCONFIRMED, created_at__gte=since)

    def for_moderators(self):
        """What may be seen in the administration: not what nobody has confirmed."""
        return self.exclude(state=ListingRequest.State.UNCONFIRMED)

    def forget_unconfirmed(self, now):
        """Delete what was never confirmed and no longer can be; returns how many."""
        late = now - timedelta(days=CONFIRM_DAYS)
        gone, _ = self.filter(state=ListingRequest.State.UNCONFIRMED, created_at__lt=late).delete()
        return gone

    def forget_people(self, before):
        """Empty who asked, and what was written to them, of requests settled before a moment.

        A proposal's facts go too: the listing has them, or nobody should. Returns how many.
        """
        empty = {"name": "", "email": "", "reply": "", "details": {}, "facts": {}}
        return self.filter(~models.Q(**empty), handled_at__lt=before).update(**empty)


class ListingRequest(models.Model):
    """A proposal, a correction, a wish to manage or a request for removal, without an account.

    `facts` is what a proposal says of the new listing, `changes` what a correction would change:
    {field: {"before": …, "after": …}}, with "applied" once a moderator took it over; see
    directory/moderation/changes.py. None of it is public.
    """

    class Kind(models.TextChoices):
        PROPOSE = "proposer", "Proposition"
        CORRECT = "corriger", "Correction"
        MANAGE = "gerer", "Gérer la fiche"
        REMOVE = "retirer", "Retirer la fiche"

    class State(models.TextChoices):
        UNCONFIRMED = "a-confirmer", "À confirmer"
        WAITING = "en-attente", "En attente"
        ASKED = "precision", "Précision demandée"
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
    message = models.TextField("message", max_length=4000, blank=True)
    details = models.JSONField("détails", default=dict, blank=True)
    facts = models.JSONField("ce qui est proposé", default=dict, blank=True)
    changes = models.JSONField("ce qui changerait", default=dict, blank=True)
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
    reply = models.TextField("réponse envoyée", blank=True)

    objects = ListingRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "demande"
        ordering = ["created_at", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.listing_name}"

    @property
    def is_open(self):
        """Whether somebody still has to decide."""
        return self.state in (self.State.WAITING, self.State.ASKED)

    def settle(self, state, user, answer="", reply="", seen=None):
        """Note what became of it; False when somebody else was faster.

        `seen` is the state in which this person saw it, waiting if not said. One statement
        decides, so that two people at once cannot both handle it.
        """
        return self._change(
            seen or self.State.WAITING,
            state=state,
            answer=answer,
            reply=reply,
            handled_by=user,
            handled_at=timezone.now(),
        )

    def reopen(self):
        """Put it back among those that wait; False when it waits already."""
        if self.state in (self.State.WAITING, self.State.UNCONFIRMED):
            return False
        return self._change(self.state, state=self.State.WAITING, handled_by=None, handled_at=None)

    def confirm(self):
        """The address was confirmed: now it waits for a moderator; False the second time."""
        return self._change(
            self.State.UNCONFIRMED, state=self.State.WAITING, created_at=timezone.now()
        )

    def add_to_message(self, message):
        """What was asked for has come: it waits for a moderator again."""
        return self._change(
            self.State.ASKED,
            state=self.State.WAITING,
            message=message,
            handled_by=None,
            handled_at=None,
        )

    def _change(self, expected, **values):
        """Change the row if it is still in the expected state."""
        changed = type(self).objects.filter(pk=self.pk, state=expected).update(**values)
        self.refresh_from_db()
        return bool(changed)
