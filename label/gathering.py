"""What gathers by rules (label/page_rules.py): what was told here and elsewhere, and members."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Count, F, Q
from django.utils import timezone

from directory import cards as listing_cards
from directory.models import Listing
from home import page_paths
from home.paging import Paging
from home.prepared import Prepared
from label import faces, gathered_items, item_cards, post_cards
from label.models import Membership, Post
from label.page_rules import ARTICLE, ITEM, LISTING, MAKER, POST, hashtag, whole
from webmag import cards as article_cards
from webmag.models import Article, ArticleListing

ON_A_PAGE = 12
MOST_MEMBERS = 6
MEMBERS_ON_A_PAGE = 24
# Some 10 kB each.
MOST_KEPT = 200
POSTS = Prepared(
    lambda *pks: Post.objects.public().filter(pk__in=pks).values_list(*post_cards.COLUMNS)
)
# What `lines` found is public; to ask again where pages are hidden would cost as much.
ARTICLES = Prepared(
    lambda *pks: (
        Article.objects.filter(pk__in=pks, live=True).order_by().values_list(*article_cards.COLUMNS)
    )
)


@dataclass(frozen=True)
class Entry:
    """One thing on a wall: the card of a post, of an article, or of what was collected."""

    post: post_cards.PostCard | None = None
    article: article_cards.Card | None = None
    item: item_cards.ItemCard | None = None


@dataclass(frozen=True)
class Wall:
    """One page of what was told, newest first."""

    entries: list[Entry]
    paging: Paging


class Member(NamedTuple):
    """One who makes things here: the card of a listing, or of a member who has none."""

    listing: listing_cards.Card | None = None
    maker: faces.Face | None = None


class Totals(NamedTuple):
    """How much gathers: posts and articles together, listings, members without one."""

    told: int
    listings: int
    makers: int

    @property
    def members(self):
        """Listings and members without one."""
        return self.listings + self.makers


def posts(rules):
    """The posts that visitors may see and that meet the rules."""
    found = Post.objects.public() if rules.ask else Post.objects.none()
    if rules.tags:
        found = found.tagged(rules.tags)
    if rules.categories:
        trade = Q(listing__in=of_trades(rules).values("pk"))
        member = Q(listing=None, membership__trade__in=rules.categories)
        found = found.filter(trade | member)
    if rules.communes:
        member = Q(listing=None, membership__commune__in=rules.communes)
        found = found.filter(Q(listing__commune__in=rules.communes) | member)
    return within(gathered_items.of_whom(found, rules), "published_at", rules)


def items(rules):
    """The same of what was collected elsewhere."""
    found = gathered_items.found(rules, of_trades(rules))
    return within(gathered_items.of_whom(found, rules), "published_at", rules)


def articles(rules):
    """The articles that visitors may see and that meet the rules.

    An article is of the trade and the commune of the published listings that it is about.
    """
    found = Article.objects.public() if rules.ask else Article.objects.none()
    if rules.tags:
        found = found.filter(pk__in=bearing(Article.tag_items, rules.tags))
    if rules.categories:
        found = found.filter(pk__in=about(of_trades(rules)))
    if rules.communes:
        named = Article.communes.through.objects.filter(commune__in=rules.communes)
        there = Listing.objects.public().filter(commune__in=rules.communes)
        found = found.filter(Q(pk__in=named.values("article")) | Q(pk__in=about(there)))
    return within(found, "first_published_at", rules)


def listings(rules):
    """Listings that bear the label, or carry a tag asked for, and meet the rules.

    The period is not asked of them: somebody is a member, whenever that began.
    """
    found = Listing.objects.public().trading()
    carries = Q(pk__in=bearing(Listing.tag_items, rules.tags))
    carries |= Q(pk__in=bearing(Listing.product_items, rules.tags))
    if bearers_count(rules):
        carries |= Q(labelled=True)
    found = found.filter(carries) if rules.ask else found.none()
    if rules.categories:
        found = found.filter(pk__in=of_trades(rules).values("pk"))
    if rules.communes:
        found = found.filter(commune__in=rules.communes)
    return found


def makers(rules):
    """Members who have no listing and meet the rules by their own trade and commune.

    They have no tags: where a page asks for others than the label's, only their posts gather.
    """
    found = Membership.objects.public().filter(listing=None)
    if not rules.ask or not bearers_count(rules):
        return found.none()
    if rules.categories:
        found = found.filter(trade__in=rules.categories)
    if rules.communes:
        found = found.filter(commune__in=rules.communes)
    return found


def bearers_count(rules):
    """Whether to bear the label is enough to carry a tag asked for."""
    return not rules.tags or hashtag() in rules.tags


def bearing(relation, names):
    """The numbers of what bears one of these tags, as a subquery."""
    items = relation.rel.related_model.objects.filter(tag__name__in=names)
    return items.values("content_object")


def of_trades(rules):
    """The published listings of these trades, as their first or another."""
    more = Listing.more_categories.through.objects.filter(category__in=rules.categories)
    trade = Q(category__in=rules.categories) | Q(pk__in=more.values("listing"))
    return Listing.objects.public().filter(trade)


def about(listings):
    """The numbers of the articles about these listings, as a subquery."""
    return ArticleListing.objects.filter(listing__in=listings.values("pk")).values("article")


def within(found, field, rules):
    """Those of the period, by the site's days."""
    if rules.since:
        found = found.filter(**{f"{field}__gte": midnight(rules.since)})
    if rules.until:
        found = found.filter(**{f"{field}__lt": midnight(rules.until + timedelta(days=1))})
    return found


