"""« Demandes » : what visitors asked about listings, and what became of it."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_required

from directory.models import ListingRequest
from directory.moderation.removal import remove_listing

PER_PAGE = 50
CHANGE = "directory.change_listingrequest"
# Taking a listing off the site for good asks for the right to publish and unpublish.
REMOVE = "directory.publish_listing"
State = ListingRequest.State
Kind = ListingRequest.Kind


class AnswerForm(forms.Form):
    """What was done, for the others who look after the directory."""

    answer = forms.CharField(
        label="Suite donnée",
        max_length=2000,
        required=False,
        help_text="Gardée avec la demande ; n’est envoyée à personne.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def queue_summary():
    """How many wait, and for how many days the oldest one has: (count, days or None)."""
    waiting = ListingRequest.objects.waiting()
    oldest = waiting.first()
    days = (timezone.now() - oldest.created_at).days if oldest else None
    return waiting.count(), days


def crumbs(*items):
    """The path above a page, from (address, label) pairs."""
    home = {"url": reverse("wagtailadmin_home"), "label": "Accueil"}
    return [home, *({"url": url, "label": label} for url, label in items)]


@permission_required(CHANGE)
def requests(request):
    """Those that wait, the oldest first, by kind; or those that were handled, the newest first."""
    kind = request.GET.get("genre", "")
    handled = request.GET.get("etat") == "traitees"
    found = ListingRequest.objects.select_related("listing", "handled_by")
    found = (
        found.exclude(state=State.WAITING).order_by("-handled_at") if handled else found.waiting()
    )
    if kind in Kind.values:
        found = found.filter(kind=kind)
    count, days = queue_summary()
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("p")),
        "kinds": Kind.choices,
        "kind": kind,
        "handled": handled,
        "count": count,
        "days": days,
        "breadcrumbs_items": crumbs(("", "Demandes")),
        "header_title": "Demandes",
        "header_icon": "mail",
    }
    return render(request, "directory/admin/requests.html", context)


@permission_required(CHANGE)
def one_request(request, pk):
    """One case: who, what, and the buttons."""
    case = get_object_or_404(
        ListingRequest.objects.select_related("listing__commune", "handled_by"), pk=pk
    )
    listing = case.listing
    context = {
        "case": case,
        "listing_edit_url": listing
        and reverse(listing.snippet_viewset.get_url_name("edit"), args=[listing.pk]),
        "form": AnswerForm(initial={"answer": case.answer}),
        "waiting": case.state == State.WAITING,
        "can_remove": case.kind == Kind.REMOVE and case.listing and request.user.has_perm(REMOVE),
        "breadcrumbs_items": crumbs(
            (reverse("directory_admin:requests"), "Demandes"), ("", str(case))
        ),
        "header_title": str(case),
        "header_icon": "mail",
    }
    return render(request, "directory/admin/request.html", context)


@permission_required(CHANGE)
@require_POST
def settle_request(request, pk):
    """« Faite », « Refusée », « Retirer la fiche » or « Rouvrir »."""
    case = get_object_or_404(ListingRequest.objects.select_related("listing"), pk=pk)
    form = AnswerForm(request.POST)
    here = redirect("directory_admin:request", pk=pk)
    if not form.is_valid():
        messages.error(request, "La suite donnée est trop longue.")
        return here
    action, answer = request.POST.get("action", ""), form.cleaned_data["answer"]
    if action == "rouvrir":
        return reopen(request, case) or here
    if action == "retirer":
        return remove(request, case, answer) or here
    state = {"faite": State.DONE, "refusee": State.REFUSED}.get(action)
    if not state:
        messages.error(request, "Cette action n’existe pas.")
        return here
    if not case.settle(state, request.user, answer):
        say_who_was_faster(request, case)
        return here
    messages.success(request, f"{case} : {case.get_state_display().lower()}.")
    return to_the_next(request, case)


def reopen(request, case):
    """Undo: the request waits again. A removed listing does not come back by this."""
    if case.reopen():
        messages.success(request, f"{case} : la demande attend de nouveau.")
    else:
        say_who_was_faster(request, case)


def remove(request, case, answer):
    """Take the listing away as asked; the request is kept, as done."""
    if not request.user.has_perm(REMOVE):
        messages.error(request, "Vous n’avez pas le droit de retirer une fiche.")
        return None
    if case.kind != Kind.REMOVE or not case.listing:
        messages.error(request, "Cette fiche est déjà retirée, ou personne ne l’a demandé.")
        return None
    with transaction.atomic():
        if not case.settle(State.DONE, request.user, answer):
            say_who_was_faster(request, case)
            return None
        remove_listing(case.listing, request.user, answer or "À la demande de l’intéressé.")
    messages.success(request, f"La fiche « {case.listing_name} » est retirée.")
    return to_the_next(request, case)


def say_who_was_faster(request, case):
    """« Monique vient de traiter cette demande. »"""
    who = case.handled_by or "Quelqu’un"
    messages.warning(request, f"{who} vient de traiter cette demande.")


def to_the_next(request, case):
    """Go on to the oldest request that waits, or back to the list."""
    following = ListingRequest.objects.waiting().exclude(pk=case.pk).first()
    if following:
        return redirect("directory_admin:request", pk=following.pk)
    return redirect("directory_admin:requests")
