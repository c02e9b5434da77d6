"""/mon-espace/: one page made of panels."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from directory.cards import today_of
from directory.models import Listing
from home.public_form import one_line
from label import memberships, writing
from label.models import Membership
from label.space.access import TYPES_FOR_OTHERS, listings_of, personal
from label.space.saving import last_changes

LATEST, MOST_FOUND = 3, 10


@personal
@require_safe
def home(request):
    """My pages, my posts, my label, my data."""
    listings = list(listings_of(request.user))
    last, now = last_changes(listings), timezone.now()
    mine = memberships_of(request.user)
    context = {
        "listings": [(one, *today_of(one, now), last.get(one.pk)) for one in listings],
        "posts": writing.posts_of(request.user).order_by("-created_at", "-pk")[:LATEST],
        "may_write": bool(listings) or bool(writing.membership_for(request.user, None)),
        "memberships": mine,
        "types_for_others": request.user.has_perm(TYPES_FOR_OTHERS),
        **found(request),
    }
    return render(request, "label/space/home.html", context)


def memberships_of(user):
    """One's memberships, whether each may be renewed and whether it is open."""
    mine = answered_for_by(user).select_related("charter", "listing").order_by("holder", "pk")
    return [(one, memberships.may_renew(one), one.state in Membership.OPEN) for one in mine]


def answered_for_by(user):
    """The memberships of the listings that somebody looks after, and those in their own name.

    Of a listing that somebody else looked after before, their closed one is not: neither their
    words nor their badge are for who comes after them.
    """
    theirs = Membership.objects.filter(listing__in=listings_of(user).values("pk"))
    theirs = theirs.filter(Q(state__in=Membership.OPEN) | Q(user=None) | Q(user=user))
    return theirs | Membership.objects.filter(listing=None, user=user)


def found(request):
    """The listings that a volunteer looks for, to type for somebody."""
    asked = one_line(request.GET.get("q", "").replace("\x00", ""))[:80]
    if not asked or not request.user.has_perm(TYPES_FOR_OTHERS):
        return {}
    listings = Listing.objects.filter(name__icontains=asked).order_by("name", "pk")
    return {"asked": asked, "found": listings[:MOST_FOUND]}


@personal
@require_POST
def leave(request, number):
    """Leave the label: one button."""
    membership = mine_or_404(request.user, number)
    if memberships.leave(membership, request.user):
        messages.success(request, "C’est fait : vous ne portez plus le label.")
    return redirect("space:home")


@personal
@require_POST
def renew(request, number):
    """Sign the charter for another year: one button."""
    membership = mine_or_404(request.user, number)
    if memberships.renew(membership, request.user):
        messages.success(request, f"Merci. C’est signé jusqu’au {membership.until:%d/%m/%Y}.")
    else:
        messages.error(request, "Ce label ne peut plus être prolongé d’ici : écrivez-nous.")
    return redirect("space:home")


def mine_or_404(user, number):
    """A membership of one's own; for anybody else's there is nothing here."""
    return get_object_or_404(answered_for_by(user), pk=number)