def midnight(day):
    """When a day begins here."""
    return timezone.make_aware(datetime.combine(day, time()))


def told(rules):
    """What people tell: [(kind, those that meet the rules, when they appeared)]."""
    kinds = (
        (POST, posts, "published_at"),
        (ARTICLE, articles, "first_published_at"),
        (ITEM, items, "published_at"),
    )
    return [(kind, found(rules), when) for kind, found, when in kinds if kind in rules.kinds]


def lines(rules):
    """What was told as one list of (kind, number, when), newest first."""
    first, *others = [
        found.order_by()
        .annotate(kind=whole(kind), number=F("pk"), told_at=F(when))
        .values_list("kind", "number", "told_at")
        for kind, found, when in told(rules)
    ]
    return first.union(*others, all=True).order_by("-told_at", "kind", "-number")


def member_lines(rules):
    """Listings and members without one as one list of (kind, number, name), by name."""
    named = [
        found.order_by()
        .annotate(of_kind=whole(kind), number=F("pk"), called=F(name))
        .values_list("of_kind", "number", "called")
        for kind, found, name in (
            (LISTING, listings(rules), "name"),
            (MAKER, makers(rules), "holder"),
        )
    ]
    return named[0].union(named[1], all=True).order_by("called", "of_kind", "number")


def counts(rules):
    """How much gathers, as one list of (kind, how many)."""
    return counted(
        *((kind, found) for kind, found, _ in told(rules)),
        (LISTING, listings(rules)),
        (MAKER, makers(rules)),
    )


def told_counts(rules):
    """How much was told, as one list of (kind, how many)."""
    return counted(*((kind, found) for kind, found, _ in told(rules)))


def counted(*kinds):
    """How many there are of each of these (kind, QuerySet), as one list."""
    first, *others = [
        found.order_by()
        .values(of_kind=whole(kind))
        .annotate(number=Count("pk"))
        .values_list("of_kind", "number")
        for kind, found in kinds
    ]
    return first.union(*others, all=True)


def totals(rules):
    """How much gathers, in one query."""
    number = dict(rows(counts, rules))
    told_here = sum(number.get(kind, 0) for kind in rules.kinds)
    return Totals(told_here, number.get(LISTING, 0), number.get(MAKER, 0))


def how_many(rules):
    """How much was told, in one query."""
    return sum(number for _, number in rows(told_counts, rules))


def rows(make, rules, cut=slice(None)):
    """The rows of a list of what gathers, or a part of them, by SQL that is worked out once."""
    if not rules.ask:
        return []
    around = hashtag(), tuple(page_paths.hidden_paths()), timezone.localdate()
    return _prepared(make, rules, cut.start, cut.stop, *around).rows()


@lru_cache(maxsize=MOST_KEPT)
def _prepared(make, rules, start, stop, *_around):
    """The query; what it depends on beside the rules is only there to tell queries apart."""
    return Prepared(lambda: make(rules)[start:stop])


def wall(rules, total, page=1, size=ON_A_PAGE):
    """One page of what was told, `total` in all; in at most three queries."""
    paging = Paging(page, total, size)
    return Wall(entries(rows(lines, rules, paging.slice)) if total else [], paging)


def newest(rules, most):
    """The newest entries."""
    return entries(rows(lines, rules, slice(most)))


def entries(found_lines):
    """The cards of these lines, in their order."""
    found = [(kind, number) for kind, number, _ in found_lines]
    numbers = {kind: [n for k, n in found if k == kind] for kind in (POST, ARTICLE, ITEM)}
    made = {}
    if numbers[POST]:
        for card in post_cards.bare(POSTS.rows(*numbers[POST])):
            made[POST, card.pk] = Entry(post=card)
    if numbers[ARTICLE]:
        for card in article_cards.bare(ARTICLES.rows(*numbers[ARTICLE])):
            made[ARTICLE, card.pk] = Entry(article=card)
    if numbers[ITEM]:
        for pk, card in gathered_items.cards(numbers[ITEM]).items():
            made[ITEM, pk] = Entry(item=card)
    return [made[line] for line in found if line in made]


def members(rules, paging):
    """Who stands on one page of the members."""
    if not paging.total:
        return []
    found = [(kind, number) for kind, number, _ in rows(member_lines, rules, paging.slice)]
    numbers = {kind: [n for k, n in found if k == kind] for kind in (LISTING, MAKER)}
    made = {}
    for card in listing_cards.of(numbers[LISTING], timezone.now()):
        made[LISTING, card.pk] = Member(listing=card)
    for number, face in faces.by_number(numbers[MAKER]).items():
        made[MAKER, number] = Member(maker=face)
    return [made[line] for line in found if line in made]
