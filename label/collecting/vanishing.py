"""What is no longer there where it was written leaves the site, and its photo is deleted."""

from datetime import timedelta

from label.models import Item, Sighting

FIRST_RECHECK = timedelta(days=1)
# Asked for at once when a source no longer shows so many.
MOST_MISSING = 200
FORGOTTEN = (
    *("title", "html", "original", "author", "author_url", "photo_url", "photo_alt", "photo_from"),
)


def take_off(item: Item, recheck_at) -> None:
    """Off the site and out of the queue; whether it is really gone is asked again then."""
    item.state, item.recheck_at = Item.State.GONE, recheck_at
    strip(item)


def strip(item: Item) -> None:
    """Nothing of it waits any more, and its photo is deleted; saves it."""
    photo, item.photo = item.photo, None
    item.change, item.changed_at, item.photo_due_at = {}, None, None
    item.save()
    if photo and not photo.get_usage().count():
        photo.delete()


def forget(item: Item) -> None:
    """It was really deleted: its words go, too; what stays is that it was there."""
    for name in FORGOTTEN:
        setattr(item, name, "")
    item.recheck_at = None
    item.save()
    item.tags.clear()


def look_for_missing(source, guids, now) -> None:
    """What a source no longer shows is soon asked for at its origin.

    Falling off the end of a feed means nothing by itself: it is only a reason to look.
    """
    missing = source.sightings.filter(listed=True).exclude(guid__in=guids)
    found = list(missing.order_by("-pk").values_list("pk", "item_id")[:MOST_MISSING])
    if not found:
        return
    Sighting.objects.filter(pk__in=[pk for pk, _ in found]).update(listed=False)
    held = (Item.State.WAITING, Item.State.PUBLISHED)
    Item.objects.filter(pk__in=[item for _, item in found], state__in=held).update(recheck_at=now)
