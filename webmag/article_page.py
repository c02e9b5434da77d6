"""What an article's page shows around its body, worked out before the template."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from django.conf import settings
from django.template.loader import render_to_string

from directory import cards as listing_cards
from home import page_paths
from webmag import related, snapshots, social, structured_data


@dataclass(frozen=True)
class ArticlePage:
    """One article as its page needs it; `shown` is its snapshot."""

    shown: dict
    url: str
    published: datetime | None
    updated: date | None
    places: list
    authors: list
    social_image: str
    mail: str
    json_ld: str


def shown_of(article, is_preview):
    """Its snapshot; of a draft, what stands in memory."""
    fresh = is_preview or not article.snapshot
    return snapshots.of_article(article) if fresh else article.snapshot


def build(article, is_preview, now):
    """Return the `ArticlePage` of an article."""
    shown = shown_of(article, is_preview)
    url = settings.SITE_URL + page_paths.address(article.url_path)
    places = places_of(shown, now)
    return ArticlePage(
        shown=shown,
        url=url,
        published=article.first_published_at,
        updated=article.updated_on,
        places=places,
        authors=[one for one in shown["bylines"] if one["about"] or one["picture"]],
        social_image=social.image_of_page(article, shown),
        mail=mail(article.title, url),
        json_ld=structured_data.article_json(article, shown, url, places),
    )


def around(article, is_preview=False):
    """The foot of an article's page: what has most in common with it, and its neighbours."""
    shown = shown_of(article, is_preview)
    others, before, after = related.around(article, shown)
    context = {"related": others, "before": before, "after": after, "magazine": shown["magazine"]}
    return render_to_string("webmag/_around.html", context)


def places_of(shown, now):
    """The cards of the listings that it is about, those of which that are public; by name."""
    return listing_cards.public(shown["listings"], now)


def mail(title, url):
    """A `mailto:` that recommends the page to somebody."""
    body = quote(f"{title}\r\n{url}")
    return f"mailto:?subject={quote(title)}&body={body}"


def signed(bylines):
    """Who wrote it, in a sentence: [(name, slug, part, what follows)]."""
    count = len(bylines)
    ends = ["" if left == 0 else " et " if left == 1 else ", " for left in range(count - 1, -1, -1)]
    return [
        (byline["name"], byline["slug"], byline["part"], end)
        for byline, end in zip(bylines, ends, strict=True)
    ]
