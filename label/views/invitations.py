"""/label/demande/…: a manager invites a second person, who accepts by a link and a button."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from directory.models import ListingManager
from home.models import User
from label.claim_forms import InvitationForm
from label.claiming import ClaimError, inviting

MOST_DIGITS = 18
SENT = "L’invitation part par mail. Elle compte quatorze jours."


@never_cache
@login_required
def invite(request, slug):
    """Who looks after the listing, and one more; for its managers only."""
    managers = ListingManager.objects.select_related("listing", "user")
    mine = get_object_or_404(managers, user=request.user, listing__slug=slug)
    form = InvitationForm(request.POST if "email" in request.POST else None)
    trouble = ""
    if request.method == "POST":
        try:
            if act(request, mine, form):
                stays = managers.filter(pk=mine.pk).exists()
                return redirect("claims:invite" if stays else "directory:listing", slug)
        except ClaimError as error:
            trouble = error
    context = {
        "listing": mine.listing,
        "mine": mine,
        "is_owner": mine.role == ListingManager.Role.OWNER,
        "managers": managers.filter(listing=mine.listing).order_by("since", "pk"),
        "form": form,
        "trouble": trouble,
    }
    status = 422 if trouble or form.errors else 200
    return render(request, "label/claim/invite.html", context, status=status)


def act(request, mine, form):
    """Invite, or take somebody off; whether it was done. Raises `ClaimError`."""
    if leaving := request.POST.get("retirer", ""):
        is_number = leaving.isascii() and leaving.isdigit() and len(leaving) < MOST_DIGITS
        number = int(leaving) if is_number else 0
        of_this = User.objects.filter(managed__listing=mine.listing)
        inviting.dismiss(request.user, mine.listing, get_object_or_404(of_this, pk=number))
        return True
    if not form.is_valid():
        return False
    said = form.cleaned_data
    inviting.invite(request.user, mine.listing, said["email"], said["role"])
    messages.success(request, SENT)
    return True


@never_cache
def accept(request, word):
    """« On vous invite »: the button is for the invited address, logged in."""
    invitation = inviting.find(word)
    if not invitation:
        return render(request, "label/claim/link_gone.html", status=410)
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    trouble = ""
    if request.method == "POST":
        try:
            inviting.accept(invitation, request.user)
            return redirect("claims:invite", invitation.listing.slug)
        except ClaimError as error:
            trouble = error
    context = {"invitation": invitation, "trouble": trouble}
    status = 422 if trouble else 200
    return render(request, "label/claim/invitation.html", context, status=status)
