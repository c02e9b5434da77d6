"""What the pages of magazines and issues show, worked out before the template."""

from dataclasses import dataclass

from django.conf import settings

from home import page_paths
from webmag import cards, lists, snapshots, social, structured_data
from webmag.lists import ArticleList
from webmag.models import Article, Issue, Magazine, Role

MOST_ISSUES = 200


@dataclass(frozen=True)
class IndexPage:
    """All magazines, and a page of all articles."""

    magazines: list
    articles: ArticleList


@dataclass(frozen=True)
class MagazinePage:
    """One magazine: `lead` is the newest article, on the first page only."""

    shown: dict
    band: dict
    url: str
    lead: cards.Card | None
    articles: ArticleList
    issues: list
    team: list
    social_image: str


@dataclass(frozen=True)
class IssuePage:
    """One issue, with those around it and all others."""

    shown: dict
    url: str
    articles: list
    before: Issue | None
    after: Issue | None
    issues: list
    social_image: str
    json_ld: str


@dataclass(frozen=True)
class IssueLine:
    """One issue in a list of issues."""

    pk: int
    title: str
    url: str
    number: int | None
    date: object
    picture: dict | None


def index(page):
    """All public magazines by name, with the articles of this page."""
    magazines = Magazine.objects.public().defer("about").order_by("title", "pk")
    return IndexPage(list(magazines), lists.page_of(Article.objects.public().newest_first(), page))


def magazine(found, page, is_preview=False):
    """A magazine; of a draft it is made from what stands in memory."""
    fresh = is_preview or not found.snapshot
    articles = Article.objects.public().of_magazine(found).newest_first()
    listed = lists.page_of(articles, page)
    lead = listed.cards[0] if listed.cards and listed.paging.page == 1 else None
    shown = snapshots.of_magazine(found) if fresh else found.snapshot
    return MagazinePage(
        shown=shown,
        band=snapshots.of_band(found),
        url=settings.SITE_URL + page_paths.address(found.url_path),
        lead=lead,
        articles=listed,
        issues=issues_of(found.path),
        team=team(found) if found.pk else [],
        social_image=social.image(shown, found.slug),
    )


def team(found):
    """Who makes a magazine: those of the editorial office first, with the communes they cover."""
    roles = Role.objects.filter(magazine=found).select_related("author")
    return list(roles.prefetch_related("author__covers").defer("author__about"))


def issue(found, is_preview=False):
    """An issue, its public articles in their order, and its neighbours."""
    fresh = is_preview or not found.snapshot
    shown = snapshots.of_issue(found) if fresh else found.snapshot
    order = [entry.article_id for entry in found.entries.all()]
    made = cards.make(Article.objects.public().filter(pk__in=order))
    articles = sorted(made, key=lambda card: order.index(card.pk))
    issues = issues_of(snapshots.parent_path(found))
    place = next((n for n, one in enumerate(issues) if one.pk == found.pk), None)
    url = settings.SITE_URL + page_paths.address(found.url_path)
    return IssuePage(
        shown=shown,
        url=url,
        articles=articles,
        after=issues[place - 1] if place else None,
        before=issues[place + 1] if place is not None and place + 1 < len(issues) else None,
        issues=issues,
        social_image=social.image_of_page(found, shown),
        json_ld=structured_data.issue_json(found, shown, url, articles),
    )


def issues_of(path):
    """The public issues of the magazine at this place in the tree, newest first."""
    depth = len(path) // Issue.steplen + 1
    found = Issue.objects.public().filter(path__startswith=path, depth=depth).newest_first()
    rows = found.values_list("pk", "title", "url_path", "number", "date", "snapshot__card")
    return [
        IssueLine(pk, title, page_paths.address(url_path), *others)
        for pk, title, url_path, *others in rows[:MOST_ISSUES]
    ]
