"""« Corriger · Gérer · Retirer »: what a visitor may ask about a listing."""

from django import forms

from directory.fact_fields import HoursTextField, PhoneField, PlaceForm, WebsiteField
from directory.models import Listing
from directory.moderation import changes
from home.public_form import OneLineField, PublicForm, ReplyAddressField, one_line


class RequestForm(PublicForm):
    """What the three requests share. The e-mail is for the answer and never published."""

    KIND = TITLE = LEAD = BUTTON = ""

    message = forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    email = ReplyAddressField(
        required=False,
        help_text="Facultatif. Pour vous dire ce que nous en avons fait ; jamais publiée.",
    )

    def __init__(self, *args, listing, **kwargs):
        self.listing = listing
        super().__init__(*args, purpose=f"{self.KIND}:{listing.pk}", **kwargs)

    @property
    def details(self):
        """The answers that have no column of their own, as label → text."""
        return {}

    @property
    def changes(self):
        """What would change on the listing, by field."""
        return {}


class CorrectionForm(PlaceForm, RequestForm):
    """Something on the page is wrong: each field says what the page says today."""

    KIND = "corriger"
    TITLE = "Corriger cette fiche"
    LEAD = "Changez ce qui n’est pas exact et laissez le reste. Un bénévole compare, puis publie."
    BUTTON = "Envoyer la correction"

    hours = HoursTextField(
        required=False,
        help_text="Un jour ou un groupe de jours par ligne : « samedi 9h-12h30 ».",
    )
    phone = PhoneField(required=False)
    website = WebsiteField(required=False)
    summary = OneLineField(label="Ce qu’on y trouve, en une ligne", max_length=160, required=False)
    closed = forms.BooleanField(label="C’est fermé pour de bon", required=False)

    field_order = [
        *("hours", "phone", "website", "summary", "street", "commune", "laquelle"),
        *("closed", "message", "email"),
    ]

    def __init__(self, *args, listing, **kwargs):
        kwargs["initial"] = changes.as_told(listing) | (kwargs.get("initial") or {})
        super().__init__(*args, listing=listing, **kwargs)
        message = self.fields["message"]
        message.label = "Autre chose, ou une précision"
        message.required = False
        message.widget.attrs["rows"] = 3
        self.fields["commune"].required = False
        if not listing.address_is_public:
            # What the page hides is not told by its form.
            del self.fields["street"]

    def clean(self):
        """Work out what would change; raises `ValidationError` when nothing would."""
        cleaned = super().clean()
        self.found = {} if self.errors else self._changes(cleaned)
        if not self.errors and not self.found and not cleaned.get("message", "").strip():
            raise forms.ValidationError(
                "Tout est comme aujourd’hui : changez un champ, ou dites ce qui n’est pas exact."
            )
        return cleaned

    @property
    def changes(self):
        """{field: {"before": …, "after": …}}, as `ListingRequest.changes` keeps it."""
        return self.found

    def _changes(self, said):
        listing = self.listing
        told = {
            "phone": said["phone"],
            "website": said["website"],
            "summary": said["summary"],
            "street": said.get("street", listing.street),
            "trading_state": self._trading(said["closed"]),
        }
        commune = said["commune"]
        if commune and self._was_edited("commune"):
            told["commune"] = commune.pk
            told["postal_code"] = self.postal_code_for(commune, listing.postal_code)
        if self._was_edited("hours"):
            told["hours"] = said["hours"]
        return changes.between(listing, told)

    def _was_edited(self, name):
        return one_line(self.data.get(name, "")) != one_line(self.initial[name])

    def _trading(self, closed):
        if closed == self.listing.closed_for_good:
            return self.listing.trading_state
        return Listing.Trading.CLOSED if closed else Listing.Trading.OPEN


class ManageForm(RequestForm):
    """It is my business, and I would like to look after its page."""

    KIND = "gerer"
    TITLE = "Gérer cette fiche"
    LEAD = (
        "C’est votre activité ? Dites-nous qui vous êtes : un bénévole vous rappelle au contact "
        "déjà connu, puis tient la fiche à jour avec vous."
    )
    BUTTON = "Envoyer la demande"

    name = OneLineField(
        label="Votre nom", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = OneLineField(
        label="Votre téléphone",
        max_length=30,
        required=False,
        help_text="Facultatif.",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    field_order = ["name", "email", "phone", "message"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["message"].label = "Votre rôle, et comment vous reconnaître"
        self.fields["message"].help_text = "Par exemple : « je suis au marché le samedi »."
        self.fields["email"].required = True
        self.fields["email"].help_text = "Pour vous répondre ; jamais publiée."

    @property
    def details(self):
        """The telephone number."""
        phone = self.cleaned_data["phone"]
        return {"Téléphone": phone} if phone else {}


class RemovalForm(RequestForm):
    """This page should go."""

    KIND = "retirer"
    TITLE = "Retirer cette fiche"
    LEAD = (
        "Une activité qui a fermé garde sa fiche, qui le dit. Mais si c’est la vôtre et que vous "
        "ne voulez pas y être, elle disparaît et ne revient pas."
    )
    BUTTON = "Demander le retrait"

    field_order = ["message", "email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["message"].label = "Pourquoi, et qui vous êtes"
        self.fields["email"].required = True
        self.fields["email"].help_text = "Pour vous répondre ; jamais publiée."


class PrecisionForm(PublicForm):
    """The answer to a moderator's question."""

    message = forms.CharField(
        label="Votre réponse", max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
