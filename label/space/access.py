"""Who may open what of /mon-espace/: one's own, or as a volunteer who types for somebody."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404

from directory.models import Listing, ListingManager
from home.page_cache import PERSONAL

# Who may change any listing in the administration may type for somebody here.
TYPES_FOR_OTHERS = "directory.change_listing"


def personal(view):
    """A page for one person who is logged in: kept nowhere, listed nowhere."""

    @wraps(view)
    def one_persons(request, *args, **kwargs):
        response = login_required(view)(request, *args, **kwargs)
        response["Cache-Control"] = PERSONAL
        response["X-Robots-Tag"] = "noindex"
        return response

    return one_persons


def managed(view):
    """A page about a listing that this person looks after; for anybody else it does not exist.

    The view gets the listing as it stands, with `typed_for_others` on the request: whether a
    volunteer types for whoever manages it.
    """

    @personal
    @wraps(view)
    def of_listing(request, slug, *args, **kwargs):
        listing = get_object_or_404(Listing, slug=slug)
        manages = ListingManager.objects.filter(user=request.user, listing=listing).exists()
        if not manages and not request.user.has_perm(TYPES_FOR_OTHERS):
            raise Http404
        request.typed_for_others = not manages
        return view(request, listing, *args, **kwargs)

    return of_listing


def listings_of(user):
    """The listings that somebody looks after, by name."""
    mine = ListingManager.objects.filter(user=user)
    return Listing.objects.filter(pk__in=mine.values("listing")).order_by("name", "pk")
