"""What a web page says of itself in its head: title, links, meta; in linear time."""

from __future__ import annotations

import re
from html import unescape

from label.collecting.words import one_line

# A page says these things at its beginning.
LOOKED_AT = 300_000  # characters
MOST = 400
# At most so many pieces: a quotation may hold what looks like the next mark.
TAG = re.compile(
    r"""<(link|meta)\b((?:[^<>"']++|"[^"]*+"|'[^']*+'){0,200}+)[^<>]*+>""", re.IGNORECASE
)
TITLE = re.compile(r"<title\b[^<>]*+>([^<]*+)", re.IGNORECASE)
ATTRIBUTE = re.compile(
    r"""([a-z_:][\w:.-]*+)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""", re.IGNORECASE
)


def links_of(page: str) -> list[dict[str, str]]:
    """The attributes of its `<link>`s."""
    return marks(page, "link")


def metas_of(page: str) -> dict[str, str]:
    """What its `<meta>`s say, by their names in small letters; the first of each."""
    found = {}
    for meta in marks(page, "meta"):
        name = (meta.get("property") or meta.get("name") or "").strip().lower()
        found.setdefault(name, one_line(meta.get("content", "")))
    return found


def title_of(page: str) -> str:
    """Its title, as plain text."""
    match = TITLE.search(page[:LOOKED_AT])
    return one_line(unescape(match[1])) if match else ""


def marks(page: str, wanted: str) -> list[dict[str, str]]:
    """The attributes of each mark of a name, by their names in small letters."""
    found = []
    for match in TAG.finditer(page[:LOOKED_AT]):
        if match[1].lower() == wanted and len(found) < MOST:
            found.append(
                {
                    name.lower(): unescape(first or second or third)
                    for name, first, second, third in ATTRIBUTE.findall(match[2])
                }
            )
    return found
