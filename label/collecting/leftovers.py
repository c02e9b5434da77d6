"""What collecting leaves behind, and the end of it: old records of what is not shown, lost photos.

What was refused or taken away is kept for a while, so that a mistake can be undone and a complaint
answered. Then its words go; its address and the hash of who said no stay, or it would come again.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from home.models import Photo
from label.collecting import photos, vanishing
from label.models import Item

# A volunteers' team may be away for a summer; nobody needs somebody else's words for longer.
KEPT = timedelta(days=90)
# Fetching an image and hanging it is a matter of seconds.
HANGING = timedelta(hours=1)
MOST = 1000


def empty_old_records(now) -> int:
    """Empty what was refused or hidden three months ago; returns how many."""
    asked = Q(taken_down_at__lt=now - KEPT)
    decided = Q(taken_down_at=None, decided_at__lt=now - KEPT)
    away = Item.objects.filter(state__in=(Item.State.REFUSED, Item.State.HIDDEN))
    old = away.exclude(digest="").filter(asked | decided)
    return sum(empty(number, now) for number in list(old.values_list("pk", flat=True)[:MOST]))


@transaction.atomic
def empty(number, now) -> bool:
    """One of them, unless somebody has put it back just now. Nothing can be undone any more."""
    old = Item.objects.select_for_update().filter(pk=number)
    item = old.filter(state__in=(Item.State.REFUSED, Item.State.HIDDEN)).first()
    if not item:
        return False
    if item.taken_down_at:
        # Whoever asked wrote that; and what no volunteer looked at needs no look any more.
        item.reason, item.decided_at = "", item.decided_at or now
    item.digest = item.licence = ""
    vanishing.forget(item)
    vanishing.strip(item)
    return True


def sweep_photos(now) -> int:
    """Delete the images that hang nowhere: a collector was killed between fetching and hanging."""
    hung = Item.objects.exclude(photo=None).values("photo")
    old = Photo.objects.filter(collection__name=photos.NAME, created_at__lt=now - HANGING)
    lost = [photo for photo in old.exclude(pk__in=hung)[:MOST] if not photo.get_usage().count()]
    for photo in lost:
        photo.delete()
    return len(lost)


def clear() -> None:
    """Once a day."""
    now = timezone.now()
    empty_old_records(now)
    sweep_photos(now)
