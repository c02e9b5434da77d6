"""Who may open what of /mon-espace/: one's own, or as a volunteer who types for somebody."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404

from directory.models import Listing, ListingManager
from home.page_cache import PERSONAL
from label.models import Membership

# Who may change any membership may type for a member without listing.
TYPES_FOR_MEMBERS = "label.change_membership"
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


def member_managed(view):
    """A page about the membership of somebody without listing; for anybody else it is not there.

    The view gets the membership, with `typed_for_others` on the request.
    """

    @personal
    @wraps(view)
    def of_member(request, number, *args, **kwargs):
        members = Membership.objects.open().with_faces().select_related("photo", "charter")
        member = get_object_or_404(members.filter(listing=None), pk=number)
        is_own = member.user_id == request.user.pk
        if not is_own and not request.user.has_perm(TYPES_FOR_MEMBERS):
            raise Http404
        request.typed_for_others = not is_own
        return view(request, member, *args, **kwargs)

    return of_member


def listings_of(user):
    """The listings that somebody looks after, by name."""
    mine = ListingManager.objects.filter(user=user)
    return Listing.objects.filter(pk__in=mine.values("listing")).order_by("name", "pk")
