"""What a reader takes along: the practical box, a file."""

from pathlib import PurePosixPath

from django.utils import timezone
from wagtail import blocks
from wagtail.documents import get_document_model

from directory.cards import today_of
from webmag.blocks.shelf import FileChooser, ListingChooser

MOST_ROWS = 12


class RowBlock(blocks.StructBlock):
    """One line: what, and what there is to know."""

    label = blocks.CharBlock(label="quoi", max_length=40)
    text = blocks.TextBlock(label="texte", max_length=400, rows=2)

    class Meta:
        icon = "list-ul"
        label = "Ligne"


class PracticalBlock(blocks.StructBlock):
    """« Y aller », « Bon à savoir »: what helps to get there."""

    title = blocks.CharBlock(label="titre", max_length=60, default="Y aller")
    listing = ListingChooser(
        label="fiche",
        required=False,
        help_text="Adresse, horaires et téléphone en viennent, toujours à jour.",
    )
    rows = blocks.ListBlock(
        RowBlock(), label="lignes", required=False, min_num=0, max_num=MOST_ROWS, default=[]
    )

    def get_context(self, value, parent_context=None):
        """Add the listing, while it is published, and how it is open today."""
        listing = value["listing"]
        shown = listing if listing is not None and listing.live else None
        context = super().get_context(value, parent_context)
        today = today_of(shown, timezone.now())[1] if shown else ""
        return context | {"listing": shown, "today": today}

    class Meta:
        icon = "info-circle"
        label = "Encadré pratique"
        description = "« Y aller », « Bon à savoir » : ce que le lecteur emporte."
        template = "blocks/practical.html"
        preview_value = {
            "title": "Y aller",
            "listing": None,
            "rows": [
                {"label": "Quand", "text": "Le mercredi et le samedi, de 16 h à 19 h"},
                {"label": "Comment", "text": "À vélo par la voie verte, 20 minutes de la gare"},
            ],
        }


class FileBlock(blocks.StructBlock):
    """A file to take away."""

    file = FileChooser(label="fichier")
    label = blocks.CharBlock(
        label="nom affiché", required=False, max_length=120, help_text="Vide : son titre."
    )

    def get_context(self, value, parent_context=None):
        """Add what the file is: « PDF »."""
        file = value["file"]
        kind = PurePosixPath(file.filename).suffix.lstrip(".").upper() if file else ""
        return super().get_context(value, parent_context) | {"kind": kind}

    def get_preview_value(self):
        """The newest file."""
        newest = get_document_model().objects.order_by("-pk").first()
        return self.normalize({"file": newest, "label": ""})

    class Meta:
        icon = "doc-full"
        label = "Fichier"
        description = "Un document à télécharger : son nom, sa sorte, son poids."
        template = "blocks/file.html"
