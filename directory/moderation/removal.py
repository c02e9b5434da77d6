"""Taking a listing away for good, on request: its address answers 410, no import revives it."""

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex

from directory.importing.keys import match_key
from directory.models import ListingPhoto, Tombstone


@transaction.atomic
def remove_listing(listing, user, reason):
    """Delete a listing and its photos, leave tombstones at each address it had; return the first.

    The tombstone of its last address carries its identifiers in the sources. Visitors' requests
    stay, without it. `user` may be None.
    """
    names = listing.sources.order_by("source", "source_id").values_list("source", "source_id")
    last = Tombstone.objects.create(
        slug=listing.slug,
        source_ids=[list(pair) for pair in names],
        match_key=match_key(listing.name, listing.postal_code),
        reason=reason[:250],
    )
    Tombstone.objects.bulk_create(
        Tombstone(slug=former.slug, reason=reason[:250]) for former in listing.former_slugs.all()
    )
    log(instance=listing, action="wagtail.delete", user=user, deleted=True)
    photos = [item.photo for item in listing.photos.select_related("photo")]
    listing.delete()
    for photo in photos:
        remove_if_unused(photo)
    return last


def remove_if_unused(photo):
    """Delete a photo, files and all, unless a listing or page still shows it."""
    shown = ListingPhoto.objects.filter(photo=photo)
    # Wagtail's index of references knows the pages.
    if not shown.exists() and not ReferenceIndex.get_references_to(photo).exists():
        photo.delete()
