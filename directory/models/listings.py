"""The listing: a producer, a shop, a maker, a market."""

from functools import lru_cache, partial

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils.text import slugify
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from directory import snapshots
from directory.models.categories import Category
from directory.models.communes import Commune
from directory.querysets import ListingQuerySet
from directory.search import indexing
from directory.tiles import mercator
from home.free_slugs import save_under_a_free_slug
from home.models import ContentVersion

PAYMENT_MEANS = {
    "especes": "Espèces",
    "carte": "Carte bancaire",
    "sans-contact": "Sans contact",
    "cheque": "Chèque",
    "titre-restaurant": "Titres-restaurant",
    "virement": "Virement",
    "monnaie-locale": "Monnaie locale",
}

address_of = lru_cache(maxsize=16_384)(lambda slug: reverse("directory:listing", args=[slug]))

# What the public point is worked out from, and what Wagtail notes about drafts.
PLACING = {"lat", "lng", "commune", "visits", "hide_address"}
PUBLIC_PLACE = {"public_lat", "public_lng", "cell"}
# What the label keeps beside the words of a listing.
KEPT_OUTSIDE = ("labelled", "has_posts", "typed_for_others")
BOOKKEEPING = {"latest_revision", "has_unpublished_changes", "locked", "locked_at", "locked_by"}


