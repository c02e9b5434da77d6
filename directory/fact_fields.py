"""Fields for what people know of a place, in their own words; used by visitors and moderators.

What can be put right is put right; the rest is asked for again in plain French.
"""

from dataclasses import dataclass

from django import forms

from directory import hours
from directory.importing.contacts import clean_phone, clean_website
from directory.models import Commune
from directory.places.names import EXACT, FUZZY, POSTAL, Wish
from home.models import SiteSettings
from home.public_form import OneLineField
from home.versions import remembered

LIKELY = 5
SURE = 85  # of 100


@dataclass(frozen=True)
class Hours:
    """Hours as they are kept (`written`), or the words that were not understood (`words`)."""

    written: str = ""
    words: str = ""


class PhoneField(OneLineField):
    """A telephone number, in pairs of digits."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "tel"}))
        super().__init__(label="Téléphone", max_length=60, **kwargs)

    def clean(self, value):
        """Raises `ValidationError` for what is no number."""
        typed = super().clean(value)
        number, _ = clean_phone(typed)
        if typed and not number:
            raise forms.ValidationError("Un numéro s’écrit en dix chiffres : 01 99 00 12 34.")
        return number


class WebsiteField(OneLineField):
    """A web address; `https://` may be left out."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "url"}))
        super().__init__(label="Site internet", max_length=500, **kwargs)

    def clean(self, value):
        """Raises `ValidationError` for what is no address."""
        typed = super().clean(value)
        address, _ = clean_website(typed)
        if typed and not address:
            raise forms.ValidationError("Une adresse s’écrit comme www.la-ferme.fr.")
        return address


class HoursTextField(forms.CharField):
    """Hours in French, one day or group of days a line; cleans to `Hours`.

    `strict` refuses what is not understood, as the editor would; otherwise the words are kept.
    """

    def __init__(self, strict=False, **kwargs):
        self.strict = strict
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(label="Horaires", max_length=500, **kwargs)

    def prepare_value(self, value):
        """Show stored hours as a person would write them."""
        if isinstance(value, Hours):
            return as_lines(value.written) if value.written else value.words
        return value

    def clean(self, value):
        """Raises `ValidationError` naming what is not understood, if strict."""
        typed = super().clean(value).strip()
        try:
            lines = (line.strip(" ;") for line in typed.splitlines())
            return Hours(written=hours.from_french(" ; ".join(filter(None, lines))))
        except hours.HoursError as error:
            if self.strict:
                raise forms.ValidationError(str(error)) from None
            return Hours(words=typed)


def as_lines(written):
    """Stored hours in French, a rule a line; « Horaires » reads the same back from it."""
    return hours.describe(written).replace("\xa0", " ").replace(" ; ", "\n")


def communes_meant(text):
    """The communes that a text may mean: one when there is no doubt, at most five.

    « Rambouillet », « Rambouillet (78120) » and « 78120 Rambouillet » leave none; homonyms and
    postal codes of several communes do, the territory's first.
    """
    codes = remembered("settings", SiteSettings.load).insee_codes
    found = Commune.objects.matches(text[:120], codes, 20)
    if not found:
        return []
    how, score = found[0][1].how, found[0][1].score
    if how == FUZZY and score >= SURE:
        return [found[0][0]]
    if how == EXACT:
        return [commune for commune, match in found if match.how == EXACT][:LIKELY]
    most = 12 if how == POSTAL else LIKELY
    return [commune for commune, _ in found[:most]]


def named(commune):
    """« Rambouillet (78120) »."""
    code = commune.main_postal_code
    return f"{commune.name} ({code})" if code else commune.label


class PlaceForm(forms.Form):
    """Street and commune; where several communes may be meant, it asks which (`laquelle`)."""

    street = OneLineField(
        label="Numéro et rue, ou lieu-dit",
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-suggest": "adresse"}),
    )
    commune = OneLineField(
        label="Commune",
        max_length=120,
        help_text="Son nom ou son code postal.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-suggest": "commune"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.meant = []
        typed = self.data.get(self.add_prefix("commune"), "") if self.is_bound else ""
        if "commune" in self.fields and isinstance(typed, str) and typed.strip():
            self.meant = communes_meant(typed)
        if len(self.meant) > 1:
            self._ask_which()

    def _ask_which(self):
        which = forms.ChoiceField(
            label="Laquelle ?",
            choices=[(commune.pk, named(commune)) for commune in self.meant],
            widget=forms.RadioSelect,
            required=False,
        )
        self.fields["laquelle"] = which
        names = list(self.fields)
        names.insert(names.index("commune") + 1, names.pop())
        self.order_fields(names)

    def clean_commune(self):
        """The commune; which of several is decided in `clean`."""
        typed = self.cleaned_data["commune"]
        if not typed:
            return None
        if not self.meant:
            raise forms.ValidationError(
                "Nous ne trouvons pas cette commune : vérifiez son nom, ou tapez son code postal."
            )
        return self.meant[0]

    def clean(self):
        """Take the commune that was chosen among several."""
        cleaned = super().clean() or self.cleaned_data
        if len(self.meant) > 1 and cleaned.get("commune"):
            chosen = {commune.pk: commune for commune in self.meant}.get(cleaned.get("laquelle"))
            if chosen:
                cleaned["commune"] = chosen
            elif "laquelle" not in self.errors:
                self.add_error("laquelle", "Plusieurs communes sont possibles : laquelle ?")
        return cleaned

    def postal_code_for(self, commune, before=""):
        """The postal code typed if it is the commune’s, else the one it had, else its first."""
        codes = commune.postal_codes.split()
        typed = Wish.read(self.data.get(self.add_prefix("commune"), "")).postal_code
        return next((code for code in (typed, before) if code in codes), commune.main_postal_code)
