"""Reading what somebody searches for from an address, and writing it back."""

from django import forms
from django.core.exceptions import ValidationError

from directory.models import Listing

DEFAULT_RADIUS_KM = 15
RADII_KM = [2, 5, 10, 15, 25, 50]


class BoxField(forms.CharField):
    """`west,south,east,north` in degrees, cleaned to a tuple of four floats."""

    def clean(self, value):
        """Raises `ValidationError` for anything that is no box the right way round."""
        value = super().clean(value)
        if not value:
            return None
        try:
            west, south, east, north = (float(part) for part in value.split(","))
        except ValueError:
            raise ValidationError("Cette partie de carte n’est pas comprise.") from None
        # Comparisons with NaN are false, so it falls through to the error as well.
        if -180 <= west <= east <= 180 and -90 <= south <= north <= 90:
            return west, south, east, north
        raise ValidationError("Cette partie de carte n’est pas comprise.")


def always(message):
    """The same sentence whatever is wrong with a number: Django's own don't say which one."""
    return dict.fromkeys(["invalid", "min_value", "max_value"], message)


NO_POINT = always("Cette position n’est pas comprise : indiquez votre commune.")
NO_RADIUS = always("Cette distance n’est pas comprise : un nombre de kilomètres, 500 au plus.")
NO_PAGE = always("Cette page n’existe pas : voici la première.")


class SearchForm(forms.Form):
    """The parameters of `/annuaire/`; names are fixed by the design's contract."""

    class Order:
        """The ways to sort."""

        DISTANCE, RELEVANCE, NAME = "distance", "pertinence", "nom"
        CHOICES = [
            (DISTANCE, "distance"),
            (RELEVANCE, "pertinence"),
            (NAME, "nom"),
        ]

    q = forms.CharField(label="Que cherchez-vous ?", max_length=200, required=False)
    ou = forms.CharField(label="Où ?", max_length=200, required=False)
    lat = forms.FloatField(min_value=-90, max_value=90, required=False, error_messages=NO_POINT)
    lng = forms.FloatField(min_value=-180, max_value=180, required=False, error_messages=NO_POINT)
    rayon = forms.FloatField(
        label="Distance", min_value=0.1, max_value=500, required=False, error_messages=NO_RADIUS
    )
    bbox = BoxField(max_length=100, required=False)
    categorie = forms.SlugField(label="Catégorie", max_length=60, required=False)
    etiquette = forms.CharField(label="Étiquette", max_length=60, required=False)
    genre = forms.ChoiceField(
        label="Genre", choices=[("", "Tous"), *Listing.Kind.choices], required=False
    )
    label = forms.BooleanField(label="Porte le label", required=False)
    ouvert = forms.BooleanField(label="Ouvert maintenant", required=False)
    tri = forms.ChoiceField(choices=[("", ""), *Order.CHOICES], required=False)
    vue = forms.CharField(max_length=20, required=False)
    page = forms.IntegerField(min_value=1, max_value=10_000, required=False, error_messages=NO_PAGE)

    def clean(self):
        """A point has two coordinates."""
        cleaned = super().clean()
        if (cleaned.get("lat") is None) != (cleaned.get("lng") is None) and not (
            {"lat", "lng"} & set(self.errors)
        ):
            self.add_error("lat", "Position incomplète : indiquez votre commune.")
        return cleaned

    @property
    def messages(self):
        """What is wrong, in sentences."""
        found = [message for errors in self.errors.values() for message in errors]
        return list(dict.fromkeys(found))
