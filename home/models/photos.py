"""Photos with their credit, and the sizes that templates use."""

from pathlib import PurePosixPath
from secrets import token_hex

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from home.uploads import clean_photo


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

    def clean(self):
        """Tell in the form what is wrong with a new file."""
        super().clean()
        try:
            self.keep_pixels_only()
        except ValidationError as error:
            raise ValidationError({"file": error.messages}) from error

    def save(self, *args, **kwargs):
        """Keep nothing of a new file but its pixels; raises `ValidationError` if it has none."""
        self.keep_pixels_only()
        super().save(*args, **kwargs)

    def keep_pixels_only(self):
        """Replace a file that was just given by its pixels (home/uploads.py), once."""
        is_new = self.file and not self.file._committed
        if is_new and not getattr(self.file.file, "is_clean_photo", False):
            cleaned = clean_photo(self.file.file)
            cleaned.is_clean_photo = True
            self.file = cleaned
            self._set_image_file_metadata()

    def get_upload_to(self, filename):
        """A name that tells nothing and that nobody guesses."""
        return f"original_images/{token_hex(8)}{PurePosixPath(filename).suffix.lower()}"

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
