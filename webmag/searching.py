"""Looking for something in the whole site: listings, articles, and what rooms above add.

Rooms above say by `also` what else there is to find (label/answers.py).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Count, Window
from django.db.models.functions import Length
from django.utils import timezone

from directory import cards as listing_cards
from directory.models import Listing
from directory.search.criteria import Criteria
from directory.search.indexing import KIND as LISTING
from directory.search.matching import in_order
from home.paging import Paging
from home.search import Found, find_each
from webmag import cards
from webmag.indexing import KIND as ARTICLE
from webmag.lists import ON_A_PAGE, ArticleList
from webmag.models import Article

BEST_LISTINGS, BEST_OF_A_GROUP = 6, 6
SUGGESTIONS, SHORTEST, MOST_OTHERS = 8, 2, 2


@dataclass(frozen=True)
class Kind:
    """Another kind of thing to find.

    `kind` names it in the index, `word` in addresses and `one` and `many` on the page. `public`
    gives what visitors may see and answers to a `Found`, the best first; `shown` makes of some of
    it what `template` takes as `things`. `names` makes [{label, url}] for suggestions; without it
    none are suggested.
    """

    kind: str
    word: str
    one: str
    many: str
    template: str
    public: Callable
    shown: Callable
    names: Callable | None = None


kinds: dict[str, Kind] = {}


def also(kind):
    """Say what else there is to find; rooms above call it when they are ready."""
    kinds[kind.kind] = kind


@dataclass(frozen=True)
class Group:
    """Some things of another kind, of those that answer."""

    kind: Kind
    things: list
    paging: Paging

    @property
    def title(self):
        """« 12 publications »."""
        return f"{self.paging.total} {self.kind.one if self.paging.total < 2 else self.kind.many}"


NO_ARTICLES = ArticleList([], Paging(1, 0, ON_A_PAGE))


@dataclass
class Answers:
    """What answers to some words. `corrected`: how they were understood, where that differs.

    `meant` is a question that was probably meant, where what was typed finds something too.
    """

    words: str
    listings: list = field(default_factory=list)
    listings_total: int = 0
    articles: ArticleList = field(default_factory=lambda: NO_ARTICLES)
    groups: list = field(default_factory=list)
    only: str = ""
    corrected: str = ""
    meant: str = ""
    partial: bool = False

    @property
    def query(self):
        """What the address says beside the page's number."""
        return urlencode({"q": self.words, "parmi": self.only})

    @property
    def nothing(self):
        """Whether nothing answers."""
        return not self.listings_total and not self.articles.total and not self.groups


def answers(words, page, only=""):
    """Look for these words: the best of each kind, and the articles of this page.

    `only` is the word of one other kind: then this page of it alone.
    """
    every = find_each((LISTING, ARTICLE), words, kinds)
    plain = [found for found in every.values() if found.groups and not found.corrected]
    mended = [found for found in every.values() if found.groups and found.corrected]
    # Where the words as typed are found, what they may have meant is offered, not shown.
    as_typed = bool(plain)
    if as_typed and mended:
        every = {kind: only_typed(found) for kind, found in every.items()}
    whole = any(found.groups and not found.partial for found in every.values())
    if whole:
        every = {kind: only_whole(found) for kind, found in every.items()}
    answer = Answers(words)
    answer.corrected = "" if as_typed else next((found.corrected for found in mended), "")
    answer.meant = mended[0].corrected if as_typed and mended else ""
    alone = [kind for kind in kinds.values() if kind.word == only]
    if alone:
        answer.only = only
        answer.groups = groups_of(alone, every, page, ON_A_PAGE)
    else:
        answer.listings, answer.listings_total = best_listings(words, every[LISTING])
        answer.articles = articles_of(every[ARTICLE], page)
        if answer.articles.paging.page == 1:
            answer.groups = groups_of(kinds.values(), every, 1, BEST_OF_A_GROUP)
    answer.partial = not whole and not answer.nothing
    return answer


def groups_of(asked, every, page, size):
    """What answers of other kinds; without those of which nothing does."""
    groups = []
    for kind in asked:
        found = every[kind.kind]
        if not found.groups:
            continue
        answering = kind.public(found)
        paging = Paging(page, answering.order_by().count(), size)
        if paging.total:
            groups.append(Group(kind, kind.shown(answering[paging.slice]), paging))
    return groups


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
        return NO_ARTICLES
    answering = Article.objects.public().search(found)
    paging = Paging(page, answering.order_by().count(), ON_A_PAGE)
    made = cards.make(answering.best_first(found)[paging.slice]) if paging.total else []
    return ArticleList(made, paging)


def suggestions(typed):
    """Titles and names that somebody may be typing: [{label, url}], at most 8."""
    if len(typed.strip()) < SHORTEST:
        return []
    named = [kind for kind in kinds.values() if kind.names]
    every = find_each((LISTING, ARTICLE, *(kind.kind for kind in named)), typed)
    about, articles = every[LISTING], every[ARTICLE]
    listed, written, others = [], [], []
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
    for kind in named:
        found = every[kind.kind]
        if found.groups and not found.partial:
            others += kind.names(kind.public(found)[:MOST_OTHERS])
    others = others[:MOST_OTHERS]
    room = SUGGESTIONS - len(others)
    kept = listed[: max(room // 2, room - len(written))]
    return [*kept, *others, *written[: room - len(kept)]]
