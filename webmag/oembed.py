"""An article or an issue as other sites show it (home/oembed)."""

from django.http import Http404
from django.urls import reverse

from home import page_paths
from home.oembed.things import Thing
from webmag import article_page
from webmag.models import Article, Issue


def page(_query, magazine, slug):
    """The public article or issue at this place; raises `Http404`."""
    found = Article.objects.at(magazine, slug) or Issue.objects.at(magazine, slug)
    if not found:
        raise Http404
    shown = found.snapshot
    band = shown.get("magazine")
    is_article = isinstance(found, Article)
    return Thing(
        title=found.title,
        page=page_paths.address(found.url_path),
        frame=reverse("embedded_article", args=[magazine, slug]),
        kind=band["title"] if band else "",
        line=(found.standfirst or shown.get("excerpt", "")) if is_article else "",
        pictures=tuple(filter(None, [shown.get("large"), shown.get("card")])),
        author=signed(shown["bylines"]) if is_article else of_magazine(band),
    )


def signed(bylines):
    """(who wrote it in a sentence, the page of the only one or nothing)."""
    names = "".join(name + end for name, _, _, end in article_page.signed(bylines))
    alone = len(bylines) == 1
    return names, reverse("webmag:author", args=[bylines[0]["slug"]]) if alone else ""


def of_magazine(band):
    """(the magazine's name, its page)."""
    return (band["title"], reverse("webmag:magazine", args=[band["slug"]])) if band else ("", "")
