"""Members of the label: who, since when, by which charter, and what their badge tells."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from directory.models import Category, Commune, Listing, Stand
from home.models import Photo
from home.pictures import to_keep
from label.codes import new_code, spelled
from label.models.charter import Charter


class MembershipQuerySet(models.QuerySet):
    """Words to ask for memberships with."""

    def waiting(self):
        """To be decided, the oldest first."""
        return self.filter(state=Membership.State.WAITING).order_by("signed_at", "pk")

    def current(self, today=None):
        """Those who are members today."""
        today = today or timezone.localdate()
        unended = Q(until=None) | Q(until__gte=today)
        return self.filter(unended, state=Membership.State.ACTIVE)

    def public(self, today=None):
        """Members who may be shown: one with a listing only while that is published."""
        return self.current(today).filter(Q(listing=None) | Q(listing__live=True))

    def search(self, found):
        """Who answers to what somebody typed: a `home.search.Found` of members."""
        return self.filter(pk__in=found.ids)

    def with_faces(self):
        """With what a line about them shows, in one query."""
        return self.select_related("listing__commune", "listing__category", "commune", "trade")

    def open(self):
        """Waiting or accepted: there is one at most for each listing."""
        return self.filter(state__in=Membership.OPEN)


class Membership(models.Model):
    """That somebody signed the charter and was accepted.

    The holder may have a listing or not; `user` is who signed. `reason` and what the events note
    are private.
    """

    class State(models.TextChoices):
        WAITING = "en-attente", "En attente"
        ASKED = "precision", "Précision demandée"
        ACTIVE = "membre", "Membre"
        REFUSED = "refusee", "Refusée"
        LEFT = "partie", "A quitté le label"
        ENDED = "echue", "Arrivée à échéance"
        REVOKED = "retiree", "Label retiré"

    TO_DECIDE = (State.WAITING, State.ASKED)
    OPEN = (*TO_DECIDE, State.ACTIVE)

    class Verdict(models.TextChoices):
        GENUINE = "genuine", "Ce badge est authentique"
        EXPIRED = "expired", "Ce badge n’est plus valable"
        REVOKED = "revoked", "Ce badge a été retiré"
        UNKNOWN = "unknown", "Ce badge n’existe pas"

    holder = models.CharField("nom", max_length=120)
    slug = models.SlugField("adresse de la page", max_length=140, unique=True)
    code = models.CharField("code du badge", max_length=16, unique=True, default=new_code)
    listing = models.ForeignKey(
        Listing,
        verbose_name="fiche",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="memberships",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="personne",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="memberships",
    )
    trade = models.ForeignKey(
        Category,
        verbose_name="métier",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="De qui n’a pas de fiche.",
    )
    commune = models.ForeignKey(
        Commune,
        verbose_name="commune",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="De qui n’a pas de fiche.",
    )
    story = models.TextField("présentation", max_length=4000, blank=True)
    photo = models.ForeignKey(
        Photo,
        verbose_name="photo",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # What pages show of the photo, kept beside it: they need no other query.
    pictures = models.JSONField(default=dict, editable=False)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    email = models.EmailField("e-mail", blank=True, help_text="Montré sur la page du label.")
    website = models.URLField("site internet", max_length=500, blank=True)
    charter = models.ForeignKey(
        Charter, verbose_name="charte", on_delete=models.PROTECT, related_name="memberships"
    )
    signed_at = models.DateTimeField("charte signée le", default=timezone.now)
    since = models.DateField("membre depuis", null=True, blank=True)
    until = models.DateField("jusqu’au", null=True, blank=True, help_text="Ce jour compris.")
    state = models.CharField("état", max_length=12, choices=State, default=State.WAITING)
    reminded_on = models.DateField(null=True, editable=False)
    question = models.TextField("précision demandée", max_length=2000, blank=True)
    # Two listings that both had the label became one: whose badge this one's code speaks for now.
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="merged",
    )
    reason = models.TextField("motif, jamais montré", max_length=2000, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "membre"
        verbose_name_plural = "membres"
        ordering = ["holder", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["listing"],
                condition=Q(state__in=["en-attente", "precision", "membre"]),
                name="membership_once_for_a_listing",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state__in=["en-attente", "precision", "membre"], listing=None),
                name="membership_once_without_listing",
            ),
        ]

    def __str__(self):
        return self.holder

    def save(self, *args, **kwargs):
        """Keep the photo's sizes in step."""
        if "photo" in (kwargs.get("update_fields") or ["photo"]):
            self.pictures = to_keep(self.photo)
            if kwargs.get("update_fields"):
                kwargs["update_fields"] = {*kwargs["update_fields"], "pictures"}
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        """The label page."""
        return reverse("label:member", args=[self.slug])

    @property
    def name(self):
        """Under which name they are shown: the listing's, as it is today."""
        return self.listing.name if self.listing else self.holder

    @property
    def is_member(self):
        """Whether somebody accepted them, today."""
        return self.verdict() == self.Verdict.GENUINE

    @property
    def is_shown(self):
        """Whether visitors may see them, as in `MembershipQuerySet.public`, on any day."""
        return self.listing is None or self.listing.live

    @property
    def place(self):
        """Their commune; None for somebody who has told none."""
        return self.listing.commune if self.listing else self.commune

    @property
    def craft(self):
        """Their trade, as a category; None for somebody who has told none."""
        return self.listing.category if self.listing else self.trade

    @property
    def in_force(self):
        """The membership that this one's code and address lead to: itself, unless merged."""
        return self.merged_into or self

    @property
    def spelled_code(self):
        """The badge's code in groups, as it is printed."""
        return spelled(self.code)

    def verdict(self, today=None):
        """What whoever checks the badge is told.

        Whoever was a member and asks again has a badge that is not valid at the moment.
        """
        today = today or timezone.localdate()
        if self.state == self.State.REVOKED:
            return self.Verdict.REVOKED
        if self.since is None:
            return self.Verdict.UNKNOWN
        ended = self.until is not None and self.until < today
        genuine = self.state == self.State.ACTIVE and not ended
        return self.Verdict.GENUINE if genuine else self.Verdict.EXPIRED


class MembershipEvent(models.Model):
    """One step in a membership's history; never shown to visitors."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField("le", auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField("état", max_length=12, choices=Membership.State)
    note = models.TextField("note", blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.at:%d/%m/%Y} : {self.get_state_display()}"


class MemberStand(Stand):
    """Where a member without listing can be met; whose listing says so has `MarketStand`."""

    # What a stand of a listing has: there are no holidays of theirs to look at.
    listing = None

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="stands")
    market = models.ForeignKey(
        Listing,
        verbose_name="marché",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to={"kind": "marche"},
    )

    class Meta(Stand.Meta):
        verbose_name = "présence d’un membre"
