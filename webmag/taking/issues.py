"""What there is of an issue to take along: its public articles, in their order, and its words."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404

from home import page_paths
from webmag import snapshots
from webmag.models import Article, Issue
from webmag.taking import paper
from webmag.taking.paper import Piece
from webmag.taking.sheets import Sheet, Shown


@dataclass(frozen=True)
class WholeIssue:
    """An issue on paper; `editorial` is XHTML, `band` its magazine's title, slug and colour."""

    issue: Issue
    band: dict
    url: str
    cover: Shown | None
    editorial: str
    pieces: list[Piece]

    @property
    def authors(self) -> list[str]:
        """Everybody who signs something in it, each once, in order."""
        return list(dict.fromkeys(name for piece in self.pieces for name in piece.authors))

    @property
    def sections(self) -> list[str]:
        """The headings under which its articles stand, each once, in order."""
        return list(dict.fromkeys(piece.section for piece in self.pieces if piece.section))


def articles_of(issue: Issue) -> list[Article]:
    """The issue's public articles in order; raises `Http404` where there is none yet."""
    order = [entry.article_id for entry in issue.entries.all()]
    public = Article.objects.public().filter(pk__in=order)
    articles = sorted(public, key=lambda article: order.index(article.pk))
    if not articles:
        raise Http404
    return articles


def whole(issue: Issue, make_sheet: Callable[..., Sheet], place: str) -> tuple[WholeIssue, Sheet]:
    """The whole issue on a sheet; `place` says where an article stands in it, by its number.

    `make_sheet` takes where the addresses of articles are, and makes the sheet.
    """
    articles = articles_of(issue)
    inside = {
        page_paths.address(article.url_path): place.format(number)
        for number, article in enumerate(articles, start=1)
    }
    sheet: Sheet = make_sheet(inside)
    pieces = paper.pieces(articles, sheet)
    url = paper.address_of(issue)
    cover = paper.photos_of(issue.cover_id).get(issue.cover_id)
    shown = issue.snapshot or snapshots.of_issue(issue)
    made = WholeIssue(
        issue=issue,
        band=shown["magazine"],
        url=url,
        cover=sheet.shown(cover),
        editorial=paper.rich(issue.editorial, sheet, url),
        pieces=pieces,
    )
    return made, sheet
