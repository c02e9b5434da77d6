"""What lists, feeds and pages show around a title, kept beside it in one column.

A list of twelve articles would otherwise ask a dozen tables for names, pictures and tags. It is
put together when a page is published (webmag/signals.py) and read with the page, in one query.
"""

from dataclasses import asdict

from django.utils.text import Truncator

from home import pictures
from webmag.models.magazines import Issue, Magazine
from webmag.reading_time import texts

EXCERPT_SIGNS = 300


def parent_path(page):
    """The place of the page right above this one in the tree."""
    return page.path[: -page.steplen]


def of_article(article, magazine=None):
    """Return what is shown of an article, ready for JSON.

    Reads what hangs on it in memory, so that a draft that is being previewed has one too.
    """
    section = article.section
    return {
        **_pictures(article.main_image),
        "magazine": of_band(magazine or magazine_above(article)),
        "section": {"name": section.name, "slug": section.slug} if section else None,
        "bylines": [_byline(byline) for byline in article.bylines.all()],
        "communes": [
            {"insee": commune.pk, "name": commune.name, "slug": commune.slug}
            for commune in article.communes.all()
        ],
        "tags": sorted(
            ({"name": item.tag.name, "slug": item.tag.slug} for item in article.tag_items.all()),
            key=lambda tag: tag["name"],
        ),
        # Numbers only: a name could be that of a listing that is no longer public.
        "listings": [row.listing_id for row in article.about.all()],
        "excerpt": excerpt(article),
    }


def of_magazine(magazine):
    """Return what is shown of a magazine beside its own fields."""
    sections = magazine.sections.all()
    return _pictures(magazine.cover) | {
        "sections": [{"name": section.name, "slug": section.slug} for section in sections]
    }


def of_issue(issue, magazine=None):
    """Return what is shown of an issue beside its own fields."""
    magazine = magazine or magazine_above(issue)
    return _pictures(issue.cover) | {"magazine": of_band(magazine)}


def of_band(magazine):
    """What an article's band says of its magazine."""
    return magazine and {
        "title": magazine.title,
        "slug": magazine.slug,
        "colour": magazine.colour,
    }


def magazine_above(page):
    """The magazine that a page lies in; None for a page that lies nowhere yet."""
    return Magazine.objects.filter(path=parent_path(page)).first()


def refresh(pages):
    """Put the snapshots of saved pages of one kind right, and nothing else of them."""
    if not pages:
        return
    kind = type(pages[0])
    if kind is Magazine:
        for page in pages:
            page.snapshot = of_magazine(page)
    else:
        make = of_issue if kind is Issue else of_article
        above = Magazine.objects.filter(path__in={parent_path(page) for page in pages})
        magazines = {magazine.path: magazine for magazine in above}
        for page in pages:
            page.snapshot = make(page, magazines.get(parent_path(page)))
    kind.objects.bulk_update(pages, ["snapshot"], batch_size=200)


def excerpt(article):
    """The beginning of an article's text, on one line."""
    words = " ".join(" ".join(texts(article.body)).split())
    return Truncator(words).chars(EXCERPT_SIGNS, truncate=" …")


def _byline(byline):
    author = byline.author
    return {
        "name": author.name,
        "slug": author.slug,
        "part": byline.part,
        "about": author.about,
        "picture": asdict(pictures.picture(author.photo, "card")) if author.photo else None,
    }


def _pictures(photo):
    """The sizes of a photo that pages, lists and other sites show; None without one."""
    if not photo:
        return {"card": None, "large": None, "social": ""}
    return {
        "card": asdict(pictures.picture(photo, "card")),
        "large": asdict(pictures.picture(photo, "large")),
        "social": pictures.social_url(photo),
    }
