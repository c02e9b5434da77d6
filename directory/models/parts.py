"""What hangs on a listing: photos, links, exceptional hours, stands, tags."""

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from directory.hours import HoursError, from_french, is_valid
from directory.querysets import MarketStandQuerySet
from home.models import Tag


def typed_hours(text):
    """Return typed hours in the stored syntax: « samedi 8h-12h30 » is « Sa 08:00-12:30 ».

    Raises `ValidationError` for the field "hours".
    """
    text = text.strip()
    if not text or is_valid(text):
        return text
    try:
        return from_french(text)
    except HoursError as error:
        raise ValidationError({"hours": str(error)}) from error


class ListingProduct(ItemBase):
    """Something that one finds there."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="listing_products")
    content_object = ParentalKey(
        "directory.Listing", on_delete=models.CASCADE, related_name="product_items"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="listing_product_once")
        ]


class ListingTag(ItemBase):
    """A tag of a listing."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="listing_tags")
    content_object = ParentalKey(
        "directory.Listing", on_delete=models.CASCADE, related_name="tag_items"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="listing_tag_once")
        ]


class ListingPhoto(Orderable):
    """A photo of a listing; the first one is shown in lists."""

    listing = ParentalKey("directory.Listing", on_delete=models.CASCADE, related_name="photos")
    photo = models.ForeignKey("home.Photo", on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("photo")]

    class Meta(Orderable.Meta):
        verbose_name = "photo"


class ListingLink(Orderable):
    """Another address of the listing on the web: a social network, a web shop."""

    listing = ParentalKey("directory.Listing", on_delete=models.CASCADE, related_name="links")
    label = models.CharField("nom", max_length=60)
    url = models.URLField("adresse", max_length=500)

    panels = [FieldPanel("label"), FieldPanel("url")]

    class Meta(Orderable.Meta):
        verbose_name = "lien"

    def __str__(self):
        return self.label


class HoursException(Orderable):
    """Days on which the usual hours do not hold; both days are included."""

    listing = ParentalKey("directory.Listing", on_delete=models.CASCADE, related_name="exceptions")
    start = models.DateField("du")
    end = models.DateField("au")
    hours = models.CharField(
        "horaires ces jours-là",
        max_length=200,
        blank=True,
        help_text="Vide : fermé. Sinon par exemple 10h-12h30.",
    )
    note = models.CharField("pourquoi", max_length=120, blank=True)

    panels = [FieldPanel("start"), FieldPanel("end"), FieldPanel("hours"), FieldPanel("note")]

    class Meta(Orderable.Meta):
        verbose_name = "exception"

    def __str__(self):
        return f"{self.start} – {self.end}"

    def clean(self):
        """The end cannot come before the start; hours may be typed in French."""
        if self.start and self.end and self.end < self.start:
            raise ValidationError({"end": "La fin vient avant le début."})
        self.hours = "" if self.hours.strip().lower() == "fermé" else typed_hours(self.hours)


class Stand(Orderable):
    """Somebody is at a market, or at another place, on some days; `market` is the child's own."""

    place = models.CharField(
        "autre lieu", max_length=120, blank=True, help_text="Si le marché n’a pas de fiche."
    )
    hours = models.CharField(
        "jours et heures",
        max_length=200,
        blank=True,
        help_text="Par exemple samedi 8h-12h30 ; vide : les heures du marché.",
    )
    note = models.CharField("précision", max_length=120, blank=True)

    panels = [FieldPanel("market"), FieldPanel("place"), FieldPanel("hours"), FieldPanel("note")]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self):
        return self.place or str(self.market)

    def clean(self):
        """A stand is somewhere; hours may be typed in French."""
        if not self.market and not self.place:
            raise ValidationError({"place": "Choisissez un marché ou écrivez le lieu."})
        self.hours = typed_hours(self.hours)


class MarketStand(Stand):
    """« Où me trouver » : a market, or another place, and the days."""

    listing = ParentalKey("directory.Listing", on_delete=models.CASCADE, related_name="stands")
    market = models.ForeignKey(
        "directory.Listing",
        verbose_name="marché",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stand_holders",
        limit_choices_to={"kind": "marche"},
    )

    objects = MarketStandQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = "présence sur un marché"
        verbose_name_plural = "où me trouver"
