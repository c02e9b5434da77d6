"""What a letter shows to an audience, read anew whenever it is written: only what is public now."""

from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from directory import cards as listing_cards
from directory.models import Listing
from home import pictures
from home.public_form import one_line
from label import gathering, item_cards, post_cards
from label.item_text import in_words
from label.models import Item, Post
from label.page_rules import Rules
from letter.models import News
from webmag import cards as article_cards
from webmag.models import Article, Magazine

Kind = News.Kind
# Of one kind in one letter; the others are counted and a link leads to all.
MOST = 12
SIGNS = 240


@dataclass(frozen=True)
class Entry:
    """One thing: `picture` is an absolute address, the same for everybody; "" for none."""

    kind: int
    pk: int
    title: str
    url: str
    about: str = ""
    words: str = ""
    picture: str = ""
    alt: str = ""

    @property
    def key(self):
        """How the editor's page names it."""
        return f"{self.kind}-{self.pk}"


@dataclass(frozen=True)
class Section:
    """Things of one sort; `more` is how many others there are, `url` where all are."""

    title: str
    entries: list[Entry]
    more: int
    url: str


def sections(audience, first, last, left_out=False):
    """What the letters numbered `first` to `last` (both included) tell this audience.

    With `left_out`, what somebody left out of them.
    """
    told = News.objects.filter(letter__gte=first, letter__lte=last, is_left_out=left_out)
    made = [
        articles(audience, numbers(told, Kind.ARTICLE)),
        listings(audience, numbers(told, Kind.LISTING)),
        voices(audience, numbers(told, Kind.POST), numbers(told, Kind.ITEM)),
    ]
    return [section for section in made if section.entries]


def numbers(told, kind):
    """Those of a kind, as a subquery."""
    return told.filter(kind=kind).values("number")


def cut(rows):
    """(the first of these rows, how many others there are)."""
    count = rows.count()
    return rows[:MOST], max(0, count - MOST)


def in_communes(audience):
    """The rules by which things belong to the communes that are followed; None for no commune."""
    return Rules(communes=audience.communes) if audience.communes else None


def articles(audience, told):
    """Articles, the newest first."""
    rows = Article.objects.public().filter(pk__in=told)
    if not audience.site:
        there = Q(pk__in=())
        for path in Magazine.objects.filter(pk__in=audience.magazines).values_list(
            "path", flat=True
        ):
            there |= Q(path__startswith=path)
        if rules := in_communes(audience):
            there |= Q(pk__in=gathering.articles(rules).order_by().values("pk"))
        rows = rows.filter(there)
    shown, more = cut(rows.newest_first())
    entries = [article(card) for card in article_cards.make(shown)]
    return Section("À lire", entries, more, absolute(reverse("webmag:magazines")))


def article(card):
    """The entry of one article."""
    shown = card.shown
    names = ", ".join(byline["name"] for byline in shown.get("bylines", ()))
    magazine = (shown.get("magazine") or {}).get("title", "")
    words = card.standfirst or shown.get("excerpt", "")
    return Entry(
        kind=Kind.ARTICLE,
        pk=card.pk,
        title=one_line(card.title),
        url=absolute(card.url),
        about=one_line(" · ".join(filter(None, (magazine, names)))),
        words=shortened(words),
        picture=absolute(shown["social"]) if shown.get("social") else "",
    )


def listings(audience, told):
    """New addresses, by name."""
    rows = Listing.objects.public().trading().filter(pk__in=told)
    if not audience.site:
        rows = rows.filter(commune__in=audience.communes)
    shown, more = cut(rows.order_by("name", "pk"))
    entries = [listing(card) for card in listing_cards.make(shown, timezone.now())]
    return Section("Nouvelles adresses", entries, more, absolute(reverse("directory:search")))


def listing(card):
    """The entry of one listing."""
    face = card.face
    return Entry(
        kind=Kind.LISTING,
        pk=card.pk,
        title=one_line(face.name),
        url=absolute(reverse("directory:listing", args=[face.slug])),
        about=one_line(" · ".join(filter(None, (face.category, face.commune)))),
        words=shortened(face.summary),
    )


def voices(audience, posts, items):
    """What people say: here, and where it was collected."""
    said = Post.objects.public().filter(pk__in=posts)
    found = Item.objects.public().filter(pk__in=items)
    if not audience.site:
        rules = in_communes(audience)
        said = said.filter(pk__in=gathering.posts(rules).values("pk")) if rules else said.none()
        found = found.filter(pk__in=gathering.items(rules).values("pk")) if rules else found.none()
    some_said, more_said = cut(said.newest_first())
    some_found, more_found = cut(found.newest_first())
    entries = with_photos(post, post_cards.make(some_said), some_said)
    entries += with_photos(item, item_cards.make(some_found), some_found)
    more = more_said + more_found + max(0, len(entries) - MOST)
    return Section("Ce qui se dit ici", entries[:MOST], more, absolute(reverse("wall:wall")))


def with_photos(entry, cards, rows):
    """Entries of cards with their photos; the rows are those that the cards were made of."""
    numbers = dict(rows.values_list("pk", "photo"))
    photos = pictures.with_pictures(filter(None, numbers.values()), "social")
    return [entry(card, photos.get(numbers.get(card.pk))) for card in cards]


def post(card, photo):
    """The entry of one post."""
    return Entry(
        kind=Kind.POST,
        pk=card.pk,
        title=one_line(card.by) or "Une publication",
        url=absolute(card.url),
        about=one_line(card.commune),
        words=shortened(card.text),
        picture=jpeg(photo),
        alt=photo.default_alt_text if photo else "",
    )


def item(card, photo):
    """The entry of one collected publication; it leads to the original."""
    return Entry(
        kind=Kind.ITEM,
        pk=card.pk,
        title=one_line(card.title or card.who) or "Une publication",
        url=card.url or absolute(reverse("wall:wall")),
        about=one_line(" · ".join(filter(None, (card.who if card.title else "", card.network)))),
        words=shortened(in_words(card.html)),
        picture=jpeg(photo),
        alt=photo.default_alt_text if photo else "",
    )


def jpeg(photo):
    """The absolute address of a photo in the form that every mail program shows: Outlook knows no
    WebP. It is the one of the feeds and of shared links."""
    return absolute(pictures.social_url(photo)) if photo else ""


def absolute(path):
    """An address with the site's name in front; one that is absolute already stays as it is."""
    return urljoin(f"{settings.SITE_URL}/", path)


def shortened(text):
    """The beginning of a text on one line."""
    return Truncator(one_line(text)).chars(SIGNS, truncate="…")
