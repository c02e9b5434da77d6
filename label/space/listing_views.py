"""/mon-espace/fiche/…: a listing's parts, seen before they are published."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from directory.models import ListingManager
from label.space.access import managed
from label.space.buttons import PUBLISH, SEE
from label.space.parts import PARTS
from label.space.saving import LockedError, last_changes, publish

NOT_TYPED = {"csrfmiddlewaretoken", "faire"}


@managed
@require_safe
def listing(request, listing):
    """One listing: what may be changed, and who changed it last."""
    context = {
        "listing": listing,
        "last": last_changes([listing]).get(listing.pk),
        "parts": [(slug, part.TITLE) for slug, part in PARTS.items()],
        "managers": ListingManager.objects.filter(listing=listing).select_related("user"),
        "typed_for_others": request.typed_for_others,
    }
    return render(request, "label/space/listing.html", context)


@managed
@require_http_methods(["GET", "HEAD", "POST"])
def part(request, listing, name):
    """One part: its form, its preview, its publication; what was typed never goes away."""
    if name not in PARTS:
        raise Http404
    if request.method != "POST":
        return show(request, listing, PARTS[name](listing))
    filled = PARTS[name](listing, request.POST)
    if not filled.is_valid():
        return show(request, listing, filled, status=422)
    asked = request.POST.get("faire")
    if asked == PUBLISH:
        return published(request, listing, filled)
    if asked == SEE:
        return preview(request, listing, filled)
    return show(request, listing, filled)


def show(request, listing, filled, status=200):
    """The page with the form."""
    context = {
        "listing": listing,
        "part": filled,
        "form": filled.form,
        "rows": filled.rows,
        "typed_for_others": request.typed_for_others,
    }
    return render(request, "label/space/part.html", context, status=status)


def preview(request, listing, filled):
    """The listing's page as visitors would see it; nothing is kept yet."""
    filled.apply(listing)
    context = listing.get_preview_context(request, "") | {
        "typed": typed_rows(request),
        "is_draft": not listing.live,
    }
    return render(request, "label/space/preview.html", context)


def typed_rows(request):
    """[(name, value)] of what was typed, to carry through a preview."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_TYPED
        for value in values
    ]


def published(request, listing, filled):
    """On the site from now on."""
    try:
        publish(listing.pk, filled.apply, request.user, filled.WHAT, request.typed_for_others)
    except LockedError as error:
        messages.error(request, str(error))
        return show(request, listing, filled, status=409)
    said = "C’est en ligne." if listing.live else "C’est enregistré. La fiche n’est pas publiée."
    messages.success(request, said)
    return redirect("space:listing", listing.slug)
