"""Publications collected elsewhere: each once, wherever and however often it was seen."""

from dataclasses import asdict

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, F, Q, When
from django.utils import timezone
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from directory.models import Listing
from home.models import ContentVersion, Photo, Tag
from home.pictures import picture
from label.models.memberships import Membership
from label.models.sources import Source

# What an author may change: the fields that a collected entry fills.
WORDS = (
    *("url", "network", "author", "author_url", "title", "html", "licence"),
    *("photo_url", "photo_alt", "digest", "original"),
)


class ItemTag(ItemBase):
    """A hashtag of a collected publication."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="collected_items")
    content_object = models.ForeignKey(
        "label.Item", on_delete=models.CASCADE, related_name="tag_items"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="item_tag_once")
        ]


class ItemQuerySet(models.QuerySet):
    """Words to ask for collected publications with."""

    def public(self):
        """What visitors may see: published, and nobody else's than a published listing's."""
        return self.filter(Q(listing=None) | Q(listing__live=True), state=Item.State.PUBLISHED)

    def of_listing(self, listing):
        """Of whoever keeps a listing."""
        return self.filter(listing=listing)

    def of_member(self, member):
        """Of a member."""
        theirs = Q(membership=member)
        return self.filter(theirs | Q(listing=member.listing_id) if member.listing_id else theirs)

    def tagged(self, names):
        """With any of these tags."""
        items = ItemTag.objects.filter(tag__name__in=names)
        return self.filter(pk__in=items.values("content_object"))

    def waiting(self):
        """For a volunteer, by `since`: new ones, changed ones, those hidden on somebody's word."""
        changed = Q(state=Item.State.PUBLISHED, changed_at__isnull=False)
        said = Q(state=Item.State.HIDDEN, taken_down_at__isnull=False, decided_at=None)
        since = Case(
            When(changed, then=F("changed_at")),
            When(said, then=F("taken_down_at")),
            default=F("seen_at"),
        )
        found = self.filter(Q(state=Item.State.WAITING) | changed | said)
        return found.annotate(since=since).order_by("since", "pk")

    def newest_first(self):
        """As they were written."""
        return self.order_by("-published_at", "-pk")


