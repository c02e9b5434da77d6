"""/label/demande/…: « C’est mon activité », one question a page; each is its claimant's own."""

from contextlib import suppress
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from directory.views.listings import elsewhere, public_listing
from home.limits import client_address
from label import claiming
from label.claim_forms import AnswerForm, CodeForm, SiteAddressForm, WhoForm
from label.claiming import contacts, proving
from label.claiming import website as site_search
from label.models import Charter, Claim

State, Way = Claim.State, Claim.Way


def ones_own(view):
    """Pages of a claim are for who made it; to anybody else the number means nothing."""

    @never_cache
    @login_required
    @wraps(view)
    def of_claimant(request, number):
        mine = Claim.objects.select_related("listing__commune", "listing__category", "user")
        return view(request, get_object_or_404(mine, number=number, user=request.user))

    return of_claimant


@never_cache
def start(request, slug):
    """« Est-ce votre fiche ? »: for everybody to read; the button is for who is logged in."""
    listing = public_listing(slug)
    if not listing:
        return elsewhere(request, slug, "claims:start")
    context, status = {"listing": listing}, 200
    if not request.user.is_authenticated:
        if request.method == "POST":
            return redirect_to_login(request.path)
        context["next"] = urlencode({"next": request.path})
        return render(request, "label/claim/start.html", context)
    if request.method == "POST":
        try:
            return redirect("claims:claim", claiming.begin(request.user, listing).number)
        except claiming.ClaimError as error:
            context["trouble"], status = error, 422
    return render(request, "label/claim/start.html", context, status=status)


@ones_own
def claim(request, claim):
    """« Comment vous reconnaître ? » while it is being made; afterwards where it stands."""
    if claim.state == State.ASKED and "moyens" not in request.GET:
        return asked(request, claim)
    if claim.state not in proving.PROVABLE:
        return render(request, "label/claim/state.html", {"claim": claim})
    return choose(request, claim)


def choose(request, claim, trouble="", address_form=None, status=200):
    """The ways that are open, each with what is needed to take it."""
    if claim.listing is None:
        return render(request, "label/claim/state.html", {"claim": claim})
    host = contacts.mail_host(claim.listing)
    context = {
        "claim": claim,
        "ways": contacts.ways(claim.listing),
        "hint": contacts.hint(claim.listing.email) if claim.listing.email else "",
        "host": host or contacts.host_of(claim.listing.website),
        "address_form": address_form or SiteAddressForm(host=host),
        "proofs": proving.standing(claim),
        "is_begun": claim.state == State.BEGUN,
        "trouble": trouble,
    }
    return render(request, "label/claim/ways.html", context, status=status)


def asked(request, claim):
    """A volunteer wants to know more."""
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        # Answered a moment before, in another tab: its page tells.
        with suppress(claiming.TooLate):
            claiming.answer(claim, form.cleaned_data["answer"])
        return redirect("claims:claim", claim.number)
    status = 422 if form.is_bound else 200
    ways = contacts.ways(claim.listing) if claim.listing else []
    context = {"claim": claim, "form": form, "can_prove": len(ways) > 1}
    return render(request, "label/claim/asked.html", context, status=status)


@require_POST
@ones_own
def send(request, claim):
    """Mail a code; what follows looks the same whoever reads that mailbox, or nobody."""
    way, form, address = request.POST.get("moyen", ""), None, ""
    if way == Way.DOMAIN and claim.listing:
        form = SiteAddressForm(request.POST, host=contacts.mail_host(claim.listing))
        if not form.is_valid():
            return choose(request, claim, address_form=form, status=422)
        address = form.cleaned_data["adresse"]
    try:
        claiming.send_code(claim, way, address, client_address(request))
    except claiming.ClaimError as error:
        return choose(request, claim, error, form, status=422)
    return redirect("claims:code", claim.number)


@ones_own
def code(request, claim):
    """Type the code."""
    if claim.state not in proving.PROVABLE:
        return redirect("claims:claim", claim.number)
    form, status, trouble = CodeForm(request.POST or None), 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                claiming.prove(claim, form.cleaned_data["code"])
                return redirect(following(claim), claim.number)
            except claiming.ClaimError as error:
                trouble = error
    context = {"claim": claim, "form": form, "trouble": trouble}
    return render(request, "label/claim/code.html", context, status=status)


@ones_own
def site(request, claim):
    """Place a word on the website, and have us look."""
    try:
        token, address = claiming.website_token(claim)
    except claiming.ClaimError as error:
        return choose(request, claim, error, status=422)
    trouble = ""
    if request.method == "POST":
        try:
            proving.look_at_website(claim)
            return redirect(following(claim), claim.number)
        except claiming.ClaimError as error:
            trouble = error
    context = {
        "claim": claim,
        "address": address,
        "trouble": trouble,
        "meta": f'<meta name="{site_search.META}" content="{token}">',
        "file": site_search.FILE,
        "token": token,
    }
    return render(request, "label/claim/site.html", context, status=422 if trouble else 200)


@ones_own
def site_file(request, claim):
    """The signed file of this claim, to be placed on the website."""
    try:
        made = proving.website_file(claim)
    except claiming.ClaimError as error:
        return choose(request, claim, error, status=422)
    name = site_search.FILE.rpartition("/")[2]
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type="application/json", headers=headers)


def following(claim):
    """The page after a proof: on with the claim, or back to the question that was asked."""
    return "claims:contact" if claim.state == State.BEGUN else "claims:claim"


@ones_own
def contact(request, claim):
    """Who asks."""
    if claim.state != State.BEGUN:
        return redirect("claims:claim", claim.number)
    known = {name: getattr(claim, name) for name in ("name", "phone", "message")}
    is_proven = bool(proving.standing(claim))
    form = WhoForm(request.POST or None, initial=known, is_proven=is_proven)
    if request.method == "POST" and form.is_valid():
        begun = Claim.objects.filter(pk=claim.pk, state=State.BEGUN)
        begun.update(**form.cleaned_data)
        return redirect("claims:charter", claim.number)
    context = {"claim": claim, "form": form, "is_proven": is_proven}
    return render(
        request, "label/claim/contact.html", context, status=422 if form.is_bound else 200
    )


@ones_own
def charter(request, claim):
    """The charter, to sign or not, and off it goes."""
    if claim.state != State.BEGUN:
        return redirect("claims:claim", claim.number)
    if not claim.name:
        return redirect("claims:contact", claim.number)
    current, trouble = Charter.objects.current(), ""
    if request.method == "POST":
        signs = bool(request.POST.get("signe"))
        if signs and (not current or request.POST.get("version") != str(current.number)):
            trouble = "La charte vient de changer : relisez-la avant de signer."
        else:
            trouble = sent(claim, current if signs else None)
        if not trouble:
            return redirect("claims:claim", claim.number)
    context = {"claim": claim, "charter": current, "trouble": trouble}
    return render(request, "label/claim/charter.html", context, status=422 if trouble else 200)


def sent(claim, charter):
    """Send it; returns what stood in the way, or ""."""
    try:
        with transaction.atomic():
            claiming.submit(claim, claim.name, claim.phone, claim.message, charter)
    except claiming.TooLate:
        return ""
    except claiming.ClaimError as error:
        return error
    return ""


@require_POST
@ones_own
def withdraw(request, claim):
    """Give it up."""
    claiming.withdraw(claim)
    return redirect("claims:claim", claim.number)
