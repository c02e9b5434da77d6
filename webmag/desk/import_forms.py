"""The form with which somebody brings an old blog along."""

from django import forms

from home.fetch import FetchError
from home.fetch.target import read
from webmag.importing.addresses import LONGEST
from webmag.models import BlogImport, Magazine

LARGEST_SENT = 300 * 1024 * 1024  # bytes
ONE_OF_BOTH = "Donnez le fichier d’export ou l’adresse du blog : l’un des deux."


class ImportForm(forms.ModelForm):
    """A file or an address, a magazine, what is to come along."""

    sent = forms.FileField(
        label="Le fichier d’export",
        required=False,
        allow_empty_file=True,
        help_text="Celui que donne WordPress (Outils › Exporter), Overblog ou Blogger : un .xml, "
        "ou une archive .zip. 300 Mo au plus.",
    )
    address = forms.CharField(
        label="Ou l’adresse du blog",
        required=False,
        max_length=LONGEST,
        help_text="Ses articles sont lus dans son flux, qui n’en garde parfois que les derniers : "
        "le fichier d’export est plus sûr.",
    )
    magazine = forms.ModelChoiceField(
        Magazine.objects.none(), label="Pour le magazine", empty_label=None
    )

    class Meta:
        model = BlogImport
        fields = [
            "sent", "address", "magazine", "with_canonical", "with_drafts", "with_pages", "again",
        ]  # fmt: skip
        labels = {
            "with_canonical": "L’ancien blog reste en ligne",
            "with_drafts": "Reprendre aussi les brouillons",
            "with_pages": "Reprendre aussi les pages fixes",
            "again": "Reprendre aussi ce que j’ai supprimé ici",
        }
        help_texts = {
            "with_canonical": "Les moteurs de recherche gardent alors l’ancienne adresse comme "
            "référence.",
            "with_pages": "« Qui suis-je », « Contact »…",
        }

    def __init__(self, *args, magazines, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["magazine"].queryset = magazines

    def clean_sent(self):
        """At most so large."""
        sent = self.cleaned_data["sent"]
        if sent and sent.size > LARGEST_SENT:
            raise forms.ValidationError("Ce fichier dépasse 300 Mo : demandez à qui tient le site.")
        return sent

    def clean_address(self):
        """With its scheme, which nobody types."""
        address = self.cleaned_data["address"].strip()
        if not address:
            return ""
        address = address if "://" in address else f"https://{address}"
        try:
            return read(address).url[:LONGEST]
        except FetchError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self):
        """One of both."""
        cleaned = super().clean()
        asked = bool(cleaned.get("sent")) + bool(cleaned.get("address"))
        if asked != 1 and not {"sent", "address"} & set(self.errors):
            raise forms.ValidationError(ONE_OF_BOTH)
        return cleaned
