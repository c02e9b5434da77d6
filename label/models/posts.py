"""Short posts of people who make things here: a text, a photo, hashtags."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from directory.models import Listing
from home.models import ContentVersion, Photo, Tag
from home.pictures import to_keep
from label.hashtags import tags_in

LONGEST = 1000


class PostTag(ItemBase):
    """A hashtag of a post."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="post_items")
    content_object = models.ForeignKey(
        "label.Post", on_delete=models.CASCADE, related_name="tag_items"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="post_tag_once")
        ]


class PostQuerySet(models.QuerySet):
    """Words to ask for posts with."""

    def public(self):
        """What visitors may see: published, of a listing that is, or of a member without one."""
        return self.filter(Q(listing=None) | Q(listing__live=True), state=Post.State.PUBLISHED)

    def of_listing(self, listing):
        """That speak for a listing."""
        return self.filter(listing=listing)

    def of_commune(self, commune):
        """Of a listing there, or of a member there."""
        return self.filter(Q(listing__commune=commune) | Q(membership__commune=commune))

    def of_member(self, member, listing):
        """Of a member, by number: written as such, or for their listing."""
        theirs = Q(membership=member)
        return self.filter(theirs | Q(listing=listing) if listing else theirs)

    def tagged(self, names):
        """With any of these tags."""
        items = PostTag.objects.filter(tag__name__in=names)
        return self.filter(pk__in=items.values("content_object"))

    def search(self, found):
        """That answer to what somebody typed: a `home.search.Found` of posts."""
        return self.filter(pk__in=found.ids)

    def waiting(self):
        """For a volunteer to decide, the oldest first."""
        return self.filter(state=Post.State.WAITING).order_by("created_at", "pk")

    def newest_first(self):
        """As they appeared."""
        return self.order_by("-published_at", "-pk")


class Post(models.Model):
    """What somebody tells in a few words; its hashtags, in the text, are its tags."""

    REASONED = ("precision", "refusee", "retiree")

    class State(models.TextChoices):
        WAITING = "en-attente", "En attente"
        ASKED = "precision", "Précision demandée"
        PUBLISHED = "publiee", "Publiée"
        REFUSED = "refusee", "Refusée"
        HIDDEN = "retiree", "Retirée"

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="auteur",
        null=True,
        on_delete=models.SET_NULL,
        related_name="posts",
    )
    listing = models.ForeignKey(
        Listing,
        verbose_name="fiche",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="posts",
    )
    membership = models.ForeignKey(
        "label.Membership",
        verbose_name="membre",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="posts",
    )
    text = models.TextField("texte", max_length=LONGEST)
    photo = models.ForeignKey(
        Photo,
        verbose_name="photo",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # What lists show of the photo, kept beside the text: they need no other query.
    pictures = models.JSONField(default=dict, editable=False)
    tags = TaggableManager(verbose_name="mots-dièse", through=PostTag, blank=True)
    state = models.CharField("état", max_length=12, choices=State, default=State.WAITING)
    created_at = models.DateTimeField("écrite le", default=timezone.now)
    published_at = models.DateTimeField("publiée le", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)
    # Why not, or what is missing: its author reads it.
    reason = models.TextField("motif", max_length=2000, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "publication"
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return Truncator(self.text).chars(60)

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Keep what follows from photo, text and state in step, and renew the pages."""
        if self.state == self.State.PUBLISHED and not self.published_at:
            self.published_at = timezone.now()
            if kwargs.get("update_fields"):
                kwargs["update_fields"] = {*kwargs["update_fields"], "published_at"}
        if "photo" in (kwargs.get("update_fields") or ["photo"]):
            self.pictures = to_keep(self.photo)
        super().save(*args, **kwargs)
        if "text" in (kwargs.get("update_fields") or ["text"]):
            self.tags.set(tags_in(self.text))
        ContentVersion.bump()

    def get_absolute_url(self):
        """Its own page, for sharing and for feeds."""
        return reverse("posts:post", args=[self.pk])

    def clean(self):
        """Whoever wrote it is told why it does not appear."""
        if self.state in self.REASONED and not self.reason.strip():
            raise ValidationError({"reason": "Dites pourquoi : l’auteur le lira."})

    @property
    def by(self):
        """Whose words they are, as the site names them; "" for who is no member any more."""
        if self.listing:
            return self.listing.name
        member = self.membership
        return member.holder if member and member.verdict() == member.Verdict.GENUINE else ""

    @property
    def is_published(self):
        """Whether it stands on the site."""
        return self.state == self.State.PUBLISHED
