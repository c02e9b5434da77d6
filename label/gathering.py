"""What gathers on a local-production page: posts, articles and members that meet its rules.

Rules of one kind are joined by « ou », kinds by « et »; a kind without rules asks nothing. Without
a tag of its own a page asks for the label's hashtag, which who bears the label carries by it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import CharField, F, IntegerField, Q, Value
from django.db.models.functions import Cast
from django.utils import timezone

from directory import cards as listing_cards
from directory.models import Listing
from directory.tree import category_tree
from home.models.tags import clean_tag
from home.paging import Paging
from home.templatetags.frame import site_settings
from label import gathered_items, item_cards, post_cards
from label.models import LocalProductionPage, Post
from label.models.production import LocalProductionTag
from webmag import cards as article_cards
from webmag.models import Article, ArticleListing

ON_A_PAGE = 12
MOST_MEMBERS = 6
MEMBERS_ON_A_PAGE = 24
POST, ARTICLE, ITEM = 0, 1, 2
TEXT = CharField()


@dataclass(frozen=True)
class Rules:
    """By what a page gathers; both days are included."""

    tags: tuple[str, ...] = ()
    categories: tuple[int, ...] = ()
    communes: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    # A wall may gather whatever there is, only what members or one listing tell, or some kinds.
    everything: bool = False
    labelled: bool = False
    listing: int | None = None
    kinds: tuple[int, ...] = (POST, ARTICLE, ITEM)

    @property
    def ask(self):
        """Whether they ask anything: a page without any rule gathers nothing."""
        return bool(self.tags or self.categories or self.communes or self.everything)


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


def hashtag():
    """The label's hashtag in its one form; "" where none is set."""
    return clean_tag(site_settings().hashtag)


def rules_of(page):
    """The rules of a draft as it stands in memory."""
    names = [tag.name for tag in page.tags.all()]
    categories = [category.pk for category in page.categories.all()]
    return _rules(page, names, categories, [commune.pk for commune in page.communes.all()])


def published_rules_of(page):
    """The rules of a page as they are kept, in one query for the three kinds."""
    through = LocalProductionPage.categories.through, LocalProductionPage.communes.through
    kinds = (
        (LocalProductionTag.objects.filter(content_object=page), F("tag__name")),
        (through[0].objects.filter(localproductionpage=page), Cast("category_id", TEXT)),
        (through[1].objects.filter(localproductionpage=page), F("commune_id")),
    )
    rows = [
        found.annotate(kind=Value(kind, output_field=IntegerField()), value=value)
        .order_by()
        .values_list("kind", "value")
        for kind, (found, value) in enumerate(kinds)
    ]
    names, categories, communes = [], [], []
    for kind, value in rows[0].union(*rows[1:], all=True):
        (names, categories, communes)[kind].append(value)
    return _rules(page, names, map(int, categories), communes)


def _rules(page, names, categories, communes):
    label = hashtag()
    return Rules(
        tags=tuple(sorted(names)) or ((label,) if label else ()),
        categories=trades(categories),
        communes=tuple(sorted(communes)),
        since=page.since,
        until=page.until,
    )


def trades(numbers):
    """These categories; a family stands for all its trades."""
    tree = category_tree()
    found = {number: tree.by_pk.get(number) for number in numbers}
    below = (trade.pk for one in found.values() if one for trade in tree.trades_of(one))
    return tuple(sorted({*found, *below}))


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


def members(rules):
    """Listings that bear the label, or carry a tag asked for, and meet the rules; by name.

    The period is not asked of them: somebody is a member, whenever that began.
    """
    found = Listing.objects.public().trading()
    carries = Q(pk__in=bearing(Listing.tag_items, rules.tags))
    carries |= Q(pk__in=bearing(Listing.product_items, rules.tags))
    if not rules.tags or hashtag() in rules.tags:
        carries |= Q(labelled=True)
    found = found.filter(carries) if rules.ask else found.none()
    if rules.categories:
        found = found.filter(pk__in=of_trades(rules).values("pk"))
    if rules.communes:
        found = found.filter(commune__in=rules.communes)
    return found.order_by("name", "pk")


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


def lines(rules):
    """What was told as one list of (kind, number, when), newest first."""
    told = [
        found.order_by()
        .annotate(
            kind=Value(kind, output_field=IntegerField()), number=F("pk"), told_at=F(published)
        )
        .values_list("kind", "number", "told_at")
        for kind, found, published in (
            (POST, posts(rules), "published_at"),
            (ARTICLE, articles(rules), "first_published_at"),
            (ITEM, items(rules), "published_at"),
        )
        if kind in rules.kinds
    ]
    return told[0].union(*told[1:], all=True).order_by("-told_at", "kind", "-number")


def wall(rules, page=1, size=ON_A_PAGE):
    """One page of what was told, in at most six queries however much there is."""
    found = lines(rules)
    paging = Paging(page, found.order_by().count(), size)
    return Wall(entries(found[paging.slice]) if paging.total else [], paging)


def newest(rules, most):
    """The newest entries."""
    return entries(lines(rules)[:most])


def entries(rows):
    """The cards of these lines, in their order."""
    found = [(kind, number) for kind, number, _ in rows]
    numbers = {kind: [n for k, n in found if k == kind] for kind in (POST, ARTICLE, ITEM)}
    made = {}
    if numbers[POST]:
        for card in post_cards.make(Post.objects.public().filter(pk__in=numbers[POST])):
            made[POST, card.pk] = Entry(post=card)
    if numbers[ARTICLE]:
        for card in article_cards.make(Article.objects.public().filter(pk__in=numbers[ARTICLE])):
            made[ARTICLE, card.pk] = Entry(article=card)
    if numbers[ITEM]:
        for pk, card in gathered_items.cards(numbers[ITEM]).items():
            made[ITEM, pk] = Entry(item=card)
    return [made[line] for line in found if line in made]


def member_cards(rules, page=1, size=MEMBERS_ON_A_PAGE):
    """One page of the members' cards: (cards, paging), in two queries."""
    found = members(rules)
    paging = Paging(page, found.count(), size)
    cards = listing_cards.make(found[paging.slice], timezone.now()) if paging.total else []
    return cards, paging
