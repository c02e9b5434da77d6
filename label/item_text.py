"""A collected text as readers get it: cleaned once more, whatever is stored.

Stricter than the site's own rich text (home/rich_text.py): links lead to other sites only, there
are no headings, and nothing is left of what loads anything.
"""

import re
from html import unescape

import nh3
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import Truncator

from home.rich_text import BLANKS, MARK, MOST_MARKS, WITH_CONTENT, writable

TAGS = {"p", "br", "b", "strong", "i", "em", "a", "ul", "ol", "li"}
# Somebody else's link lends nobody our name.
REL = "nofollow ugc noopener"
LONGEST = 50_000
ABSOLUTE = re.compile(r"https?://[^/\\?#@\s][^\s]*", re.IGNORECASE)


def as_html(html, signs=0):
    """The text as safe HTML, cut after so many signs (0: whole)."""
    html = writable(html)[:LONGEST]
    if html.count("<") > MOST_MARKS:
        html = escape(MARK.sub(" ", html))
    made = nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=WITH_CONTENT,
        attributes={"a": {"href"}},
        attribute_filter=keep_attribute,
        link_rel=REL,
    )
    made = writable(made).strip()
    if signs:
        made = Truncator(made).chars(signs, html=True)
    return mark_safe(made)  # noqa: S308 -- cleaned just above


def keep_attribute(tag, name, value):
    """The value of an attribute that may stay, None for one that may not."""
    if name == "rel":
        # Nobody's but ours: it is in no list.
        return value
    return absolute(value) or None


def absolute(address):
    """An address that leads to another site, or ""."""
    bare = BLANKS.sub("", address or "")
    return bare if ABSOLUTE.fullmatch(bare) else ""


def in_words(html):
    """The text on one line, without marks."""
    spaced = html.replace("<br", " <br").replace("</p", " </p").replace("</li", " </li")
    bare = nh3.clean(writable(spaced)[:LONGEST], tags=set(), clean_content_tags=WITH_CONTENT)
    return " ".join(unescape(bare).split())
