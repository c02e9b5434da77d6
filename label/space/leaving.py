"""An account that goes: what goes with it, what stays, both said before (docs/mon-espace.md)."""

from django.db import transaction

from directory.models import ListingManager
from home.models import Photo, User
from label import memberships
from label.models import Claim, Membership, Post
from label.space.access import listings_of
from webmag.models import Article, Author, Role

# The name under articles whose author asked to be forgotten.
NOBODY = "Plume anonyme"


class LastAdministratorError(Exception):
    """Nobody could run the site any more, in French."""


def what_goes(user):
    """What the page says before: how many of each."""
    listings = listings_of(user)
    others = ListingManager.objects.filter(listing__in=listings.values("pk")).exclude(user=user)
    author = Author.objects.of(user).first()
    return {
        "posts": Post.objects.filter(author=user).count(),
        "listings": list(listings),
        "kept_by_others": set(others.values_list("listing_id", flat=True)),
        "memberships": ending(user).count(),
        "articles": Article.objects.by_author(author).filter(live=True).count() if author else 0,
        "author": author,
    }


def ending(user):
    """The memberships that end with the account: those that nobody else answers for."""
    shared = ListingManager.objects.exclude(user=user).values("listing")
    mine = Membership.objects.open().filter(user=user)
    return mine.exclude(listing__in=shared)


@transaction.atomic
def delete(user, forget_signature=False):
    """Delete an account for good. Raises `LastAdministratorError`.

    Posts go with their photos, memberships end, claims lose the person's words. Listings stay:
    they are the territory's. Articles stay under their author's name, unless asked otherwise.
    """
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if user.is_superuser and not others.exists():
        raise LastAdministratorError("Vous êtes la seule personne à administrer ce site.")
    for membership in list(ending(user)):
        memberships.leave(membership, user)
    Membership.objects.filter(user=user, listing=None).update(story="", photo=None)
    posts = Post.objects.filter(author=user)
    photos = list(posts.exclude(photo=None).values_list("photo", flat=True))
    for post in posts:
        post.delete()
    for photo in Photo.objects.filter(pk__in=photos, uploaded_by_user=user):
        photo.delete()
    Claim.objects.filter(user=user).update(name="", phone="", message="")
    author = Author.objects.of(user).first()
    if author:
        Role.objects.filter(author=author).delete()
        if forget_signature:
            forget(author)
    user.delete()


def forget(author):
    """The name goes from under what they wrote; the articles stay."""
    author.name, author.about, author.photo, author.user = NOBODY, "", None, None
    author.slug = ""
    author.save()
    author.covers.clear()
