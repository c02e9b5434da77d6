"""The demo's letter: invented followers, two letters that went, and one that waits to be read."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from directory.models import Listing
from label.models import Item, Post
from letter import closing
from letter.addresses import hash_of
from letter.models import Follower, Letter, LetterSettings, News
from webmag.models import Article, Magazine

# All at example.org, where nobody is: no letter leaves the machine for them.
PEOPLE = (
    *("clemence", "gilles", "maud", "sylvain", "huguette", "rachid", "ines", "paul", "denise"),
    *("yann", "corinne", "bastien", "odette", "lucie", "farid", "nathalie", "edmond", "salome"),
)
WORDS = (
    "Les marchés reprennent leurs horaires d’été. Merci à celles et ceux qui nous l’ont signalé.",
    "",
)
# How many days ago each of the two went, and how many things of each kind it told.
WENT = (12, 5)
TOLD = ((News.Kind.ARTICLE, 2), (News.Kind.LISTING, 5), (News.Kind.POST, 3), (News.Kind.ITEM, 1))
HOUR = 7


@transaction.atomic
def load_letters():
    """Make the followers, the archive and the coming letter; returns how many follow."""
    rules = LetterSettings.load()
    rules.is_read_first = True
    rules.save()
    today = timezone.localdate()
    pools = {
        News.Kind.ARTICLE: Article.objects.public().order_by("first_published_at"),
        News.Kind.LISTING: Listing.objects.public().trading().order_by("pk"),
        News.Kind.POST: Post.objects.public().order_by("published_at"),
        News.Kind.ITEM: Item.objects.public().order_by("published_at"),
    }
    numbers = {kind: list(rows.values_list("pk", flat=True)) for kind, rows in pools.items()}
    for place, days in enumerate(WENT):
        letter = went(today - timedelta(days=days), WORDS[place])
        tell(letter, numbers, {kind: slice(place * n, (place + 1) * n) for kind, n in TOLD})
    coming = closing.begin()
    tell(coming, numbers, {kind: slice(2 * n, 3 * n) for kind, n in TOLD})
    # The rest of the demo is older than its letters.
    told_before(letter, numbers)
    load_followers(letter, today)
    return len(PEOPLE)


def went(day, words):
    """A letter of a day, sent to all but one."""
    then = timezone.make_aware(datetime.combine(day, time(HOUR)))
    letter = Letter.objects.create(
        is_coming=None,
        state=Letter.State.SENT,
        day=day,
        words=words,
        closed_at=then,
        finished_at=then + timedelta(minutes=1),
        sent=len(PEOPLE) - 3,
    )
    letter.tell("Partie d’elle-même")
    return letter


def tell(letter, numbers, parts):
    """Put a part of what there is into a letter."""
    for kind, part in parts.items():
        News.objects.bulk_create(
            News(letter=letter, kind=kind, number=number) for number in numbers[kind][part]
        )


def told_before(letter, numbers):
    """Nothing else is new: it counts as left out of a letter that went."""
    rows = [
        News(letter=letter, kind=kind, number=number, is_left_out=True)
        for kind, found in numbers.items()
        for number in found
    ]
    News.objects.bulk_create(rows, ignore_conflicts=True)


def load_followers(letter, today):
    """Some of everything, some of a magazine or a commune, one who has not confirmed yet."""
    magazine = Magazine.objects.public().order_by("pk").first()
    commune = Listing.objects.public().exclude(commune=None).order_by("pk").first()
    audiences = ["site"]
    audiences += [f"m{magazine.pk}"] if magazine else []
    audiences += [f"c{commune.commune_id}"] if commune else []
    for place, name in enumerate(PEOPLE):
        email = f"{name}@example.org"
        weekly = place % 3 != 0
        days = 20 + place
        confirmed = None if place == len(PEOPLE) - 1 else today - timedelta(days=days)
        Follower.objects.create(
            email=email,
            address_hash=hash_of(email),
            audience=audiences[place % 7 % len(audiences)],
            rhythm=Follower.Rhythm.WEEKLY if weekly else Follower.Rhythm.DAILY,
            confirmed_on=confirmed,
            confirmed_at=confirmed and timezone.now() - timedelta(days=days),
            told_until=letter.pk,
            mailed_on=confirmed and letter.day,
        )
