"""« Proposer une adresse »: what a resident knows of a place that is missing."""

from django import forms

from directory.fact_fields import HoursTextField, PhoneField, PlaceForm, WebsiteField
from directory.importing.trades import Trades
from directory.listing_form import CategoryField
from directory.models import Category, ListingRequest
from home.public_form import OneLineField, PublicForm, ReplyAddressField, one_line


class ProposalForm(PlaceForm, PublicForm):
    """The name, the commune and an address to confirm; whatever else one happens to know."""

    KIND = ListingRequest.Kind.PROPOSE

    name = OneLineField(
        label="Comment cela s’appelle ?",
        max_length=120,
        help_text="Le nom sur l’enseigne, ou celui de la personne.",
    )
    category = CategoryField(
        Category.objects.all(),
        label="Qu’est-ce que c’est ?",
        required=False,
        empty_label="Je ne sais pas",
    )
    hide_address = forms.BooleanField(
        label="C’est chez quelqu’un : ne montrer que la commune", required=False
    )
    summary = OneLineField(
        label="Qu’y trouve-t-on ?",
        max_length=160,
        required=False,
        help_text="En une ligne : « fromages de chèvre, œufs, tisanes ».",
    )
    hours = HoursTextField(
        required=False,
        help_text="Comme vous le diriez : « vendredi 16h-19h, samedi 9h-12h30 ».",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    phone = PhoneField(required=False)
    website = WebsiteField(required=False)
    mine = forms.BooleanField(label="C’est mon activité", required=False)
    email = ReplyAddressField(
        help_text="Nous y envoyons un lien à ouvrir, puis notre réponse. Jamais publiée.",
    )
    message = forms.CharField(
        label="Un mot pour le bénévole",
        max_length=4000,
        required=False,
        help_text="Facultatif.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    field_order = [
        *("name", "category", "summary", "street", "commune", "laquelle", "hide_address"),
        *("hours", "phone", "website", "mine", "email", "message"),
    ]
    # Drawn as three groups: (title, what to say of it, names of fields).
    GROUPS = (
        ("Qui ?", "", ("name", "category", "summary")),
        ("Où ?", "", ("street", "commune", "laquelle", "hide_address")),
        (
            "Ce que vous savez d’autre",
            "Rien d’obligatoire ici.",
            ("hours", "phone", "website"),
        ),
        ("Et vous ?", "", ("mine", "email", "message")),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, purpose=self.KIND, **kwargs)

    def groups(self):
        """The groups with their bound fields."""
        for title, lead, names in self.GROUPS:
            yield {
                "title": title,
                "lead": lead,
                "fields": [self[name] for name in names if name in self.fields],
            }

    def facts(self):
        """What was said of the listing, ready to be kept as JSON."""
        said = self.cleaned_data
        commune, category = said["commune"], said["category"]
        facts = {name: said[name] for name in ("name", "summary", "street", "phone", "website")}
        return facts | {
            "category": category.slug if category else "",
            "commune": commune.pk,
            "postal_code": self.postal_code_for(commune),
            "hide_address": said["hide_address"],
            "hours": said["hours"].written,
            "hours_words": said["hours"].words,
        }

    @property
    def details(self):
        """What is said of the person, for the moderator."""
        return {"C’est son activité": "oui"} if self.cleaned_data["mine"] else {}


def prefilled(parameters):
    """What a search that found nothing tells: what one finds there or a name, and a commune."""
    wanted = one_line(parameters.get("q", "").replace("\x00", ""))[:120]
    where = one_line(parameters.get("ou", "").replace("\x00", ""))[:120]
    is_trade = wanted and Trades().find(wanted)[0]
    return {"summary" if is_trade else "name": wanted, "commune": where}
