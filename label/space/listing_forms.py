"""What a producer types about a listing, in their own words."""

from django import forms
from django.core.exceptions import ValidationError

from directory.fact_fields import HoursTextField, PhoneField, WebsiteField, as_lines
from directory.models import HoursException, Listing, MarketStand
from home.models.tags import clean_tag
from home.public_form import OneLineField, one_line

MOST_PRODUCTS = 40
MOST_ROWS = 30
TRADING = [
    (Listing.Trading.OPEN, "En activité"),
    (Listing.Trading.PAUSED, "Fermé pour le moment"),
    (Listing.Trading.CLOSED, "Fermé définitivement"),
]


class ListingPartForm(forms.Form):
    """One part of a listing: shown as it stands, put back into it by `apply`."""

    def __init__(self, *args, listing, **kwargs):
        self.listing = listing
        kwargs.setdefault("initial", self.as_it_stands(listing))
        super().__init__(*args, **kwargs)

    def as_it_stands(self, listing):
        """What the fields show at first."""
        return {name: getattr(listing, name) for name in self.base_fields}

    def apply(self, listing):
        """Set what was typed, in memory."""
        for name, value in self.cleaned_data.items():
            setattr(listing, name, value)


class AboutForm(ListingPartForm):
    """What it is, what one finds there, how to reach it."""

    summary = OneLineField(
        label="Ce qu’on trouve chez vous, en une ligne",
        max_length=160,
        required=False,
        help_text="Par exemple : « bols, assiettes et tasses en grès, cuits au bois ».",
    )
    products = forms.CharField(
        label="Ce que vous vendez",
        required=False,
        max_length=2000,
        help_text="Un produit par ligne : « œufs », « fromage de chèvre », « tasses ».",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    description = forms.CharField(
        label="Votre histoire, en quelques mots",
        max_length=8000,
        required=False,
        help_text="Ce que vous aimeriez dire à quelqu’un qui pousse la porte.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    phone = PhoneField(required=False)
    email = forms.EmailField(
        label="E-mail montré aux visiteurs",
        required=False,
        max_length=254,
        help_text="Vide : aucun n’est montré.",
    )
    website = WebsiteField(required=False)

    def as_it_stands(self, listing):
        """Products a line each."""
        fields = ("summary", "description", "phone", "email", "website")
        shown = {name: getattr(listing, name) for name in fields}
        return shown | {"products": "\n".join(sorted(tag.name for tag in listing.products.all()))}

    def clean_products(self):
        """The products as tags; raises `ValidationError` for too many."""
        typed = self.cleaned_data["products"].replace(",", "\n").splitlines()
        found = list(dict.fromkeys(filter(None, map(clean_tag, typed))))
        if len(found) > MOST_PRODUCTS:
            raise ValidationError(f"{MOST_PRODUCTS} produits au plus : gardez les principaux.")
        return found

    def apply(self, listing):
        """Products are tags of the listing."""
        typed = dict(self.cleaned_data)
        listing.products.set(typed.pop("products"))
        for name, value in typed.items():
            setattr(listing, name, value)


class HoursForm(ListingPartForm):
    """When it is open, usually; whether it trades at all."""

    hours = HoursTextField(
        strict=True,
        required=False,
        help_text="Comme vous le diriez, un jour ou un groupe de jours par ligne : "
        "« mardi au vendredi 9h-12h30, 15h-19h », « samedi 9h-13h ».",
    )
    hours_note = OneLineField(
        label="Une précision",
        max_length=200,
        required=False,
        help_text="Par exemple : « sonnez au portail ».",
    )
    season_note = OneLineField(
        label="Une saison",
        max_length=200,
        required=False,
        help_text="Par exemple : « fraises de mai à juillet ».",
    )
    trading_state = forms.ChoiceField(label="Votre activité", choices=TRADING)
    trading_note = OneLineField(
        label="Un mot sur la fermeture",
        max_length=200,
        required=False,
        help_text="Seulement si c’est fermé : « travaux jusqu’en mars ».",
    )

    def as_it_stands(self, listing):
        """Hours in French."""
        return super().as_it_stands(listing) | {"hours": as_lines(listing.hours)}

    def apply(self, listing):
        """Hours nobody touched stay as they are written."""
        typed = dict(self.cleaned_data)
        said = typed.pop("hours")
        if one_line(self.data.get("hours", "")) != one_line(self.initial["hours"]):
            listing.hours = said.written
        for name, value in typed.items():
            setattr(listing, name, value)


class RowForm(forms.Form):
    """One row of several; a new one that is left empty is none."""

    use_required_attribute = False

    @property
    def is_left_empty(self):
        """Whether nobody typed anything into a new row."""
        return self.empty_permitted and not self.has_changed()

    def row(self, kind, said):
        """The row as it is kept; hours nobody touched stay as they are written."""
        made = kind(**{name: said[name] for name in self.base_fields})
        if "hours" not in self.changed_data:
            made.hours = self.initial.get("written", made.hours)
        try:
            made.clean()
        except ValidationError as error:
            self.add_error(None, error)
        return made


class ClosureForm(RowForm):
    """Days on which the usual hours do not hold."""

    start = forms.DateField(label="Du", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    end = forms.DateField(
        label="Au", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    hours = OneLineField(
        label="Horaires ces jours-là", max_length=200, required=False, help_text="Vide : fermé."
    )
    note = OneLineField(label="Pourquoi", max_length=120, required=False)

    def clean(self):
        """Make the row; what it refuses is told beside its field."""
        said = super().clean()
        if self.is_left_empty or self.errors:
            return said
        said["end"] = said["end"] or said["start"]
        self.made = self.row(HoursException, said)
        return said


class StandForm(RowForm):
    """Where to meet them: a market that we know, or another place."""

    market = forms.ModelChoiceField(
        Listing.objects.none(), label="Marché", required=False, empty_label="Un autre lieu"
    )
    place = OneLineField(label="Autre lieu", max_length=120, required=False)
    hours = OneLineField(
        label="Jours et heures",
        max_length=200,
        required=False,
        help_text="« samedi 8h-12h30 » ; vide : les heures du marché.",
    )
    note = OneLineField(label="Précision", max_length=120, required=False)

    def __init__(self, *args, markets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["market"].queryset = markets

    def clean(self):
        """Make the row; what it refuses is told beside its field."""
        said = super().clean()
        if self.is_left_empty or self.errors:
            return said
        self.made = self.row(MarketStand, said)
        return said


class BaseRows(forms.BaseFormSet):
    """Rows that may be taken away by a tick."""

    def add_fields(self, form, index):
        """« Retirer » for those that are there."""
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Retirer"

    def made(self):
        """What was typed, rows taken away and empty rows left out."""
        kept = (form for form in self.forms if not form.cleaned_data.get("DELETE"))
        return [form.made for form in kept if hasattr(form, "made")]


def rows_of(form, extra):
    """A formset of such rows."""
    return forms.formset_factory(
        form,
        formset=BaseRows,
        extra=extra,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
        can_delete=True,
        can_delete_extra=False,
    )


Closures, Stands = rows_of(ClosureForm, 2), rows_of(StandForm, 1)
