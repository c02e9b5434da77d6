"""/annuaire/proposer/: a place that is missing, and what helps to type its address."""

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from directory.models import Listing
from directory.moderation.look_alikes import look_alikes
from directory.places import suggestions
from directory.proposal_form import ProposalForm, prefilled
from directory.views import receiving
from home.limits import client_address, too_often
from home.models import SiteSettings
from home.versions import remembered

# Each letter may ask: a whole address is some twenty questions.
QUESTIONS, PER_SECONDS = 240, 600


@never_cache
def propose(request):
    """The form; « Est-ce celle-ci ? » where something like it is there; then the mailed link."""
    if request.method != "POST":
        return show(request, ProposalForm(initial=prefilled(request.GET)))
    form = ProposalForm(request.POST)
    if form.is_from_a_robot or form.was_sent_before:
        return redirect("directory:link_sent")
    status = receiving.refusal(request, form)
    if status:
        return show(request, form, status=status)
    facts = form.facts()
    facts |= point_for(facts, form.cleaned_data["commune"])
    if "autre" not in request.POST:
        alike = look_alikes(facts, Listing.objects.public())
        if alike:
            return show(request, form, alike)
    if receiving.takes_too_many(request, form):
        return show(request, form, status=429)
    if form.claim():
        receiving.keep(form, listing_name=facts["name"], facts=facts)
    return redirect("directory:link_sent")


def point_for(facts, commune):
    """The point of the address, where the national base knows it."""
    point = suggestions.point_of(facts["street"], facts["postal_code"], commune)
    return {"lat": point[0], "lng": point[1]} if point else {}


def show(request, form, alike=(), status=200):
    """The page with the form."""
    context = {"form": form, "alike": alike}
    return render(request, "directory/propose.html", context, status=status)


@never_cache
@require_GET
def suggest(request):
    """Answer `?adresse=3 rue du P&commune=Ramb` or `?commune=Ramb` with lines to choose from."""
    if too_often("suggest", client_address(request), QUESTIONS, PER_SECONDS):
        return JsonResponse({"suggestions": []}, status=429)
    codes = remembered("settings", SiteSettings.load).insee_codes
    commune = request.GET.get("commune", "").replace("\x00", "")
    if "adresse" in request.GET:
        typed = request.GET["adresse"].replace("\x00", "")
        found = suggestions.addresses(typed, commune, codes)
    else:
        found = suggestions.communes(commune, codes)
    return JsonResponse({"suggestions": found})
