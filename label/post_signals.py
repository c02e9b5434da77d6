"""What changes elsewhere and shows on posts and local-production pages."""

from django.db.models.signals import m2m_changed, post_delete, post_save

from directory.models import Listing
from home.models import ContentVersion, Photo
from home.pictures import to_keep
from label.models import Item, Membership, Post, PostTag


def renew(**_kwargs):
    """Whatever visitors see may have changed."""
    ContentVersion.bump()


def has_posts(listing):
    """Whether a listing, by its number, has posts to show, written here or elsewhere."""
    here = Post.objects.filter(listing=listing, state=Post.State.PUBLISHED)
    elsewhere = Item.objects.filter(listing=listing, state=Item.State.PUBLISHED)
    return here.exists() or elsewhere.exists()


def post_changed(instance, **_kwargs):
    """Its listing's mark follows."""
    pk = instance.listing_id
    if pk:
        Listing.objects.filter(pk=pk).update(has_posts=has_posts(pk))


def listing_saved(instance, raw, **_kwargs):
    """Two listings that became one may have brought posts along."""
    if not raw and has_posts(instance.pk) != instance.has_posts:
        Listing.objects.filter(pk=instance.pk).update(has_posts=not instance.has_posts)


def photo_saved(instance, created, raw, **_kwargs):
    """Its words and sizes stand beside what shows it; the directory renews the pages."""
    if not created and not raw:
        for kind in (Post, Membership):
            kind.objects.filter(photo=instance).update(pictures=to_keep(instance))


def connect():
    """Listen to what Django says of posts, their tags and photos."""
    post_save.connect(photo_saved, sender=Photo, dispatch_uid="label.photo_of_post_saved")
    for kind in (Post, Item):
        name = f"label.{kind.__name__}_of_listing"
        post_save.connect(post_changed, sender=kind, dispatch_uid=f"{name}_saved")
        post_delete.connect(post_changed, sender=kind, dispatch_uid=f"{name}_deleted")
    post_save.connect(listing_saved, sender=Listing, dispatch_uid="label.posts_of_saved_listing")
    post_delete.connect(renew, sender=Post, dispatch_uid="label.post_deleted")
    m2m_changed.connect(renew, sender=PostTag, dispatch_uid="label.post_tagged")
