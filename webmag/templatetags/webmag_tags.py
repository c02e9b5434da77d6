"""What templates of any room show of the magazines."""

from collections import defaultdict
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.dates import MONTHS

from home import page_paths
from home.paging import asked_page
from home.prepared import Prepared
from home.versions import remembered, remembered_by
from webmag import article_page, cards, magazine_page, story
from webmag.models import Article, Author

register = template.Library()
register.simple_tag(story.markup, name="story")
LATEST, ABOUT = 3, 4
# Every listing's page asks.
TOLD_IN = Prepared(
    lambda listing, *hidden: (
        Article.objects.public(hidden)
        .about_listing(listing)
        .newest_first()
        .values_list(*cards.COLUMNS)[:ABOUT]
    ),
    lambda listing, *hidden: (listing, *map(page_paths.below, hidden)),
)


@register.simple_tag(takes_context=True)
def shown_article(context, page):
    """What an article's page shows; for its page and for the editor's preview."""
    return once(
        context,
        page,
        lambda: article_page.build(page, is_preview(context), timezone.now()),
    )


@register.simple_tag(takes_context=True)
def around_article(context, page):
    """What to read next, and the articles before and after: made once per content version."""
    if is_preview(context):
        return article_page.around(page, is_preview=True)
    return remembered_by(page.pk, "around articles", lambda: article_page.around(page))


@register.simple_tag(takes_context=True)
def shown_magazine(context, page):
    """What a magazine's page shows."""
    return once(
        context,
        page,
        lambda: magazine_page.magazine(page, page_asked(context), is_preview(context)),
    )


@register.simple_tag(takes_context=True)
def shown_issue(context, page):
    """What an issue's page shows."""
    return once(context, page, lambda: magazine_page.issue(page, is_preview(context)))


@register.simple_tag(takes_context=True)
def shown_index(context, page):
    """What the page of all magazines shows."""
    return once(context, page, lambda: magazine_page.index(page_asked(context)))


def once(context, page, make):
    """Worked out once per page: each block of a template asks for it."""
    kept = context.render_context
    key = f"webmag {page.pk}"
    if key not in kept:
        kept[key] = make()
    return kept[key]


def is_preview(context):
    """Whether an editor looks at a draft."""
    return getattr(context.get("request"), "is_preview", False)


def page_asked(context):
    """Which page of a list is asked for."""
    request = context.get("request")
    return asked_page(request.GET) if request else 1


@register.filter
def signed(bylines):
    """Names for a sentence: [(name, slug, part, what follows)]."""
    return article_page.signed(bylines)


@register.filter
def day(moment):
    """A date or moment as one says it: « 3 mai 2026 », « 1er mai 2026 »; nothing for none."""
    if not moment:
        return ""
    when = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    number = "1er" if when.day == 1 else when.day
    return f"{number} {MONTHS[when.month]} {when.year}"


@register.inclusion_tag("webmag/_latest.html")
def latest_articles():
    """The newest articles of all magazines, for the home page."""

    def newest():
        return cards.make(Article.objects.public().newest_first()[:LATEST])

    return {"articles": remembered("latest articles", newest)}


@register.inclusion_tag("webmag/_about.html")
def articles_about(listing):
    """The newest articles about a listing, for its page."""
    if not listing.pk:
        return {}

    def told():
        return cards.bare(TOLD_IN.rows(listing.pk, *page_paths.hidden_paths()))

    return {"articles": remembered_by(listing.pk, "articles about", told)}


@register.inclusion_tag("webmag/_of_commune.html")
def articles_in(commune):
    """The newest articles about a commune and who covers it, for its page in the directory."""
    articles = Article.objects.public().about_commune(commune).newest_first()
    return {
        "commune": commune,
        "articles": cards.make(articles[:LATEST]),
        "correspondents": remembered("correspondents", correspondents).get(commune.pk, ()),
    }


def correspondents():
    """Who covers which commune: {INSEE code: [(name, slug)]}, by name."""
    found = defaultdict(list)
    rows = Author.objects.shown().exclude(covers=None).order_by("name", "pk")
    for code, name, slug in rows.values_list("covers", "name", "slug"):
        found[code].append((name, slug))
    return dict(found)
