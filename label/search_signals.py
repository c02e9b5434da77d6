"""What changes elsewhere and is a word of posts and members: the search index follows."""

from django.db.models.signals import m2m_changed, post_delete, post_save

from directory.models import Category, Commune, Listing
from home import search
from home.models import Tag
from label import indexing
from label.models import Membership, Post, PostTag


def post_saved(instance, raw, **_kwargs):
    """It may have appeared, or gone; so with its hashtags, which come after it."""
    if not raw:
        indexing.index_posts(Post.objects.filter(pk=instance.pk))


def post_tagged(instance, action, **_kwargs):
    """A hashtag is a word of it."""
    if action.startswith("post_") and isinstance(instance, Post):
        indexing.index_posts(Post.objects.filter(pk=instance.pk))


def tag_gone(instance, **_kwargs):
    """The hashtag's other words are no words of the post any more."""
    indexing.index_posts(Post.objects.filter(pk=instance.content_object_id))


def post_deleted(instance, **_kwargs):
    """Nobody shall find it."""
    search.remove(indexing.POST, [instance.pk])


def member_deleted(instance, **_kwargs):
    """Nobody shall find them."""
    search.remove(indexing.MEMBER, [instance.pk])


def listing_saved(instance, raw, **_kwargs):
    """Its name stands with its posts, and they go and come with it."""
    if not raw and instance.has_posts:
        indexing.index_posts(Post.objects.filter(listing=instance.pk))


def category_saved(instance, created, raw, **_kwargs):
    """A trade's name and its other words find its members."""
    if not created and not raw:
        indexing.index_members(Membership.objects.filter(trade=instance.pk))


def tag_saved(instance, created, raw, **_kwargs):
    """So do a tag's for posts."""
    if not created and not raw:
        indexing.index_posts(Post.objects.filter(tag_items__tag=instance.pk))


def commune_saved(instance, created, raw, **_kwargs):
    """And the name of the place for both."""
    if not created and not raw:
        there = Post.objects.of_commune(instance)
        indexing.index_posts(there)
        indexing.index_members(Membership.objects.filter(commune=instance.pk))


def connect():
    """Listen to what Django says."""
    listening = (
        (post_save, Post, post_saved),
        (post_save, Listing, listing_saved),
        (post_save, Category, category_saved),
        (post_save, Tag, tag_saved),
        (post_save, Commune, commune_saved),
        (post_delete, Post, post_deleted),
        (post_delete, PostTag, tag_gone),
        (post_delete, Membership, member_deleted),
        (m2m_changed, PostTag, post_tagged),
    )
    for signal, sender, receiver in listening:
        uid = f"label.search.{receiver.__name__}"
        signal.connect(receiver, sender=sender, dispatch_uid=uid)
