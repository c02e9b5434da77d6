"""Words with the few marks our texts have: bold, italic, links, line ends."""

from __future__ import annotations

import re

from django.utils.html import escape

from webmag.importing.addresses import link_address
from webmag.importing.trees import INLINE, Node

MARKS = {"b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i", "dfn": "i", "var": "i"}
OTHER_LINKS = re.compile(r"(?:mailto:[^:\s<>]+@[^:\s<>]+|tel:[+0-9][0-9 ().-]*)$", re.IGNORECASE)
BLANKS = re.compile(r"[ \t\r\n\f]+")
LONGEST_LINK = 2_000


def link_of(node: Node, base: str) -> str:
    """Where an `<a>` leads, if a reader may be led there; else ""."""
    href = node.attributes.get("href", "").strip()
    if OTHER_LINKS.match(href):
        return href[:LONGEST_LINK]
    return "" if href.startswith("#") else link_address(href, base)


def inline(node: Node, base: str, keep=frozenset(MARKS) | {"a", "br"}) -> str:
    """All the words of a node as one run of text; blocks within end a line.

    Marks that are not in `keep` go, their words stay.
    """
    html = "".join(_written(node, base, keep, frozenset()))
    html = re.sub(r"(?:\s*<br>\s*)+", "<br>", BLANKS.sub(" ", html)).strip()
    return html.removeprefix("<br>").removesuffix("<br>").strip()


def _written(node: Node, base: str, keep, within):
    for child in node.children:
        if isinstance(child, str):
            yield escape(child)
        elif child.tag == "br":
            yield "<br>" if "br" in keep else " "
        elif child.tag == "a" and "a" in keep and "a" not in within:
            link = link_of(child, base)
            words = "".join(_written(child, base, keep, within | {"a"}))
            yield f'<a href="{escape(link)}">{words}</a>' if link and words.strip() else words
        elif (mark := MARKS.get(child.tag)) and child.tag in keep and mark not in within:
            words = "".join(_written(child, base, keep, within | {mark}))
            yield f"<{mark}>{words}</{mark}>" if words.strip() else words
        elif child.tag in INLINE:
            yield from _written(child, base, keep, within)
        else:
            line = "<br>" if "br" in keep else " "
            yield line
            yield from _written(child, base, keep, within)
            yield line


def listed(node: Node, base: str, depth: int = 0) -> str:
    """A list with the lists in it, three levels deep; deeper ones are lines."""
    tag = "ol" if node.tag == "ol" else "ul"
    rows = []
    for child in node.children:
        item = child if isinstance(child, Node) and child.tag == "li" else Node("li", {}, [child])
        inner = [one for one in item.children if isinstance(one, Node) and one.tag in ("ul", "ol")]
        nested = inner if depth < 2 else []
        words = inline(Node("li", {}, [one for one in item.children if one not in nested]), base)
        below = "".join(listed(one, base, depth + 1) for one in nested)
        if words or below:
            rows.append(f"<li>{words}{below}</li>")
    return f"<{tag}>{''.join(rows)}</{tag}>" if rows else ""
