"""/mon-espace/fiche/…/photos/: add one, put it first, take it away."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from directory.models import ListingPhoto
from home.limits import too_often
from home.pictures import picture, with_pictures
from label.space.access import managed
from label.space.photo_forms import PhotoForm
from label.space.saving import LockedError, publish

MOST_PHOTOS = 12
UPLOADS, PER_SECONDS = 40, 3600


@managed
@require_http_methods(["GET", "HEAD", "POST"])
def photos(request, listing):
    """The photos of a listing, and what may be done with them."""
    if request.method != "POST":
        return show(request, listing, PhotoForm())
    asked, number = request.POST.get("faire"), request.POST.get("photo", "")
    if asked == "ajouter":
        return add(request, listing)
    mine = {str(row.photo_id) for row in listing.photos.all()}
    if asked in ("premiere", "retirer") and number in mine:
        change = put_first if asked == "premiere" else take_away
        said = "Cette photo vient en premier." if asked == "premiere" else "Photo retirée."
        return changed(request, listing, lambda one: change(one, int(number)), said)
    return show(request, listing, PhotoForm(), status=422)


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


def add(request, listing):
    """A photo more, at the end."""
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, listing, form, status=422)
    if listing.photos.count() >= MOST_PHOTOS:
        form.add_error(None, f"{MOST_PHOTOS} photos au plus : retirez-en une d’abord.")
        return show(request, listing, form, status=422)
    if too_often("space-photos", request.user.pk, UPLOADS, PER_SECONDS):
        form.add_error(None, "Beaucoup de photos d’un coup : réessayez dans une heure.")
        return show(request, listing, form, status=429)
    photo = form.save(request.user, listing.name)

    def append(one):
        one.photos = numbered([*one.photos.all(), ListingPhoto(photo=photo)])

    return changed(request, listing, append, "Photo ajoutée. Elle est en ligne.")


def changed(request, listing, change, said):
    """Publish a change of the photos."""
    try:
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
