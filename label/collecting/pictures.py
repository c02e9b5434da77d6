"""The images of publications, fetched once their words are kept: no text waits for an image."""

import logging
import time
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from home.fetch import FetchError
from label.collecting import photos, robots
from label.collecting.entries import Entry, Picture
from label.models import Item, Source

# Until the next try; after the last one the text stands alone.
PAUSES = (timedelta(minutes=30), timedelta(hours=6), timedelta(days=2))
MOST = 200
log = logging.getLogger(__name__)


def due(now):
    """Publications whose image is to be fetched."""
    held = (Item.State.WAITING, Item.State.PUBLISHED)
    return Item.objects.filter(photo_due_at__lte=now, state__in=held).order_by("photo_due_at", "pk")


def fetch_due(seconds=120.0) -> int:
    """Fetch what is due for so long at most; returns how many images came."""
    ends, came = time.monotonic() + seconds, 0
    for item in due(timezone.now())[:MOST]:
        if time.monotonic() > ends:
            break
        if not claim(item, timezone.now()):
            continue
        try:
            photo = may_take(item) and photos.take(as_entry(item), str(item))
            came += bool(photo) and hang(item, photo)
        except Exception:
            # One image that nobody foresaw holds up no other.
            log.exception("photo of item %s failed", item.pk)
    return came


def claim(item, now) -> bool:
    """Take it for a try, and set the next one; False when another process has just done so."""
    mine = Item.objects.filter(
        pk=item.pk, photo_due_at=item.photo_due_at, photo_tries=item.photo_tries
    )
    tries = item.photo_tries
    following = now + PAUSES[tries] if tries < len(PAUSES) else None
    return bool(mine.update(photo_due_at=following, photo_tries=tries + 1))


def may_take(item) -> bool:
    """Whether its image may be asked for: one that a page showed, where its site lets programs.

    Those of feeds and open interfaces are sent along to be shown.
    """
    sources = item.sightings.values_list("source__kind", flat=True)
    try:
        return set(sources) != {Source.Kind.LINKS} or robots.may_read(item.photo_url)
    except FetchError:
        return False


def as_entry(item) -> Entry:
    """What `photos.take` has to know."""
    return Entry(
        guid=item.canonical_uri,
        url=item.url,
        canonical=item.canonical_uri,
        title=item.title,
        author=item.author,
        author_url=item.author_url,
        network=item.network,
        licence=item.licence,
        pictures=(Picture(item.photo_url, item.photo_alt),),
    )


def hang(item, photo) -> bool:
    """Give it to its publication, unless that went or changed its image meanwhile."""
    with transaction.atomic():
        fresh = Item.objects.select_for_update().filter(pk=item.pk).first()
        wanted = fresh and fresh.is_held and fresh.photo_url == item.photo_url
        if wanted and not fresh.photo_id:
            fresh.photo, fresh.photo_due_at = photo, None
            fresh.save(update_fields=["photo", "photo_due_at"])
            return True
        photo.delete()
        return False
