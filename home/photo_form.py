"""The administration's form for a photo, which answers a damaged file with a sentence."""

from django.core.exceptions import ValidationError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class PhotoField(WagtailImageField):
    """Wagtail's own field lets through whatever a decoder raises, and the visitor gets a 500."""

    def to_python(self, data):
        """Raises `ValidationError` for what cannot be decoded."""
        try:
            return super().to_python(data)
        except ValidationError:
            raise
        except Exception as error:
            raise ValidationError("Cette image est abîmée, ou n’en est pas une.") from error


class PhotoForm(BaseImageForm):
    """The base of Wagtail's forms for photos (WAGTAILIMAGES_IMAGE_FORM_BASE)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Where several are sent at once, their words are asked for without the file.
        wagtails = self.fields.get("file")
        if wagtails:
            self.fields["file"] = PhotoField(
                label=wagtails.label, required=wagtails.required, widget=wagtails.widget
            )
