"""WordPress's blocks that say in their comments or beside the text what readers saw.

Most blocks hold plain HTML between two comments (https://developer.wordpress.org/block-editor/).
These do not: the networks somebody is on, notes at the foot of the page, a picture behind words.
"""

from __future__ import annotations

import html
import json
import re

SOCIAL = re.compile(r"<!-- wp:(?:core/)?social-link (\{[^\n<]{1,2000}?\}) /-->")
FOOTNOTES = re.compile(r"<!-- wp:(?:core/)?footnotes\b[^\n<]{0,500}?/-->")
COVER = re.compile(r"<[a-z]{1,12}\b[^<>]{0,500}\bwp-block-cover\b[^<>]{0,3000}+>")
BEHIND = re.compile(
    r"background-image:\s?url\((?:&quot;|['\"])?(https?://[^)'\"\s]{4,1000}?)(?:&quot;|['\"])?\)"
)
MOST_NOTES = 500


def told(source: str, metas: dict[str, str]) -> str:
    """The text of an article with what these blocks stand for; `metas` are its own fields."""
    source = SOCIAL.sub(social, source)
    source = COVER.sub(cover, source)
    notes = footnotes(metas.get("footnotes", ""))
    if not notes:
        return source
    return FOOTNOTES.sub("", source) + notes


def social(match: re.Match) -> str:
    """A sign that leads to a network, as a link with its name."""
    said = read(match[1])
    url, service = said.get("url"), said.get("service") or "lien"
    if not isinstance(url, str) or not isinstance(service, str):
        return ""
    words = said.get("label") if isinstance(said.get("label"), str) else ""
    return f'<p><a href="{html.escape(url)}">{html.escape(words or service.title())}</a></p>'


def cover(match: re.Match) -> str:
    """What holds a picture behind words, the picture before them."""
    behind = BEHIND.search(match[0])
    return f'{match[0]}<img src="{html.escape(html.unescape(behind[1]))}">' if behind else match[0]


def footnotes(written: str) -> str:
    """The notes that WordPress keeps beside the text, as a list at its end."""
    notes = read(written)
    if not isinstance(notes, list):
        return ""
    contents = [one.get("content") for one in notes[:MOST_NOTES] if isinstance(one, dict)]
    rows = "".join(f"<li>{one}</li>" for one in contents if isinstance(one, str) and one)
    return f"\n\n<h3>Notes</h3><ol>{rows}</ol>" if rows else ""


def read(written: str):
    """What a piece of JSON says; {} for what is none."""
    try:
        return json.loads(written)
    except (ValueError, RecursionError):
        return {}
