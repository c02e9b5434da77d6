"""Where a listing's facts come from, and what must not come back."""

import re

from django.db import models

OSM_ELEMENT = re.compile(r"(node|way|relation)/\d+")
# The source of what came by /annuaire/proposer/.
PROPOSED = "Proposition d’un habitant"


class ListingSource(models.Model):
    """A file or service that told us of a listing, and what it said (architecture.md, 5)."""

    listing = models.ForeignKey(
        "directory.Listing", on_delete=models.CASCADE, related_name="sources"
    )
    source = models.CharField("source", max_length=120)
    source_id = models.CharField("identifiant dans la source", max_length=250)
    imported_values = models.JSONField(default=dict)
    licence = models.CharField("licence", max_length=40)
    retrieved_at = models.DateTimeField("relevé le")
    missing_since = models.DateTimeField("absent depuis", null=True, blank=True)

    class Meta:
        verbose_name = "source"
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="listing_source_once")
        ]

    def __str__(self):
        return f"{self.source} · {self.source_id}"

    @property
    def credit(self):
        """Whom its licence wants to be credited, "" where naming the source is enough."""
        is_osm = self.licence == "ODbL-1.0" and OSM_ELEMENT.fullmatch(self.source_id)
        return "© les contributeurs d’OpenStreetMap" if is_osm else ""

    @property
    def is_proposal(self):
        """Whether somebody proposed it by the site's own form."""
        return self.source == PROPOSED


class FormerSlug(models.Model):
    """An address that a listing had before it was renamed or merged; it redirects."""

    slug = models.SlugField(max_length=140, unique=True)
    listing = models.ForeignKey(
        "directory.Listing", on_delete=models.CASCADE, related_name="former_slugs"
    )

    def __str__(self):
        return self.slug


class Tombstone(models.Model):
    """A listing that was removed on request: its address answers 410, no import revives it."""

    slug = models.SlugField(max_length=140, unique=True)
    source_ids = models.JSONField(default=list, help_text="[[source, identifiant], …]")
    match_key = models.CharField(max_length=250, blank=True, db_index=True)
    removed_at = models.DateTimeField("retirée le", auto_now_add=True)
    reason = models.CharField("motif", max_length=250, blank=True)

    class Meta:
        verbose_name = "fiche retirée"
        verbose_name_plural = "fiches retirées"

    def __str__(self):
        return self.slug


class NotDuplicate(models.Model):
    """Two listings that look like one and are two: somebody said so; `first` is the older."""

    first = models.ForeignKey("directory.Listing", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("directory.Listing", on_delete=models.CASCADE, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="not_duplicate_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="not_duplicate_in_order"
            ),
        ]

    def __str__(self):
        return f"{self.first_id} ≠ {self.second_id}"

    @classmethod
    def note(cls, one, other):
        """Remember that these two listings are two."""
        first, second = sorted((one.pk, other.pk))
        cls.objects.get_or_create(first_id=first, second_id=second)
