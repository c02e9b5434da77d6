"""A photo from somebody's phone, kept for them until they publish it or think better of it."""

from django import forms

from home.limits import too_often
from home.models import Photo
from home.photo_form import PhotoField
from home.pictures import picture
from home.public_form import OneLineField
from label.models import HeldPhoto

# Without HEIC in this list telephones send a JPEG.
ACCEPTED = "image/jpeg,image/png,image/webp,image/avif"
UPLOADS, PER_SECONDS = 40, 3600
# The number of the kept photo, and the tick to do without it.
HELD, WITHOUT = "gardee", "sans_photo"


def phone_photo(help_text, **kwargs):
    """The field; Photo keeps the pixels only (home/uploads.py)."""
    field = PhotoField(widget=forms.FileInput(attrs={"accept": ACCEPTED}), **kwargs)
    # Wagtail's own lists formats, which nobody with a telephone needs to know.
    field.help_text = help_text
    field.required = False
    return field


def words(**kwargs):
    """What the photo shows, for those who do not see it."""
    kwargs.setdefault("help_text", "Pour qui ne la voit pas : « deux bols bleus sur un établi ».")
    return OneLineField(label="Que montre la photo ?", max_length=250, required=False, **kwargs)


class WithPhoto(forms.Form):
    """A form with a photo, which is kept from the first sending on: no error loses it.

    `held` is what was chosen and is not published yet, `current` what stands there now; both may
    be None. Whoever fills it in is `user`, whose photo it is `title`.
    """

    needs_photo = False

    def __init__(self, *args, user, title, current=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.title, self.current = user, title, current
        self.held = self.find_held() if self.is_bound else None

    def find_held(self):
        """The kept photo that the form names, if it is this person's."""
        number = self.data.get(HELD, "")
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            return None
        mine = HeldPhoto.objects.kept().filter(user=self.user, pk=number)
        return mine.select_related("photo").first()

    @property
    def goes_without(self):
        """Whether the tick asks for no photo; a file that was chosen at the same time wins."""
        return self.is_bound and WITHOUT in self.data and not self.cleaned_data.get("photo")

    def clean(self):
        """Keep what was chosen, whatever else is wrong with the form."""
        said = super().clean()
        if said.get("photo"):
            self.hold(said["photo"])
        elif self.goes_without and self.held:
            self.held.drop()
            self.held = None
        if self.held and "alt" in said:
            describe(self.held.photo, said["alt"], self.title)
        if self.needs_photo and not self.held and "photo" not in self.errors:
            gone = HELD in self.data
            self.add_error("photo", NOT_HELD if gone else "Choisissez d’abord une photo.")
        return said

    def hold(self, file):
        """Keep a new photo in the place of the one that was kept."""
        if too_often("space-photos", self.user.pk, UPLOADS, PER_SECONDS):
            self.add_error("photo", "Beaucoup de photos d’un coup : réessayez dans une heure.")
            return
        photo = Photo(file=file, credit=self.title[:120], uploaded_by_user=self.user)
        photo.title = self.title[:255]
        photo.save()
        if self.held:
            self.held.drop()
        self.held = HeldPhoto.objects.create(user=self.user, photo=photo)

    @property
    def shown(self):
        """What is shown beside the field: the kept photo, else the one that stands there now."""
        photo = self.held.photo if self.held else self.current
        return picture(photo, "card") if photo else None

    @property
    def chosen(self):
        """What a page would have once this is published; None for no photo."""
        if self.held:
            return self.held.photo
        return None if self.goes_without else self.current

    def typed(self):
        """[(name, value)] to carry through a preview: what was typed, and the kept photo."""
        rows = [
            (name, value)
            for name, values in self.data.lists()
            if name not in NOT_TYPED
            for value in values
        ]
        if self.held:
            return [*rows, (HELD, self.held.pk)]
        return [*rows, (WITHOUT, "on")] if self.goes_without else rows


NOT_TYPED = {"csrfmiddlewaretoken", "faire", HELD, WITHOUT}
NOT_HELD = (
    "Cette photo n’attend plus : voyez si elle est déjà en ligne, ou choisissez-la de nouveau."
)


def describe(photo, alt, title):
    """Say what a photo shows; without a word it is « Photo : … »."""
    said = alt or f"Photo : {title}"[:250]
    if photo.alt_text != said:
        photo.title, photo.alt_text = (alt or title)[:255], said
        photo.save(update_fields=["title", "alt_text"])


class PhotoForm(WithPhoto):
    """One photo for a listing's page."""

    needs_photo = True

    photo = phone_photo(label="Une photo", help_text="De votre téléphone : 15 Mo au plus.")
    alt = words()
