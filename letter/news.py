"""What is new: gathered into the coming letter, each thing once, whenever it appeared.

Not « since the last letter » by the clock: what a volunteer lets appear today may have been written
ten days ago. What no letter told yet is new.
"""

from datetime import timedelta

from django.db.models import Q

from directory.models import Listing
from label.models import Item, Post
from letter.models import News
from webmag.models import Article

Kind = News.Kind
# What appeared before is no news any more, also for a site's first letter.
NEW_DAYS = 8
CHUNK = 500


def appeared(since):
    """[(kind, what visitors may see of it that appeared since)]."""
    appeared_items = Q(decided_at__gte=since) | Q(decided_at=None, seen_at__gte=since)
    listings = Listing.objects.public().trading()
    return [
        (Kind.ARTICLE, Article.objects.public().filter(first_published_at__gte=since)),
        (Kind.LISTING, listings.filter(first_appeared(since))),
        (Kind.POST, Post.objects.public().filter(published_at__gte=since)),
        (Kind.ITEM, Item.objects.public().filter(appeared_items)),
    ]


def first_appeared(since):
    """Listings by when they were first published; imported ones by when they came."""
    return Q(first_published_at__gte=since) | Q(first_published_at=None, created_at__gte=since)


def untold(now):
    """[(kind, numbers)] of what is new and stands in no letter yet."""
    since = now - timedelta(days=NEW_DAYS)
    found = []
    for kind, rows in appeared(since):
        told = News.objects.filter(kind=kind).values("number")
        numbers = list(rows.exclude(pk__in=told).order_by("pk").values_list("pk", flat=True))
        if numbers:
            found.append((kind, numbers))
    return found


def gather(letter, found):
    """Put what was found into a letter; what another process put into one stays there."""
    rows = [
        News(letter=letter, kind=kind, number=number)
        for kind, numbers in found
        for number in numbers
    ]
    News.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)


def release_what_is_hidden(letter):
    """What was taken away before the letter went is told later, should it come back."""
    public = {
        Kind.ARTICLE: Article.objects.public(),
        Kind.LISTING: Listing.objects.public(),
        Kind.POST: Post.objects.public(),
        Kind.ITEM: Item.objects.public(),
    }
    for kind, rows in public.items():
        mine = News.objects.filter(letter=letter, kind=kind, is_left_out=False)
        mine.exclude(number__in=rows.values("pk")).delete()
