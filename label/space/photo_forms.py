"""A photo from somebody's phone."""

from django import forms

from home.models import Photo
from home.photo_form import PhotoField
from home.public_form import OneLineField

# Without HEIC in this list telephones send a JPEG.
ACCEPTED = "image/jpeg,image/png,image/webp,image/avif"


def phone_photo(help_text, **kwargs):
    """The field; Photo keeps the pixels only (home/uploads.py)."""
    field = PhotoField(widget=forms.FileInput(attrs={"accept": ACCEPTED}), **kwargs)
    # Wagtail's own lists formats, which nobody with a telephone needs to know.
    field.help_text = help_text
    return field


def words(**kwargs):
    """What the photo shows, for those who do not see it."""
    kwargs.setdefault("help_text", "Pour qui ne la voit pas : « deux bols bleus sur un établi ».")
    return OneLineField(label="Que montre la photo ?", max_length=250, required=False, **kwargs)


class PhotoForm(forms.Form):
    """One photo for a listing's page."""

    file = phone_photo(label="Une photo", help_text="De votre téléphone : 15 Mo au plus.")
    alt = words()

    def save(self, user, title):
        """Keep it; all its sizes are made here, so never within a transaction."""
        return keep(self.cleaned_data["file"], self.cleaned_data["alt"], user, title)


def keep(file, alt, user, title):
    """A `Photo` of an uploaded file."""
    return Photo.objects.create(
        title=(alt or title)[:255],
        alt_text=alt or f"Photo : {title}"[:250],
        credit=title[:120],
        file=file,
        uploaded_by_user=user,
    )
