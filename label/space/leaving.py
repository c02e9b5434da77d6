"""An account that goes: what goes with it, what stays, both said before (docs/mon-espace.md)."""

from django.db import transaction

from directory.models import ListingManager
from home.models import Photo, User
from label import memberships, sharing
from label.models import Claim, HeldPhoto, Membership, MemberStand, Post
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
        "posts": own_posts(user).count(),
        "shared": sharing.handed_in_by(user).count(),
        "typed": typed_for_others(user).count(),
        "told_by_others": Post.objects.filter(listing__in=listings.values("pk"))
        .exclude(author=user)
        .count(),
        "listings": list(listings),
        "kept_by_others": set(others.values_list("listing_id", flat=True)),
        "memberships": ending(user).count(),
        "articles": Article.objects.by_author(author).filter(live=True).count() if author else 0,
        "written": Article.objects.written_by(user).distinct().count(),
        "author": author,
    }


def own_posts(user):
    """What somebody wrote in their own name, or for a listing that they look after."""
    return Post.objects.filter(author=user).exclude(pk__in=typed_for_others(user).values("pk"))


def typed_for_others(user):
    """What a volunteer typed for somebody: it is theirs and stays."""
    mine = ListingManager.objects.filter(user=user)
    return Post.objects.filter(author=user, listing__isnull=False).exclude(
        listing__in=mine.values("listing")
    )


def ending(user):
    """The memberships that end with the account: those that nobody else answers for."""
    shared = ListingManager.objects.exclude(user=user).values("listing")
    mine = Membership.objects.open().filter(user=user)
    return mine.exclude(listing__in=shared)


@transaction.atomic
def delete(user, forget_signature=False):
    """Delete an account for good. Raises `LastAdministratorError`.

    Posts and links that were handed in go with their photos, what was typed for somebody else
    stays without the name; memberships end, claims lose the person's words. Listings stay with
    their photos: they are the territory's. Articles stay under their author's name, unless asked
    otherwise.
    """
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if user.is_superuser and not others.exists():
        raise LastAdministratorError("Vous êtes la seule personne à administrer ce site.")
    for membership in list(ending(user)):
        memberships.leave(membership, user)
    posts = own_posts(user)
    shared = list(sharing.handed_in_by(user))
    photos = [*posts.exclude(photo=None).values_list("photo", flat=True), *forget_page(user)]
    photos += [item.photo_id for item in shared]
    for held in HeldPhoto.objects.filter(user=user).select_related("photo"):
        held.drop()
    for told in (*posts, *shared):
        told.delete()
    for photo in Photo.objects.filter(pk__in=photos, uploaded_by_user=user):
        photo.delete()
    Claim.objects.filter(user=user).update(name="", phone="", message="")
    author = Author.objects.of(user).first()
    if author:
        Role.objects.filter(author=author).delete()
        if forget_signature:
            forget(author)
    user.delete()


def forget_page(user):
    """Empty the label page of somebody without listing; returns the numbers of its photos."""
    pages = Membership.objects.filter(user=user, listing=None)
    photos = list(pages.exclude(photo=None).values_list("photo", flat=True))
    MemberStand.objects.filter(membership__in=pages).delete()
    pages.update(**dict.fromkeys(("story", "phone", "email", "website"), ""), photo=None)
    return photos


def forget(author):
    """The name goes from under what they wrote; the articles stay."""
    author.name, author.about, author.photo, author.user = NOBODY, "", None, None
    author.slug = ""
    author.save()
    author.covers.clear()
