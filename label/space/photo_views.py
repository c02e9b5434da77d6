"""/mon-espace/fiche/…/photos/: add one, put it first, take it away."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from directory.models import ListingPhoto
from home.pictures import picture, with_pictures
from label.space.access import managed
from label.space.buttons import BACK, PUBLISH, SEE
from label.space.photo_forms import PhotoForm
from label.space.saving import LockedError, publish

MOST_PHOTOS = 12
FULL = f"{MOST_PHOTOS} photos au plus : retirez-en une d’abord."


@managed
@require_http_methods(["GET", "HEAD", "POST"])
def photos(request, listing):
    """The photos of a listing, and what may be done with them."""
    if request.method != "POST":
        return show(request, listing, form_of(request, listing))
    asked, number = request.POST.get("faire"), request.POST.get("numero", "")
    if asked in (SEE, PUBLISH, BACK):
        return add(request, listing, asked)
    mine = {str(row.photo_id) for row in listing.photos.all()}
    if asked in ("premiere", "retirer") and number in mine:
        change = put_first if asked == "premiere" else take_away
        said = "Cette photo vient en premier." if asked == "premiere" else "Photo retirée."
        return changed(request, listing, lambda one: change(one, int(number)), said)
    return show(request, listing, form_of(request, listing), status=422)


def form_of(request, listing, *data):
    """The form for one photo more."""
    return PhotoForm(*data, user=request.user, title=listing.name)


def show(request, listing, form, status=200):
    """The page."""
    pks = [row.photo_id for row in listing.photos.all()]
    found = with_pictures(pks, "card")
    context = {
        "listing": listing,
        "form": form,
        "photos": [(pk, picture(found[pk], "card")) for pk in pks if pk in found],
        "full": len(pks) >= MOST_PHOTOS,
        "typed_for_others": request.typed_for_others,
    }
    return render(request, "label/space/photos.html", context, status=status)


def add(request, listing, asked):
    """A photo more, at the end: looked at first, or published at once."""
    form = form_of(request, listing, request.POST, request.FILES)
    valid = form.is_valid()
    if valid and listing.photos.count() >= MOST_PHOTOS:
        form.add_error(None, FULL)
        valid = False
    if asked == BACK:
        return show(request, listing, form)
    if not valid:
        return show(request, listing, form, status=422)

    def append(one):
        one.photos = numbered([*one.photos.all(), ListingPhoto(photo=form.chosen)])

    if asked == SEE:
        return preview(request, listing, form, append)
    return changed(request, listing, append, "Photo ajoutée. Elle est en ligne.", form.held)


def preview(request, listing, form, append):
    """The listing's page as visitors would see it; nothing of it is published yet."""
    append(listing)
    context = listing.get_preview_context(request, "")
    # Beside others the new one is not the first thing one sees.
    is_below = len(listing.photos.all()) > 1
    context |= {"typed": form.typed(), "is_draft": not listing.live, "is_below": is_below}
    return render(request, "label/space/preview.html", context)


def changed(request, listing, change, said, held=None):
    """Publish a change of the photos; a kept photo waits no longer."""
    try:
        with transaction.atomic():
            # Taken already: the button was tapped twice, and the photo stands there.
            if not held or held.take():
                publish(listing.pk, change, request.user, "Photos", request.typed_for_others)
    except LockedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("space:photos", listing.slug)


def put_first(listing, photo):
    """This photo first, the others as they were."""
    rows = sorted(listing.photos.all(), key=lambda row: row.photo_id != photo)
    listing.photos = numbered(rows)


def take_away(listing, photo):
    """Without this photo; the photo itself may stand elsewhere."""
    listing.photos = numbered([row for row in listing.photos.all() if row.photo_id != photo])


def numbered(rows):
    """Rows with their place, by which they are kept in order."""
    for number, row in enumerate(rows):
        row.sort_order = number
    return rows
