"""The forms on a request's page: what the moderator checks and rewords."""

from django import forms

from directory.admin.communes import CommuneField
from directory.fact_fields import Hours, HoursTextField, PhoneField, WebsiteField, named
from directory.importing.trades import kind_of
from directory.listing_form import CategoryField
from directory.models import Category, Commune, Listing
from home.public_form import OneLineField


class PostalCodeField(OneLineField):
    """Five digits."""

    def __init__(self, **kwargs):
        super().__init__(label="Code postal", max_length=5, required=False, **kwargs)

    def clean(self, value):
        """Raises `ValidationError` for anything else."""
        code = super().clean(value)
        if code and not (len(code) == 5 and code.isascii() and code.isdigit()):
            raise forms.ValidationError("Un code postal a cinq chiffres.")
        return code


def fact_fields():
    """A fresh field for each thing that a correction may change."""
    return {
        "hours": HoursTextField(strict=True, required=False),
        "phone": PhoneField(required=False),
        "website": WebsiteField(required=False),
        "summary": OneLineField(label="En une ligne", max_length=160, required=False),
        "street": OneLineField(label="Numéro et rue", max_length=160, required=False),
        "commune": CommuneField(label="Commune"),
        "postal_code": PostalCodeField(),
        "trading_state": forms.ChoiceField(label="Activité", choices=Listing.Trading.choices),
    }


class ChangesForm(forms.Form):
    """The changes of a correction: which to take, each as it was sent or reworded."""

    def __init__(self, *args, case, **kwargs):
        initial = {field: shown(field, change) for field, change in case.changes.items()}
        super().__init__(*args, initial=initial, **kwargs)
        known = fact_fields()
        offered = [field for field in case.changes if field in known]
        self.fields["prendre"] = forms.MultipleChoiceField(
            choices=[(field, field) for field in offered], required=False
        )
        taken = self.data.getlist("prendre") if self.is_bound else offered
        for field in offered:
            # What is not taken may be anything.
            if field in taken or not self.is_bound:
                self.fields[field] = known[field]

    @property
    def values(self):
        """What to write into the listing, {field: value}."""
        taken = {field: self.cleaned_data[field] for field in self.cleaned_data["prendre"]}
        if "hours" in taken:
            taken["hours"] = taken["hours"].written
        if "commune" in taken:
            taken["commune"] = taken["commune"].pk
        return taken


def shown(field, change):
    """The new value as its input shows it."""
    if field == "hours":
        return Hours(written=change["after"] or "", words=change.get("words", ""))
    return change["after"]


class ProposalCheckForm(forms.ModelForm):
    """What a proposal says, to be put right before it is published; checked like in the editor."""

    category = CategoryField(
        Category.objects.all(), label="Métier", required=False, empty_label="Choisir…"
    )
    hours = HoursTextField(strict=True, required=False)
    phone = PhoneField(required=False)
    website = WebsiteField(required=False)
    commune = CommuneField(label="Commune")

    class Meta:
        model = Listing
        fields = [
            *("name", "kind", "category", "summary", "street", "postal_code", "commune"),
            *("hide_address", "hours", "hours_note", "phone", "website"),
        ]

    def __init__(self, *args, case, **kwargs):
        self.facts = case.facts
        super().__init__(*args, instance=case.listing or proposed(case.facts), **kwargs)
        self.initial["hours"] = Hours(written=self.instance.hours)
        if self.instance.commune:
            self.initial["commune"] = named(self.instance.commune)

    def clean_hours(self):
        """As the listing keeps them."""
        return self.cleaned_data["hours"].written

    @property
    def has_moved(self):
        """Whether the address is another one than the point was looked up for."""
        return any(
            getattr(self.instance, field) != self.facts.get(key, "")
            for field, key in (("street", "street"), ("commune_id", "commune"))
        )


def proposed(facts):
    """An unsaved listing with what a proposal says."""
    category = Category.objects.filter(slug=facts.get("category", "")).first()
    words = facts.get("hours_words", "")
    plain = ("name", "summary", "street", "postal_code", "phone", "website", "hours")
    return Listing(
        **{name: facts.get(name, "") for name in plain},
        kind=kind_of(category) if category else Listing.Kind.OTHER,
        category=category,
        commune=Commune.objects.filter(pk=facts.get("commune", "")).first(),
        hide_address=facts.get("hide_address", False),
        hours_note=" ".join(words.split())[:200],
        lat=facts.get("lat"),
        lng=facts.get("lng"),
    )
