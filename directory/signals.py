"""What changes elsewhere and shows in listings: their search entries and pages follow."""

from django.db.models.signals import post_delete, post_save, pre_delete

from directory import snapshots
from directory.following import follow, showing
from directory.models import Category, Listing
from directory.search import indexing
from home import pictures, search
from home.models import ContentVersion, Photo, Tag


def category_saved(instance, created, raw, **_kwargs):
    """The name and synonyms of a category are words of its listings; a new one shows in lists."""
    if raw:
        return
    if not created:
        follow(showing(instance))
        # A family's name is a word of all its trades' listings.
        indexing.index_listings(Listing.objects.in_category(instance))
    ContentVersion.bump()


def tag_saved(instance, created, raw, **_kwargs):
    """The name and synonyms of a tag are words of its listings."""
    if not created and not raw:
        follow(showing(instance))
        ContentVersion.bump()


def listing_saved(instance, raw, **_kwargs):
    """The name and hours of a market stand on the pages of those who stand there."""
    if instance.kind == Listing.Kind.MARKET and not raw:
        follow(showing(instance))


def photo_saved(instance, created, raw, **_kwargs):
    """Sizes, words and credit of a photo are kept beside the listings that show it."""
    if raw:
        return
    pictures.make_all(instance)
    if not created:
        snapshots.refresh(list(showing(instance)))
        ContentVersion.bump()


def listing_deleted(instance, **_kwargs):
    """A listing that goes, in bulk or with another, passes by `Listing.delete`."""
    search.remove(indexing.KIND, [instance.pk])


def about_to_go(instance, **_kwargs):
    """Note which listings show what goes: afterwards nothing tells."""
    instance.was_shown_by = list(showing(instance).values_list("pk", flat=True))


def gone(instance, **_kwargs):
    """Its name and pictures leave the listings that showed it."""
    follow(Listing.objects.filter(pk__in=instance.was_shown_by))
    ContentVersion.bump()


def connect():
    """Listen to what Django says of categories, tags and listings."""
    post_save.connect(category_saved, sender=Category, dispatch_uid="directory.category_saved")
    post_save.connect(tag_saved, sender=Tag, dispatch_uid="directory.tag_saved")
    post_save.connect(listing_saved, sender=Listing, dispatch_uid="directory.listing_saved")
    post_save.connect(photo_saved, sender=Photo, dispatch_uid="directory.photo_saved")
    post_delete.connect(listing_deleted, sender=Listing, dispatch_uid="directory.listing_deleted")
    for sender in (Category, Listing, Photo, Tag):
        name = sender.__name__
        pre_delete.connect(about_to_go, sender=sender, dispatch_uid=f"directory.{name}_to_go")
        post_delete.connect(gone, sender=sender, dispatch_uid=f"directory.{name}_gone")
