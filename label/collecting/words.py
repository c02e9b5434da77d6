"""Plain words out of somebody's HTML."""

from __future__ import annotations

import html
import re

import nh3

from home import rich_text

# Where one of these begins or ends, a word ends too; those that are kept show it themselves.
KEPT = "p|br|ul|ol|li|h3"
DROPPED = (
    "div|section|article|header|footer|aside|main|nav|h[12456]|dl|dt|dd|table|thead|tbody|tr|td|th"
    "|figure|figcaption|blockquote|pre|hr|address|form|option|button"
)
BLOCKS = re.compile(rf"</?(?:{KEPT}|{DROPPED})\b", re.IGNORECASE)
# Signs that nobody sees and that turn the words behind them around, or hide in them.
UNSEEN = re.compile("[\ufeff\u202a-\u202e\u2066-\u2069]")
LOST_BLOCKS = re.compile(rf"</?(?:{DROPPED})\b", re.IGNORECASE)


def spaced(source: str, blocks: re.Pattern = LOST_BLOCKS) -> str:
    """HTML with a space before each block, so that words stay apart when its mark goes."""
    return blocks.sub(r" \g<0>", source)


def plain_text(source: str) -> str:
    """The words of HTML, on one line."""
    source = seen(source)
    if source.count("<") > rich_text.MOST_MARKS:
        source = rich_text.MARK.sub(" ", source)
    bare = nh3.clean(
        spaced(source, BLOCKS), tags=set(), clean_content_tags=rich_text.WITH_CONTENT, attributes={}
    )
    return one_line(html.unescape(bare))


def one_line(text: str) -> str:
    """A text on one line, without what cannot be stored or sent; "" when nobody would see it."""
    bare = " ".join(seen(text).split())
    return bare if any(sign.isprintable() and not sign.isspace() for sign in bare) else ""


def seen(text: str) -> str:
    """A text without what cannot be stored, and without what turns it around."""
    return UNSEEN.sub("", rich_text.writable(text))


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters, cut at a word where there is one."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut[most // 2 :] else cut}…"
