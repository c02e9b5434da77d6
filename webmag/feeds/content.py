"""An article's body as feed readers want it: plain HTML with absolute addresses."""

from contextlib import contextmanager
from functools import lru_cache
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from home import page_paths
from home.versions import remembered, remembered_by
from home.xml_text import fit
from webmag.blocks import shelf

KEPT = {
    *("a", "abbr", "address", "article", "aside", "audio", "b", "blockquote", "br", "caption"),
    *("cite", "code", "dd", "del", "details", "div", "dl", "dt", "em", "figcaption", "figure"),
    *("footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "li", "ol", "p"),
    *("picture", "pre", "q", "s", "section", "small", "source", "span", "strong", "sub"),
    *("summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul"),
    "video",
}
# These go with all that is in them: they only work, or are only right, on the page itself.
WITH_CONTENTS = "script, style, svg, form, button, template, iframe, [hidden], .today, .no-print"
ATTRIBUTES = {
    *("href", "src", "srcset", "sizes", "alt", "title", "width", "height", "datetime", "type"),
    *("colspan", "rowspan", "scope", "lang", "dir", "start", "media"),
}
ADDRESSES = ("href", "src")
# Of some ten kilobytes each, for one process.
MOST_PLAIN = 200
ENTRIES = "feed entries"


@contextmanager
def loaded(articles):
    """Within, what the bodies of these articles show is there: asked for once for all of them.

    Those whose entry is kept already show nothing anew.
    """
    unwritten = [one.body for one in articles if not is_kept(one)]
    with shelf.filled(*unwritten):
        yield


def is_kept(article):
    """Whether this content version's entry of an article is at hand."""
    return kept_name(article) in remembered(ENTRIES, dict)


def kept_name(article):
    """What an entry is kept under: it holds until the day is over."""
    return f"{article.pk} {timezone.localdate()}"


def content_of(article):
    """Return an article's picture and body as HTML for a feed, of kept elements only.

    Worked out once a day and content version, for all feeds that the article is in: twenty bodies
    take as long as ten pages, and every commune, tag and author has a feed in two formats.
    """
    return remembered_by(kept_name(article), ENTRIES, lambda: written_out(article))


def written_out(article):
    """Render the picture and the body."""
    base = settings.SITE_URL + page_paths.address(article.url_path)
    context = {"page": article, "shown": article.snapshot}
    return plain(render_to_string("webmag/feed_entry.html", context), base)


@lru_cache(MOST_PLAIN)
def plain(html, base):
    """HTML with only the elements that feed readers understand, and addresses below `base`.

    Taking it apart is half of the work, and most texts outlive many content versions.
    """
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.select(WITH_CONTENTS):
        element.decompose()
    for element in soup.find_all(True):
        if element.name not in KEPT:
            element.unwrap()
            continue
        kept = {name: value for name, value in element.attrs.items() if name in ATTRIBUTES}
        element.attrs = {name: absolute(name, value, base) for name, value in kept.items()}
    return fit(soup.decode(formatter="minimal").strip())


def absolute(name, value, base):
    """The value of an attribute with its addresses made absolute."""
    if name == "srcset":
        return ", ".join(urljoin(base, part.strip()) for part in value.split(", "))
    if name not in ADDRESSES:
        return value
    try:
        found = urljoin(base, value)
    except ValueError:
        return ""
    return found if found.startswith(("http://", "https://", "mailto:", "tel:")) else ""
