"""What of a collected publication can be found, and what renews the pages: only published ones."""

from django.db.models.signals import m2m_changed, post_delete, post_save

from home import search
from home.models import ContentVersion
from label.item_text import in_words
from label.models import Item, ItemTag, Moment

KIND = "collectee"
CHUNK = 200
WORDS = {"title", "author", "html", "state"}


def entry(item):
    """Its words: title and author count most."""
    return search.Entry(
        object_id=item.pk,
        title=[item.title, item.author],
        body=[in_words(item.html), *(tag.name for tag in item.tags.all())],
    )


def index(items):
    """Put the published ones of these into the index, and take the others out."""
    shown = [item for item in items if item.is_published]
    search.remove(KIND, {item.pk for item in items} - {item.pk for item in shown})
    search.index(KIND, [entry(item) for item in shown])


def rebuild(done=lambda count: None):
    """Index all again; calls `done` with the number so far, returns how many were dropped."""
    pks = list(Item.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), CHUNK):
        some = pks[start : start + CHUNK]
        index(Item.objects.filter(pk__in=some).prefetch_related("tags"))
        done(start + len(some))
    published = Item.objects.filter(state=Item.State.PUBLISHED)
    return search.remove_all_but(KIND, published.values("pk"))


def saved(instance, created, raw=False, update_fields=None, **_kwargs):
    """One was kept; what is new and unseen is in no index, and not all fields are words."""
    unseen = created and not instance.is_published
    if not (raw or unseen or (update_fields and WORDS.isdisjoint(update_fields))):
        index([instance])


def tagged(instance, action, **_kwargs):
    """Its tags are others; what nobody sees renews no page."""
    if isinstance(instance, Item) and action.startswith("post_") and instance.is_published:
        index([instance])
        ContentVersion.bump()


def deleted(instance, **_kwargs):
    """One is gone."""
    search.remove(KIND, [instance.pk])
    ContentVersion.bump()


def moment_changed(**_kwargs):
    """The wall offers other hashtags."""
    ContentVersion.bump()


def connect():
    """Listen to what Django says of items and their tags."""
    post_save.connect(saved, sender=Item, dispatch_uid="label.item_saved")
    post_delete.connect(deleted, sender=Item, dispatch_uid="label.item_deleted")
    m2m_changed.connect(tagged, sender=ItemTag, dispatch_uid="label.item_tagged")
    for signal in (post_save, post_delete):
        signal.connect(moment_changed, sender=Moment, dispatch_uid="label.moment_changed")
