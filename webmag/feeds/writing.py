"""A feed of some articles, written out."""

from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.html import escape

from home import page_paths
from home.templatetags.frame import site_settings
from home.xml_text import fit
from webmag.feeds import content
from webmag.feeds.formats import CONTENT_TYPES, FORMATS

MOST_ENTRIES = 20
# An empty feed changed on no day; this one stays.
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Channel:
    """What a feed says of itself: its title, the path of the page it follows, a sentence."""

    title: str
    page: str
    about: str = ""


def answer(request, articles, channel, form):
    """Write the newest of these articles in a format, as an answer."""
    feed = FORMATS[form](
        title=fit(channel.title),
        link=settings.SITE_URL + channel.page,
        description=fit(channel.about or channel.title),
        language="fr",
        feed_url=settings.SITE_URL + request.path,
        feed_guid=settings.SITE_URL + request.path.rpartition(".")[0],
        since=LONG_AGO,
    )
    newest = articles.newest_first()[:MOST_ENTRIES]
    with content.loaded(newest):
        for article in newest:
            add(feed, article)
    return HttpResponse(feed.writeString("utf-8"), content_type=CONTENT_TYPES[form])


def add(feed, article):
    """Add one article. Its number stays its name when it moves or is renamed."""
    shown = article.snapshot
    feed.add_item(
        title=fit(article.title),
        link=settings.SITE_URL + page_paths.address(article.url_path),
        # Both formats read it as HTML.
        description=escape(fit(article.standfirst or shown["excerpt"])),
        unique_id=tag_uri(article),
        unique_id_is_permalink=False,
        pubdate=article.first_published_at,
        updateddate=changed(article),
        categories=[fit(tag["name"]) for tag in shown["tags"]],
        names=[fit(byline["name"]) for byline in shown["bylines"]],
        content=content.content_of(article),
        picture=settings.SITE_URL + shown["social"] if shown["social"] else "",
    )


def tag_uri(article):
    """A name that is unique in the world and for ever (RFC 4151)."""
    day = timezone.localdate(article.first_published_at)
    return f"tag:{settings.SITE_HOST},{day:%Y-%m-%d}:article/{article.pk}"


def changed(article):
    """When readers should look again: the day its substance changed, or its publication."""
    if not article.updated_on:
        return article.first_published_at
    noon = timezone.make_aware(datetime.combine(article.updated_on, time(12)))
    return max(noon, article.first_published_at)


def site_title():
    """The name that feeds of the whole site bear."""
    return site_settings().site_name
