"""Photos with their credit, and the sizes that templates use."""

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Photo(AbstractImage):
    """A picture somebody took or drew, with who, under which licence, and what it shows."""

    credit = models.CharField("crédit", max_length=120, blank=True)
    licence = models.CharField(
        "licence", max_length=40, blank=True, help_text="Par exemple CC-BY-4.0."
    )
    alt_text = models.CharField(
        "texte de remplacement",
        max_length=250,
        blank=True,
        help_text="Ce que montre l’image, pour qui ne la voit pas.",
    )

    admin_form_fields = (*Image.admin_form_fields, "alt_text", "credit", "licence")

    class Meta(AbstractImage.Meta):
        verbose_name = "photo"
        verbose_name_plural = "photos"

    @property
    def default_alt_text(self):
        """What is read aloud where a template says nothing better."""
        return self.alt_text or self.title


class PhotoRendition(AbstractRendition):
    """One size of a photo."""

    image = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="home_rendition_unique"
            )
        ]
