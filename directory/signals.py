"""What changes elsewhere and shows in listings: their search entries and pages follow."""

from django.db.models.signals import post_delete, post_save

from directory import snapshots
from directory.models import Category, Listing
from directory.search import indexing
from home import pictures, search
from home.models import ContentVersion, Photo, Tag


def category_saved(instance, created, raw, **_kwargs):
    """The name and synonyms of a category are words of its listings."""
    if not created and not raw:
        indexing.index_category(Listing, instance)
        ContentVersion.bump()


def tag_saved(instance, created, raw, **_kwargs):
    """The name and synonyms of a tag are words of its listings."""
    if not created and not raw:
        indexing.index_tag(Listing, instance)
        ContentVersion.bump()


def listing_saved(instance, raw, **_kwargs):
    """The name and hours of a market stand on the pages of those who stand there."""
    if instance.kind == Listing.Kind.MARKET and not raw:
        indexing.index_stand_holders(instance)
        snapshots.refresh(list(Listing.objects.filter(stands__market=instance).distinct()))


def photo_saved(instance, created, raw, **_kwargs):
    """Sizes, words and credit of a photo are kept beside the listings that show it."""
    if raw:
        return
    pictures.make_all(instance)
    if not created:
        snapshots.refresh(list(Listing.objects.filter(photos__photo=instance).distinct()))
        ContentVersion.bump()


def listing_deleted(instance, **_kwargs):
    """A listing that goes, in bulk or with another, passes by `Listing.delete`."""
    search.remove(indexing.KIND, [instance.pk])
    ContentVersion.bump()


def connect():
    """Listen to what Django says of categories, tags and listings."""
    post_save.connect(category_saved, sender=Category, dispatch_uid="directory.category_saved")
    post_save.connect(tag_saved, sender=Tag, dispatch_uid="directory.tag_saved")
    post_save.connect(listing_saved, sender=Listing, dispatch_uid="directory.listing_saved")
    post_save.connect(photo_saved, sender=Photo, dispatch_uid="directory.photo_saved")
    post_delete.connect(listing_deleted, sender=Listing, dispatch_uid="directory.listing_deleted")
