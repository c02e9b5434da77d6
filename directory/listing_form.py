"""The form of a listing in the administration: what Wagtail's own form cannot ask nicely."""

from django import forms
from django.forms.models import ModelChoiceIterator
from wagtail.admin.forms import WagtailAdminModelForm

from directory.admin.communes import CommuneField, CommunesField
from directory.admin.point import PointField, as_text
from directory.hours.field import HoursField
from directory.models import Category
from directory.models.listings import PAYMENT_MEANS


class TradesByFamily(ModelChoiceIterator):
    """The choices of a category field, in one group for each family."""

    def __iter__(self):
        """Yield the empty choice, then (family, [the family itself, its trades])."""
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        groups = {}
        categories = self.queryset.select_related("parent").order_by("order", "name")
        for category in categories:
            groups.setdefault(category.parent or category, []).append(category)
        for family, members in groups.items():
            yield family.name, [self.choice(category) for category in members]


class CategoryField(forms.ModelChoiceField):
    """One trade, looked up in its family."""

    iterator = TradesByFamily

    def label_from_instance(self, category):
        """A family can be chosen too, where none of its trades fits."""
        return category.name if category.parent_id else f"{category.name} (en général)"


class CategoriesField(forms.ModelMultipleChoiceField):
    """Further trades, by family."""

    iterator = TradesByFamily
    widget = forms.CheckboxSelectMultiple
    label_from_instance = CategoryField.label_from_instance


class ListingForm(WagtailAdminModelForm):
    """Communes by typing, hours day by day, the point on a map, payment as boxes to tick."""

    category = CategoryField(
        Category.objects.all(), label="Métier", required=False, empty_label="Choisir…"
    )
    more_categories = CategoriesField(
        Category.objects.all(), label="Autres métiers", required=False
    )
    commune = CommuneField(label="Commune", required=False)
    serves = CommunesField(
        label="Livre ou passe dans", required=False, help_text="Une commune par ligne."
    )
    location = PointField(
        label="Point sur la carte",
        required=False,
        help_text="Déplacez l’épingle ou cliquez sur la carte. Sans point, la fiche est montrée "
        "au centre de sa commune.",
    )
    hours = HoursField(label="Horaires", max_length=500)
    payment = forms.MultipleChoiceField(
        label="Moyens de paiement",
        choices=list(PAYMENT_MEANS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "location" in self.fields:
            listing = self.instance
            self.initial["location"] = as_text(listing.lat, listing.lng)
            if listing.commune:
                self.fields["location"].widget.around = (listing.commune.lat, listing.commune.lng)

    def clean(self):
        """Take the point over, and the postal code of a commune that has only one."""
        cleaned = super().clean()
        if "location" in cleaned:
            self.instance.lat, self.instance.lng = cleaned["location"] or (None, None)
        commune = cleaned.get("commune")
        if commune and "postal_code" in cleaned and not cleaned["postal_code"]:
            codes = commune.postal_codes.split()
            cleaned["postal_code"] = codes[0] if len(codes) == 1 else ""
        return cleaned
