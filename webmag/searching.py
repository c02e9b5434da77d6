"""Looking for something in the whole site: listings and articles."""

from dataclasses import dataclass, field

from django.db.models import Count, Window
from django.db.models.functions import Length
from django.utils import timezone

from directory import cards as listing_cards
from directory.models import Listing
from directory.search.criteria import Criteria
from directory.search.indexing import KIND as LISTING
from directory.search.matching import in_order
from home.paging import Paging
from home.search import Found, find
from webmag import cards
from webmag.indexing import KIND as ARTICLE
from webmag.lists import ON_A_PAGE, ArticleList
from webmag.models import Article

BEST_LISTINGS = 6
SUGGESTIONS, SHORTEST = 8, 2


@dataclass
class Answers:
    """What answers to some words. `corrected`: how they were understood, where that differs.

    `meant` is a question that was probably meant, where what was typed finds something too.
    """

    words: str
    listings: list = field(default_factory=list)
    listings_total: int = 0
    articles: ArticleList | None = None
    corrected: str = ""
    meant: str = ""
    partial: bool = False

    @property
    def nothing(self):
        """Whether neither a listing nor an article answers."""
        return not self.listings_total and not self.articles.total


def answers(words, page):
    """Look for these words; the articles of this page."""
    about, articles = find(LISTING, words), find(ARTICLE, words)
    plain = [found for found in (about, articles) if found.groups and not found.corrected]
    mended = [found for found in (about, articles) if found.groups and found.corrected]
    # Where the words as typed are found, what they may have meant is offered, not shown.
    as_typed = bool(plain)
    if as_typed and mended:
        about, articles = (only_typed(found) for found in (about, articles))
    whole = any(found.groups and not found.partial for found in (about, articles))
    if whole:
        about, articles = (only_whole(found) for found in (about, articles))
    answer = Answers(words)
    answer.corrected = "" if as_typed else next((found.corrected for found in mended), "")
    answer.meant = mended[0].corrected if as_typed and mended else ""
    answer.listings, answer.listings_total = best_listings(words, about)
    answer.articles = articles_of(articles, page)
    answer.partial = not whole and not answer.nothing
    return answer


def only_typed(found):
    """Nothing, where the words were mended."""
    return Found(found.kind, found.asked) if found.corrected else found


def only_whole(found):
    """Nothing, where only some of the words are held."""
    return Found(found.kind, found.asked) if found.partial else found


def best_listings(words, found):
    """(the cards of the best listings, how many answer in all)."""
    if not found.groups:
        return [], 0
    answering = Listing.objects.public().trading().search(found)
    answering = in_order(answering, Criteria(words=words), found)
    rows = list(answering.values_list("pk", Window(Count("pk")))[:BEST_LISTINGS])
    pks = [pk for pk, _ in rows]
    return listing_cards.of(pks, timezone.now()), rows[0][1] if rows else 0


def articles_of(found, page):
    """The articles of one page, the best first."""
    if not found.groups:
        return ArticleList([], Paging(1, 0, ON_A_PAGE))
    answering = Article.objects.public().search(found)
    paging = Paging(page, answering.order_by().count(), ON_A_PAGE)
    made = cards.make(answering.best_first(found)[paging.slice]) if paging.total else []
    return ArticleList(made, paging)


def suggestions(typed):
    """Titles and names that somebody may be typing: [{label, url}], at most 8."""
    if len(typed.strip()) < SHORTEST:
        return []
    about, articles = find(LISTING, typed), find(ARTICLE, typed)
    listed, written = [], []
    if about.groups and not about.partial:
        public = Listing.objects.public().trading().search(about)
        best = public.order_by(about.rank().desc(), Length("name"), "name", "pk")
        listed = [
            {"label": listing.name, "url": listing.get_absolute_url()}
            for listing in best.only("name", "slug")[:SUGGESTIONS]
        ]
    if articles.groups and not articles.partial:
        best = Article.objects.public().search(articles).best_first(articles)
        written = [
            {"label": card.title, "url": card.url} for card in cards.make(best[:SUGGESTIONS])
        ]
    half = SUGGESTIONS // 2
    kept = listed[: max(half, SUGGESTIONS - len(written))]
    return [*kept, *written[: SUGGESTIONS - len(kept)]]
