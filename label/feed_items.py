"""Collected publications in a feed: their words, who wrote them, and where."""

from django.conf import settings
from django.utils import timezone
from django.utils.html import escape, format_html

from home.pictures import social_url
from home.xml_text import fit
from label.item_cards import network_name
from label.item_text import REL, absolute, as_html, in_words

TITLE_SIGNS = 80


def add(feed, item, photo):
    """Add one; it leads to the original, and its number here stays its name."""
    url = absolute(item.url)
    who = item.listing.name if item.listing else item.author
    words = in_words(item.html)
    beginning = words if len(words) <= TITLE_SIGNS else f"{words[:TITLE_SIGNS]}…"
    title = item.title or beginning or "Une publication"
    day = timezone.localdate(item.published_at)
    feed.add_item(
        title=fit(f"{who} : {title}" if who else title),
        link=url,
        # Both formats read it as HTML.
        description=escape(fit(words or title)),
        unique_id=f"tag:{settings.SITE_HOST},{day:%Y-%m-%d}:collecte/{item.pk}",
        unique_id_is_permalink=False,
        pubdate=item.published_at,
        updateddate=item.published_at,
        categories=sorted(fit(tag.name) for tag in item.tags.all()),
        names=[fit(who)] if who else [],
        item_copyright=fit(item.licence) or None,
        content=fit(as_html(item.html) + origin(item, url)),
        picture=settings.SITE_URL + social_url(photo) if photo else "",
    )


def origin(item, url):
    """Where it was written."""
    name = network_name(item.network, url)
    return format_html('<p><a href="{}" rel="{}">Lire sur {}</a></p>', url, REL, name)
