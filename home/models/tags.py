"""One tag model for listings, articles and collected posts alike."""

import unicodedata

from django.db import models
from taggit.models import TagBase


def clean_tag(text):
    """Return a tag as it is kept: without `#`, one case, single spaces, at most 60 signs.

    >>> clean_tag(" #Mis78 ")
    'mis78'
    """
    folded = unicodedata.normalize("NFKC", text).replace("\x00", "").casefold()
    return " ".join(folded.replace("#", " ").split())[:60].strip()


class Tag(TagBase):
    """A word that joins things: « mis78 », « chèvre frais », « noël »."""

    synonyms = models.CharField(
        "autres mots",
        max_length=250,
        blank=True,
        help_text="Séparés par des virgules ; la recherche les comprend aussi.",
    )

    class Meta:
        verbose_name = "étiquette"
        verbose_name_plural = "étiquettes"

    def save(self, *args, **kwargs):
        """Keep the name in its one form, however it was typed."""
        self.name = clean_tag(self.name)
        super().save(*args, **kwargs)
