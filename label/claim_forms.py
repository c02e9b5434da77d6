"""The forms of a claim: a code, an address at the website, who asks, the charter, an answer."""

from django import forms

from directory.models import ListingManager
from home.public_form import OneLineField, ReplyAddressField


class CodeForm(forms.Form):
    """What was mailed."""

    code = OneLineField(
        label="Le code reçu",
        max_length=40,
        help_text="Huit chiffres, avec ou sans trait.",
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autocapitalize": "off"}
        ),
    )


class SiteAddressForm(forms.Form):
    """An address at the website's own domain."""

    adresse = ReplyAddressField(label="Une adresse de ce site")

    def __init__(self, *args, host="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["adresse"].help_text = f"Elle finit par @{host}. Elle n’est pas publiée."


class WhoForm(forms.Form):
    """Who asks, and by what a volunteer may recognise them."""

    name = OneLineField(
        label="Votre nom", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = OneLineField(
        label="Votre téléphone",
        max_length=30,
        required=False,
        help_text="Facultatif ; jamais publié.",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )
    message = forms.CharField(
        label="Un mot pour le bénévole",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, is_proven, **kwargs):
        super().__init__(*args, **kwargs)
        message = self.fields["message"]
        if is_proven:
            message.help_text = "Facultatif."
        else:
            message.required = True
            message.label = "Comment vous reconnaître"
            message.help_text = (
                "Par exemple : « appelez-moi au numéro de la fiche, après 14 h », ou « je suis au "
                "marché le samedi »."
            )


class AnswerForm(forms.Form):
    """The answer to a volunteer's question."""

    answer = forms.CharField(
        label="Votre réponse", max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )


class ObjectionForm(forms.Form):
    """Why somebody objects."""

    why = forms.CharField(
        label="Ce que nous devrions savoir",
        max_length=2000,
        required=False,
        help_text="Facultatif.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    email = ReplyAddressField(label="Son adresse e-mail")
    role = forms.ChoiceField(
        label="Son rôle",
        choices=[
            (ListingManager.Role.HELPER, "Aide : tient la fiche à jour"),
            (ListingManager.Role.OWNER, "Responsable : invite aussi et retire"),
        ],
        initial=ListingManager.Role.HELPER,
    )
