"""« Corriger · Gérer · Retirer »: forms that reach the moderator's list, without an account."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from directory.models import ListingRequest
from directory.request_forms import CorrectionForm, ManageForm, RemovalForm
from directory.views.listings import elsewhere, public_listing
from home.limits import client_address, too_often

MOST_PER_HOUR = 10


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
    form = form_class(request.POST or None)
    status = 200
    if request.method == "POST":
        done = redirect(reverse("directory:thanks", args=[slug]))
        if form.is_from_a_robot:
            return done
        if too_often("request", client_address(request), MOST_PER_HOUR, 3600):
            form.add_error(None, "Beaucoup de demandes d’un coup : réessayez dans une heure.")
            status = 429
        elif form.is_valid():
            keep(listing, form)
            return done
        else:
            status = 422
    context = {"listing": listing, "form": form, "form_url": reverse(name, args=[slug])}
    return render(request, "directory/request.html", context, status=status)


def keep(listing, form):
    """Put the request into the moderator's list."""
    return ListingRequest.objects.create(
        listing=listing,
        listing_name=listing.name,
        kind=form.KIND,
        message=form.cleaned_data["message"],
        details=form.details,
        name=form.cleaned_data.get("name", ""),
        email=form.cleaned_data["email"],
    )


def thanks(request, slug):
    """What happens now."""
    listing = public_listing(slug)
    if not listing:
        return elsewhere(request, slug, "directory:thanks")
    return render(request, "directory/request_done.html", {"listing": listing})