class Item(models.Model):
    """One publication, by its canonical address (architecture.md, 7).

    What stands here is what visitors see. What its author changed since a volunteer said yes waits
    in `change` until somebody read it.
    """

    class State(models.TextChoices):
        WAITING = "en-attente", "En attente"
        PUBLISHED = "publiee", "Publiée"
        REFUSED = "refusee", "Refusée"
        HIDDEN = "retiree", "Retirée"
        GONE = "disparue", "Supprimée par son auteur"

    canonical_uri = models.CharField(max_length=500, unique=True, editable=False)
    url = models.URLField("adresse", max_length=500)
    network = models.CharField("réseau", max_length=40, blank=True)
    author = models.CharField("auteur", max_length=120, blank=True)
    author_url = models.URLField("page de l’auteur", max_length=500, blank=True)
    title = models.CharField("titre", max_length=300, blank=True)
    # Cleaned when it was collected (label/collecting/cleaning.py), and again when it is shown.
    html = models.TextField("texte", blank=True)
    licence = models.CharField("licence", max_length=40, blank=True)
    photo = models.ForeignKey(
        Photo,
        verbose_name="photo",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    photo_url = models.URLField(max_length=1000, blank=True, editable=False)
    photo_alt = models.CharField(max_length=500, blank=True, editable=False)
    # When to go and fetch it; None when it is there, or given up.
    photo_due_at = models.DateTimeField(null=True, blank=True, db_index=True, editable=False)
    # Where the photo came from: with another address, another one is fetched.
    photo_from = models.URLField(max_length=1000, blank=True, editable=False)
    photo_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    pictures = models.JSONField(default=dict, editable=False)
    tags = TaggableManager(verbose_name="mots-dièse", through=ItemTag, blank=True)
    listing = models.ForeignKey(
        Listing,
        verbose_name="fiche",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="items",
    )
    membership = models.ForeignKey(
        Membership,
        verbose_name="membre",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="items",
    )
    state = models.CharField("état", max_length=12, choices=State, default=State.WAITING)
    # When its author published it, and when we first and last saw it there.
    published_at = models.DateTimeField("écrite le", default=timezone.now, db_index=True)
    seen_at = models.DateTimeField("vue le", default=timezone.now, editable=False)
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When its original is asked again whether it is still there; None: never.
    recheck_at = models.DateTimeField(null=True, blank=True, db_index=True, editable=False)
    # Hash of what is shown, and what its author made of it since: fields by name, tags, digest.
    digest = models.CharField(max_length=64, editable=False)
    change = models.JSONField(default=dict, blank=True, editable=False)
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # As it came, for the record: nobody but a volunteer sees it.
    original = models.TextField(blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When somebody said that it is theirs and must go; what they wrote is in `reason`.
    taken_down_at = models.DateTimeField(null=True, blank=True, editable=False)
    reason = models.TextField("motif", max_length=2000, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "publication collectée"
        verbose_name_plural = "publications collectées"
        ordering = ["-published_at", "-pk"]

    def __str__(self):
        return self.title or self.url

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Keep the photo and its sizes in step, and renew the pages."""
        if not kwargs.get("update_fields") and self.photo_url != self.photo_from:
            self.fetch_another_photo()
        if "photo" in (kwargs.get("update_fields") or ["photo"]):
            sizes = ("card", "large") if self.photo else ()
            self.pictures = {size: asdict(picture(self.photo, size)) for size in sizes}
            if kwargs.get("update_fields"):
                kwargs["update_fields"] = {*kwargs["update_fields"], "pictures"}
        unseen = self._state.adding and self.state == self.State.WAITING
        super().save(*args, **kwargs)
        if not unseen:
            ContentVersion.bump()

    def fetch_another_photo(self):
        """Its address is another one: what hangs there goes, unless it came with the address."""
        self.photo = self.photo if self._state.adding else None
        self.photo_from, self.photo_tries = self.photo_url, 0
        self.photo_due_at = timezone.now() if self.photo_url and not self.photo else None

    def say(self, words):
        """Show these words: fields by name, and `tags`; does not save the fields."""
        for name in WORDS:
            setattr(self, name, words.get(name, getattr(self, name)))
        self.change, self.changed_at = {}, None
        if "tags" in words:
            self.tags.set(words["tags"])

    @property
    def is_held(self):
        """Whether it is of use here: to be read by a volunteer, or by everybody."""
        return self.state in (self.State.WAITING, self.State.PUBLISHED)

    @property
    def is_emptied(self):
        """Whether only its address is left (label/collecting/leftovers.py)."""
        return not self.digest

    @property
    def is_published(self):
        """Whether it stands on the site."""
        return self.state == self.State.PUBLISHED


class Sighting(models.Model):
    """One place where a publication was seen: a source, by the name that it has there."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="sightings")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="sightings")
    guid = models.CharField(max_length=500)
    url = models.URLField(max_length=500)
    digest = models.CharField(max_length=64)
    seen_at = models.DateTimeField(default=timezone.now)
    # Whether it stood in what the source said last.
    listed = models.BooleanField(default=True)

    class Meta:
        verbose_name = "vue"
        constraints = [models.UniqueConstraint(fields=["source", "guid"], name="sighting_once")]

    def __str__(self):
        return self.url


class RefusalQuerySet(models.QuerySet):
    """Words to ask for refusals with."""

    def of(self, *hashes):
        """Whether any of these was refused."""
        return self.filter(hash__in=hashes).exists()


class Refusal(models.Model):
    """Somebody said no: an author, or the author of one publication; kept as a hash alone.

    Nothing tells who it was, and nothing of theirs is collected again
    (label/collecting/refusals.py makes the hash).
    """

    hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RefusalQuerySet.as_manager()

    class Meta:
        verbose_name = "refus"
        verbose_name_plural = "refus"

    def __str__(self):
        return self.hash[:12]
