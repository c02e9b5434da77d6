"""A post's text as readers get it: plain words, with links and hashtags made to click."""

import re
from urllib.parse import quote, urlsplit

from django.urls import reverse
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe

from label import hashtags

# An address ends at a space or at a sign that no address holds unescaped.
ADDRESS = re.compile(r"https?://[^\s<>\"«»]+", re.IGNORECASE)
# What follows an address in a sentence rather than belonging to it.
TRAILING = ".,;:!?…'’)]}"
SHOWN_SIGNS = 40


def as_html(text: str) -> SafeString:
    """The text as paragraphs: everything escaped, then links for addresses and hashtags."""
    parts, last = [], 0
    for start, end, html in sorted(marks(text)):
        if start >= last:
            parts += [format_html("{}", text[last:start]), html]
            last = end
    parts.append(format_html("{}", text[last:]))
    return mark_safe(linebreaks("".join(parts)))  # noqa: S308 -- each part was escaped above


def marks(text):
    """What becomes a link: (start, end, its HTML)."""
    for found in hashtags.find(text):
        yield found.start, found.end, tag_link(found.tag, text[found.start : found.end])
    for match in ADDRESS.finditer(text):
        url = match[0].rstrip(TRAILING)
        link = address_link(url)
        if link:
            yield match.start(), match.start() + len(url), link


def tag_link(tag, words):
    """A hashtag leads to all that bears it."""
    return format_html('<a href="{}" rel="tag">{}</a>', tag_url(tag), words)


def tag_url(tag):
    """The page of all that bears a tag."""
    return reverse("posts:tag", args=[tag])


def address_link(url):
    """A link that lends nobody our name; None for what is no address after all."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if not parts.hostname or "@" in parts.netloc:
        return None
    bare = f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"
    shown = bare if len(bare) <= SHOWN_SIGNS else f"{bare[:SHOWN_SIGNS]}…"
    href = quote(url, safe="%/:=&?~#+!$,;'@()*[]")
    return format_html('<a href="{}" rel="nofollow ugc noopener">{}</a>', href, shown)
