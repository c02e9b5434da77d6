"""« Corriger · Gérer · Retirer »: forms that reach the moderator's list, without an account."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from directory.models import ListingRequest
from directory.request_forms import CorrectionForm, ManageForm, RemovalForm
from directory.views import receiving
from directory.views.listings import elsewhere, public_listing
from home import mailing


@never_cache
def ask_correction(request, slug):
    """Somebody saw a mistake."""
    return ask(request, slug, CorrectionForm, "directory:correct")


@never_cache
def ask_to_manage(request, slug):
    """Somebody says: it is mine."""
    return ask(request, slug, ManageForm, "directory:manage")


@never_cache
def ask_removal(request, slug):
    """Somebody wants a page to go."""
    return ask(request, slug, RemovalForm, "directory:remove")


def ask(request, slug, form_class, name):
    """Show the form, or keep what was sent for the moderator. Nothing else changes."""
    listing = public_listing(slug)
    if not listing:
        return elsewhere(request, slug, name)
    form = form_class(request.POST or None, listing=listing)
    status = 200
    if request.method == "POST":
        status = receive(request, listing, form)
        if not isinstance(status, int):
            return status
    context = {"listing": listing, "form": form, "form_url": reverse(name, args=[slug])}
    return render(request, "directory/request.html", context, status=status)


def receive(request, listing, form):
    """Keep what was sent and return where to go, or the status to show the form again with."""
    thanked = redirect("directory:thanks", listing.slug)
    if form.is_from_a_robot or form.was_sent_before:
        return thanked
    if status := receiving.refusal(request, form):
        return status
    if receiving.takes_too_many(request, form):
        return 429
    if not form.claim():
        return thanked
    case = keep(listing, form)
    if not case:
        form.add_error(None, receiving.NO_PROOF)
        return 422
    if case.state == ListingRequest.State.UNCONFIRMED:
        return redirect("directory:link_sent")
    return thanked


def keep(listing, form):
    """Put the request where it belongs; None when its sender must be asked for an address."""
    return receiving.keep(
        form,
        listing=listing,
        listing_name=listing.name,
        changes=form.changes,
        name=form.cleaned_data.get("name", ""),
    )


def thanks(request, slug):
    """What happens now."""
    listing = public_listing(slug)
    if not listing:
        return elsewhere(request, slug, "directory:thanks")
    return render(request, "directory/request_done.html", {"listing": listing})


@never_cache
def link_sent(request):
    """« Ouvrez le lien »: the same page for whoever sent whatever."""
    return render(request, "directory/link_sent.html", {"late": mailing.is_late()})