class Listing(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    """One place or person that people can buy from; see architecture.md, 4.

    `live` says whether it is published, `trading_state` whether it still trades. `lat` and `lng`
    (degrees, WGS 84) are private; whatever is shown uses `public_lat` and `public_lng`, which
    are the commune's when the address is hidden. `cell` is that point as one number, which the
    map's tiles are asked for by.
    """

    class Kind(models.TextChoices):
        PRODUCER = "producteur", "Producteur"
        MAKER = "createur", "Artisan, créateur"
        SHOP = "commerce", "Commerce"
        MARKET = "marche", "Marché"
        TABLE = "table", "Table, séjour"
        SERVICE = "service", "Réparation, service"
        OTHER = "autre", "Autre"

    class Visits(models.TextChoices):
        PUBLIC = "public", "On peut venir"
        APPOINTMENT = "rendez-vous", "Sur rendez-vous"
        NONE = "aucune", "On ne vient pas sur place"

    class Trading(models.TextChoices):
        OPEN = "ouvert", "En activité"
        PAUSED = "ferme-temporairement", "Fermé pour le moment"
        CLOSED = "ferme-definitivement", "Fermé définitivement"

    name = models.CharField("nom", max_length=120)
    slug = models.SlugField("adresse de la fiche", max_length=140, unique=True, blank=True)
    kind = models.CharField("genre", max_length=12, choices=Kind, default=Kind.PRODUCER)
    category = models.ForeignKey(
        Category,
        verbose_name="métier",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="listings",
    )
    more_categories = ParentalManyToManyField(
        Category, verbose_name="autres métiers", blank=True, related_name="also_listings"
    )
    products = ClusterTaggableManager(
        verbose_name="ce qu’on y trouve",
        through="directory.ListingProduct",
        blank=True,
        related_name="product_listings",
        help_text="Des mots simples : « chèvre frais », « œufs », « tournage ».",
    )
    tags = ClusterTaggableManager(
        verbose_name="étiquettes",
        through="directory.ListingTag",
        blank=True,
        related_name="tagged_listings",
    )
    summary = models.CharField(
        "en une ligne", max_length=160, blank=True, help_text="Ce qu’on y trouve, en peu de mots."
    )
    description = models.TextField("présentation", max_length=8000, blank=True)

    street = models.CharField("numéro et rue", max_length=160, blank=True)
    postal_code = models.CharField("code postal", max_length=5, blank=True)
    commune = models.ForeignKey(
        Commune, null=True, blank=True, on_delete=models.PROTECT, related_name="listings"
    )
    lat = models.FloatField(
        "latitude",
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    lng = models.FloatField(
        "longitude",
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    visits = models.CharField("venir sur place", max_length=12, choices=Visits, default="public")
    hide_address = models.BooleanField(
        "cacher l’adresse",
        default=False,
        help_text="La rue et le point exact ne sont alors montrés nulle part : la commune suffit.",
    )
    public_lat = models.FloatField(null=True, editable=False)
    public_lng = models.FloatField(null=True, editable=False)
    cell = models.BigIntegerField(null=True, editable=False, db_index=True)
    # Kept by the label, a room above: filters and pins ask for it without knowing members.
    labelled = models.BooleanField("porte le label", default=False, editable=False, db_index=True)
    # Kept by the label as well: most listings have no posts, and their page need not ask.
    has_posts = models.BooleanField(default=False, editable=False)
    # Also the label's: a volunteer typed the last change for whoever manages it.
    typed_for_others = models.BooleanField(default=False, editable=False)
    itinerant = models.BooleanField("ambulant", default=False)
    serves = ParentalManyToManyField(
        Commune, verbose_name="livre ou passe dans", blank=True, related_name="served_by"
    )
    parent = models.ForeignKey(
        "self",
        verbose_name="maison mère",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="outlets",
        help_text="Pour plusieurs points de vente d’une même maison.",
    )

    phone = models.CharField("téléphone", max_length=30, blank=True)
    email = models.EmailField("e-mail", blank=True)
    website = models.URLField("site internet", blank=True, max_length=500)

    hours = models.CharField("horaires", max_length=500, blank=True)
    hours_note = models.CharField("précision sur les horaires", max_length=200, blank=True)
    season_note = models.CharField("saison", max_length=200, blank=True)
    payment = models.JSONField("moyens de paiement", default=list, blank=True)

    trading_state = models.CharField("activité", max_length=24, choices=Trading, default="ouvert")
    trading_note = models.CharField("précision sur l’activité", max_length=200, blank=True)
    verified_on = models.DateField("vérifié le", null=True, blank=True)
    verified_by = models.CharField("vérifié par", max_length=80, blank=True)
    snapshot = models.JSONField(default=dict, editable=False)
    created_at = models.DateTimeField("créée le", auto_now_add=True)
    updated_at = models.DateTimeField("modifiée le", auto_now=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche"
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["public_lat", "public_lng"], name="listing_public_point"),
            models.Index(fields=["live", "trading_state"], name="listing_shown"),
            # Markets are one in a hundred, and every Saturday page asks for all of them.
            models.Index(fields=["kind"], name="listing_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lat=None, lng=None)
                | models.Q(lat__range=(-90, 90), lng__range=(-180, 180)),
                name="listing_point_whole_and_in_range",
                violation_error_message="Le point doit avoir une latitude et une longitude.",
            )
        ]

    def __str__(self):
        return self.name

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Keep the slug, the public point, the search index and the page cache in step.

        With `update_fields` nothing else is written: Wagtail saves a draft's bookkeeping through
        the very object that holds the draft, and none of it may reach what is published.
        """
        fields = set(kwargs.get("update_fields") or ())
        if fields:
            if fields & PLACING:
                self.place_publicly()
                kwargs["update_fields"] = fields | PUBLIC_PLACE
            super().save(*args, **kwargs)
        else:
            self.place_publicly()
            if self.slug:
                super().save(*args, **kwargs)
            else:
                save_under_a_free_slug(self, partial(super().save, **kwargs))
            snapshots.refresh([self])
        if not fields or fields - BOOKKEEPING:
            indexing.index_listings([self])
            ContentVersion.bump()

    def with_content_json(self, content):
        """A draft becomes the listing; what the label keeps of it is no matter of drafts."""
        draft = super().with_content_json(content)
        for name in KEPT_OUTSIDE:
            setattr(draft, name, getattr(self, name))
        return draft

    def get_absolute_url(self):
        """The listing's page."""
        return address_of(self.slug)

    def free_slug(self):
        """Return a slug that no listing has or had: name, then commune, then a number."""
        from_name = slugify(self.name)[:120] or "fiche"
        with_commune = slugify(f"{self.name} {self.commune or ''}")[:130] or from_name
        candidates = [from_name, with_commune, *(f"{with_commune}-{n}" for n in range(2, 1000))]
        taken = type(self).objects.slugs_taken(with_commune, from_name)
        return next(slug for slug in candidates if slug not in taken)

    def place_publicly(self):
        """Set the point that may be shown: the exact one, or the commune's."""
        if self.has_exact_public_point:
            self.public_lat, self.public_lng = self.lat, self.lng
        elif self.commune:
            self.public_lat, self.public_lng = self.commune.lat, self.commune.lng
        else:
            self.public_lat = self.public_lng = None
        placed = self.public_lat is not None and self.public_lng is not None
        self.cell = mercator.code(self.public_lat, self.public_lng) if placed else None

    @property
    def address_is_public(self):
        """Whether street and exact point may be shown to anybody."""
        return self.visits != self.Visits.NONE and not self.hide_address

    @property
    def has_exact_public_point(self):
        """Whether the public point is the place itself and not its commune."""
        return self.address_is_public and self.lat is not None

    @property
    def public_street(self):
        """The street, or nothing where the address is hidden."""
        return self.street if self.address_is_public else ""

    @property
    def family(self):
        """The first-level category, or None."""
        return self.category and (self.category.parent or self.category)

    @property
    def closed_for_good(self):
        """Whether it no longer trades."""
        return self.trading_state == self.Trading.CLOSED

    @property
    def payment_labels(self):
        """The means of payment in French, in their usual order."""
        return [label for code, label in PAYMENT_MEANS.items() if code in self.payment]

    def get_latest_revision_as_object(self):
        """Return the draft that waits, or the listing as it stands.

        Imports and changes of many at once write no revision, so the newest one may be older
        than the listing itself.
        """
        return super().get_latest_revision_as_object() if self.has_unpublished_changes else self

    def get_preview_template(self, request, mode_name):
        """Show a draft as visitors will see it."""
        return "directory/listing.html"

    def get_preview_context(self, request, mode_name):
        """What the page needs, from the draft as it stands in the editor."""
        self.place_publicly()
        self.snapshot = snapshots.snapshot(self)
        return super().get_preview_context(request, mode_name) | {"listing": self}
