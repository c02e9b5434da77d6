"""« C’est mon activité »: a claim, what proves it, and what was made of it."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from directory.models import Listing
from label.models.charter import Charter


class ClaimQuerySet(models.QuerySet):
    """Words to ask for claims with."""

    def open(self):
        """Not decided yet."""
        return self.filter(state__in=Claim.OPEN)

    def waiting(self):
        """For a volunteer to decide, the oldest first; not those whose answer we wait for."""
        waiting = [Claim.State.WAITING, Claim.State.CONTESTED]
        return self.filter(state__in=waiting).order_by("submitted_at", "pk")

    def for_moderators(self):
        """What may be seen in the administration: not what somebody is still writing."""
        return self.exclude(submitted_at=None)

    def forget_people(self, before):
        """Empty who asked and who was told, of claims settled before a moment; returns how many."""
        settled = self.exclude(state__in=Claim.OPEN).filter(decided_at__lt=before)
        ClaimCode.objects.filter(claim__in=settled).delete()
        ClaimEvent.objects.filter(claim__in=settled).update(note="")
        empty = {"name": "", "phone": "", "message": "", "told": []}
        return settled.filter(~Q(**empty)).update(**empty)


class Claim(models.Model):
    """Somebody says that a listing is theirs.

    Nothing of the listing changes before a person decided. A claim that was accepted can be
    contested by who managed or was on file before, and undone, with history (threats.md, claim).
    """

    class State(models.TextChoices):
        BEGUN = "commencee", "Commencée"
        WAITING = "en-attente", "En attente"
        ASKED = "precision", "Précision demandée"
        CONTESTED = "contestee", "Contestée"
        ACCEPTED = "acceptee", "Acceptée"
        REFUSED = "refusee", "Refusée"
        WITHDRAWN = "abandonnee", "Abandonnée"
        EXPIRED = "expiree", "Expirée"
        UNDONE = "annulee", "Annulée"

    OPEN = (State.BEGUN, State.WAITING, State.ASKED, State.CONTESTED)
    TO_DECIDE = (State.WAITING, State.ASKED, State.CONTESTED)

    class Way(models.TextChoices):
        CONTACT = "contact", "Code envoyé au contact de la fiche"
        DOMAIN = "domaine", "Code envoyé à une adresse du site web"
        WEBSITE = "site", "Code placé sur le site web"
        VOLUNTEER = "benevole", "Appel ou visite d’un bénévole"

    number = models.CharField("numéro", max_length=12, unique=True)
    listing = models.ForeignKey(
        Listing,
        verbose_name="fiche",
        null=True,
        on_delete=models.SET_NULL,
        related_name="claims",
    )
    listing_name = models.CharField("nom de la fiche", max_length=120)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="personne",
        null=True,
        on_delete=models.SET_NULL,
        related_name="claims",
    )
    name = models.CharField("nom", max_length=80, blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    message = models.TextField("message", max_length=2000, blank=True)
    wants_label = models.BooleanField("demande aussi le label", default=False)
    charter = models.ForeignKey(
        Charter,
        verbose_name="charte signée",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    signed_at = models.DateTimeField("charte signée le", null=True, blank=True)
    # Who was told of it and may contest it: addresses, as they stood on file when it came in.
    told = models.JSONField("prévenus", default=list, editable=False)
    agreed_at = models.DateTimeField("accord du responsable", null=True, blank=True)
    question = models.TextField("précision demandée", max_length=2000, blank=True)
    state = models.CharField("état", max_length=12, choices=State, default=State.BEGUN)
    begun_at = models.DateTimeField("commencée le", default=timezone.now)
    submitted_at = models.DateTimeField("reçue le", null=True, blank=True)
    expires_at = models.DateTimeField("expire le")
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reason = models.TextField("motif", max_length=2000, blank=True)
    # Since when it gives the listing to look after; empty before, and again once undone.
    granted_at = models.DateTimeField("accordée le", null=True, blank=True)
    # Who managed the listing before: [[user, role, since], …], to be put back by an undo.
    before = models.JSONField("gérée avant par", default=list, editable=False)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = "demande de gestion"
        verbose_name_plural = "demandes de gestion"
        ordering = ["begun_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "user"],
                condition=Q(state__in=["commencee", "en-attente", "precision", "contestee"]),
                name="claim_once_at_a_time",
            )
        ]

    def __str__(self):
        return f"{self.number} · {self.listing_name}"

    @property
    def is_open(self):
        """Whether somebody still has to decide, or to finish it."""
        return self.state in self.OPEN

    @property
    def proofs(self):
        """The codes that were given back in time, the oldest first."""
        return self.codes.exclude(used_at=None).order_by("used_at", "pk")

    def note(self, what, by=None, note=""):
        """Add a line to its history."""
        return self.events.create(what=what, by=by, note=note)


class ClaimCode(models.Model):
    """A one-use code for one claim, kept as a hash only (threats.md, claim).

    `contact` is where it went, as it stood on file at that moment; "" for one to be placed on a
    website. A contact that changed since makes the code worthless.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="codes")
    way = models.CharField("moyen", max_length=10, choices=Claim.Way)
    contact = models.CharField("envoyé à", max_length=254, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "code"

    def __str__(self):
        return f"{self.claim} · {self.get_way_display()}"


class ClaimEvent(models.Model):
    """One step in a claim's history."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField("le", auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    what = models.CharField("quoi", max_length=200)
    note = models.TextField("note", blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.at:%d/%m/%Y} : {self.what}"


class FactQuerySet(models.QuerySet):
    """Words to ask for facts with."""

    def of_member(self, member):
        """What was checked of a member: of their listing, or of themselves."""
        own = Q(membership=member)
        return self.filter(own | Q(listing=member.listing_id) if member.listing_id else own)


class Fact(models.Model):
    """Something that was checked, with its day: « ce que nous avons vérifié », without ranks."""

    class Kind(models.TextChoices):
        CONTACT = "contact", "Contact vérifié"
        DOMAIN = "domaine", "Adresse du site web vérifiée"
        WEBSITE = "site", "Site web vérifié"
        CALL = "appel", "Eu au téléphone"
        VISIT = "visite", "Rencontré sur place"
        MARKET = "marche", "Rencontré au marché"
        STILL_TRUE = "a-jour", "Fiche relue par son responsable"

    listing = models.ForeignKey(
        Listing,
        verbose_name="fiche",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="facts",
    )
    membership = models.ForeignKey(
        "label.Membership",
        verbose_name="membre sans fiche",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="facts",
    )
    kind = models.CharField("quoi", max_length=10, choices=Kind)
    on = models.DateField("le", default=timezone.localdate)
    detail = models.CharField(
        "précision", max_length=120, blank=True, help_text="Montrée : « marché de Dourdan »."
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    claim = models.ForeignKey(
        Claim, null=True, blank=True, on_delete=models.SET_NULL, related_name="facts"
    )

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = "fait vérifié"
        verbose_name_plural = "faits vérifiés"
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(listing=None) ^ Q(membership=None), name="fact_of_one_thing"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} le {self.on:%d/%m/%Y}"

    def clean(self):
        """Of a member with a listing it is the listing that was checked."""
        if self.membership and self.membership.listing_id:
            self.listing, self.membership = self.membership.listing, None
        if bool(self.listing) == bool(self.membership):
            raise ValidationError("Choisissez une fiche, ou un membre qui n’en a pas.")

    @property
    def about(self):
        """Whose it is: a listing, or a member without one."""
        return self.listing or self.membership

    @property
    def said(self):
        """As visitors read it: « Rencontré au marché de Dourdan », « Rencontré sur place, … »."""
        kind = self.get_kind_display()
        if self.kind == self.Kind.MARKET and self.detail.startswith("marché "):
            return kind.replace("marché", self.detail)
        return f"{kind}, {self.detail}" if self.detail else kind


class Invitation(models.Model):
    """A manager asks a second person to look after a listing with them; one use, hashed."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField("e-mail")
    role = models.CharField("rôle", max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "invitation"

    def __str__(self):
        return f"{self.email} · {self.listing}"


class StillTrueAsk(models.Model):
    """When the managers of a listing were asked last whether all of it is still true."""

    listing = models.OneToOneField(Listing, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()

    def __str__(self):
        return f"{self.listing} · {self.asked_at:%d/%m/%Y}"
