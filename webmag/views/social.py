"""Cards for links to what has no photo, drawn as the directory's are (home/social_card.py)."""

from django.views.decorators.http import require_safe

from home import social_card
from webmag import article_page, snapshots
from webmag.models import Article, Issue, Magazine
from webmag.templatetags.webmag_tags import day
from webmag.views.magazines import found


@require_safe
def magazine_card(_request, magazine):
    """The magazine's name and its line."""
    shown = found(Magazine.objects.at(magazine))
    return social_card.answer(shown.title, shown.line)


@require_safe
def page_card(_request, magazine, slug):
    """An article's title and who wrote it, an issue's and its number."""
    page = Article.objects.at(magazine, slug)
    detail = by_whom(page) if page else ""
    if not page:
        page = found(Issue.objects.at(magazine, slug))
        detail = which(page)
    return social_card.answer(page.title, detail)


def by_whom(article):
    """« Le Bissac · par Odile et Paul »."""
    shown = article_page.shown_of(article, is_preview=False)
    names = "".join(name + end for name, _, _, end in article_page.signed(shown["bylines"]))
    return joined(shown["magazine"]["title"], names and f"par {names}")


def which(issue):
    """« Le Bissac · Numéro 3 · 12 mai 2026 »."""
    shown = issue.snapshot or snapshots.of_issue(issue)
    number = f"Numéro {issue.number}" if issue.number else ""
    return joined(shown["magazine"]["title"], number, day(issue.date))


def joined(*parts):
    """What there is of these, on one line."""
    return " · ".join(filter(None, parts))
