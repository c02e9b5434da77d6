"""/mon-espace/: one page made of panels."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from directory.cards import today_of
from directory.models import Listing
from home.public_form import one_line
from label import memberships, sharing, writing
from label.models import Claim, Membership
from label.space.access import (
    TYPES_FOR_MEMBERS,
    TYPES_FOR_OTHERS,
    listings_of,
    personal,
)
from label.space.saving import last_changes

LATEST, MOST_FOUND = 3, 10
LONGEST_ANSWER = 2000


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
        "shared": sharing.items_of(request.user).newest_first()[:LATEST],
        "may_write": bool(listings) or bool(writing.membership_for(request.user, None)),
        "memberships": mine,
        "claims": Claim.objects.open().filter(user=request.user, granted_at=None).order_by("pk"),
        "types_for_others": request.user.has_perm(TYPES_FOR_OTHERS),
        **found(request),
    }
    return render(request, "label/space/home.html", context)


def memberships_of(user):
    """One's memberships: each with whether it may be renewed, is open, and its last change."""
    mine = answered_for_by(user).select_related("charter", "listing").order_by("holder", "pk")
    last = last_changes([one for one in mine if not one.listing_id], Membership)
    return [
        (one, memberships.may_renew(one), one.state in Membership.OPEN, last.get(one.pk))
        for one in mine
    ]


def answered_for_by(user):
    """The memberships of the listings that somebody looks after, and those in their own name.

    Of a listing that somebody else looked after before, their closed one is not: neither their
    words nor their badge are for who comes after them.
    """
    shown = Membership.objects.filter(merged_into=None)
    theirs = shown.filter(listing__in=listings_of(user).values("pk"))
    theirs = theirs.filter(Q(state__in=Membership.OPEN) | Q(user=None) | Q(user=user))
    return theirs | shown.filter(listing=None, user=user)


def found(request):
    """The listings that a volunteer looks for, to type for somebody."""
    asked = one_line(request.GET.get("q", "").replace("\x00", ""))[:80]
    if not asked or not request.user.has_perm(TYPES_FOR_OTHERS):
        return {}
    listings = Listing.objects.filter(name__icontains=asked).order_by("name", "pk")
    members = Membership.objects.none()
    if request.user.has_perm(TYPES_FOR_MEMBERS):
        members = Membership.objects.open().filter(listing=None, holder__icontains=asked)
    return {
        "asked": asked,
        "found": listings[:MOST_FOUND],
        "found_members": members.order_by("holder", "pk")[:MOST_FOUND],
    }


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


@personal
@require_POST
def answer(request, number):
    """What a volunteer asked about one's signature."""
    membership = mine_or_404(request.user, number)
    text = request.POST.get("answer", "").replace("\x00", "").strip()[:LONGEST_ANSWER]
    if not text:
        messages.error(request, "Écrivez votre réponse avant de l’envoyer.")
    elif memberships.answer(membership, request.user, text):
        messages.success(request, "Merci. Un bénévole vous répond.")
    else:
        messages.error(request, "Cette demande n’attend plus de réponse.")
    return redirect("space:home")


def mine_or_404(user, number):
    """A membership of one's own; for anybody else's there is nothing here."""
    return get_object_or_404(answered_for_by(user), pk=number)
