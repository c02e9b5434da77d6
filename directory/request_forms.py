"""« Corriger · Gérer · Retirer »: what a visitor may ask about a listing."""

from django import forms

from home.public_form import PublicForm


class RequestForm(PublicForm):
    """What the three requests share. The e-mail is for the answer and never published."""

    KIND = TITLE = LEAD = BUTTON = ""

    message = forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    email = forms.EmailField(
        label="Votre adresse e-mail",
        max_length=254,
        required=False,
        help_text="Facultatif. Pour vous dire ce que nous en avons fait ; jamais publiée.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    @property
    def details(self):
        """The answers that have no column of their own, as label → text."""
        return {}


class CorrectionForm(RequestForm):
    """Something on the page is wrong."""

    KIND = "corriger"
    TITLE = "Corriger cette fiche"
    LEAD = "Dites-nous ce qui n’est pas exact. Un bénévole vérifie, puis publie."
    BUTTON = "Envoyer la correction"
    SUBJECTS = [
        ("horaires", "Les horaires"),
        ("adresse", "L’adresse ou le téléphone"),
        ("contenu", "Ce qu’on y trouve"),
        ("ferme", "C’est fermé pour de bon"),
    ]

    subjects = forms.MultipleChoiceField(
        label="Qu’est-ce qui n’est pas exact ?",
        choices=SUBJECTS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = ["subjects", "message", "email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["message"].label = "Ce qu’il faut écrire à la place"
        self.fields["message"].help_text = "Par exemple : « ouvert aussi le dimanche matin »."

    @property
    def details(self):
        """The ticked subjects."""
        names = dict(self.SUBJECTS)
        ticked = [names[code] for code in self.cleaned_data["subjects"]]
        return {"Concerne": ", ".join(ticked)} if ticked else {}


class ManageForm(RequestForm):
    """It is my business, and I would like to look after its page."""

    KIND = "gerer"
    TITLE = "Gérer cette fiche"
    LEAD = (
        "C’est votre activité ? Dites-nous qui vous êtes : un bénévole vous rappelle au contact "
        "déjà connu, puis tient la fiche à jour avec vous."
    )
    BUTTON = "Envoyer la demande"

    name = forms.CharField(
        label="Votre nom", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
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

    def clean_name(self):
        """On one line: no line end gets from here into anything that is sent."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_phone(self):
        """On one line, like the name."""
        return " ".join(self.cleaned_data["phone"].split())

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
