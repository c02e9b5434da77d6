"""Plain words out of somebody's HTML."""

from __future__ import annotations

import html
import re

import nh3

from home import rich_text

# Where one of these begins or ends, a word ends too.
BLOCKS = re.compile(
    r"</?(?:p|br|div|section|article|header|footer|aside|main|nav|h[1-6]|ul|ol|li|dl|dt|dd|table"
    r"|thead|tbody|tr|td|th|figure|figcaption|blockquote|pre|hr|address|form|option|button)\b",
    re.IGNORECASE,
)


def spaced(source: str) -> str:
    """HTML with a space before each block, so that words stay apart when marks go."""
    return BLOCKS.sub(r" \g<0>", source)


def plain_text(source: str) -> str:
    """The words of HTML, on one line."""
    source = rich_text.writable(source)
    if source.count("<") > rich_text.MOST_MARKS:
        source = rich_text.MARK.sub(" ", source)
    bare = nh3.clean(
        spaced(source), tags=set(), clean_content_tags=rich_text.WITH_CONTENT, attributes={}
    )
    return one_line(html.unescape(bare))


def one_line(text: str) -> str:
    """A text on one line, without what cannot be stored or sent."""
    return " ".join(rich_text.writable(text).split())


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters, cut at a word where there is one."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut[most // 2 :] else cut}…"
