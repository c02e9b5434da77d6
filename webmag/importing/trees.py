"""A stranger's HTML as a small tree, in bounded time: the browsers' own parser has read it.

nh3 drops scripts and all that is not named here, and writes what is left in one regular way; that
is what the tree is made of. Nothing of it is shown to anybody: mapping.py takes words, addresses
and a few marks out of it, which pass `home.rich_text` again.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

import nh3

from home.rich_text import writable

INLINE = {
    *("a", "abbr", "acronym", "b", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i"),
    *("img", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub"),
    *("sup", "time", "tt", "u", "var", "wbr", "bdi", "bdo", "label", "button", "ruby", "rt", "rp"),
}
BLOCKS = {
    *("address", "article", "aside", "audio", "blockquote", "caption", "center", "col"),
    *("colgroup", "dd", "details", "div", "dl", "dt", "embed", "fieldset", "figcaption", "figure"),
    *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "iframe", "legend"),
    *("li", "main", "nav", "object", "ol", "p", "picture", "pre", "section", "source", "summary"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "video", "menu"),
}
WITH_CONTENT = {"script", "style", "template", "noscript", "svg", "math", "head"}
VOID = {"br", "col", "embed", "hr", "img", "source", "wbr"}
IMAGE = {
    *("src", "alt", "title", "class", "width", "height", "srcset", "data-src", "data-srcset"),
    *("data-lazy-src", "data-original", "data-orig-file", "data-large-file", "data-id"),
}
ATTRIBUTES = {
    "*": {"class"},
    "img": IMAGE,
    "a": {"href", "title"},
    "iframe": {"src", "data-src", "title"},
    **dict.fromkeys(("embed", "video", "audio", "source"), {"src", "title"}),
    "object": {"data"},
    "td": {"colspan"},
    "th": {"colspan"},
}
SCHEMES = {"http", "https", "mailto", "tel", "data"}
LONGEST = 6_000_000  # characters
MOST_MARKS = 60_000
# Deeply nested elements take any parser long; what closes by itself does not count.
DEEPEST = 80
OPENS = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
CLOSE_BY_THEMSELVES = {*VOID, "p", "li", "td", "th", "tr", "dt", "dd", "option", "param", "input"}
TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [^\s=<>"]+="[^"]*")*)>|([^<]+|<)')
ATTRIBUTE = re.compile(r' ([^\s=<>"]+)="([^"]*)"')
MARK = re.compile(r"<[^<>]{0,10000}>")
# Texts here have no raised figures: m² and CO₂ are signs of their own.
FIGURES = {
    "sup": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    "sub": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}
HIDDEN = re.compile(r"<(script|style|noscript)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)


@dataclass(eq=False)
class Node:
    """An element: its tag, its attributes, what is in it (nodes and texts)."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list = field(default_factory=list)

    @property
    def classes(self) -> str:
        """Its classes, with a blank on either side of each."""
        return f" {self.attributes.get('class', '')} "

    def walk(self):
        """Every node within, itself left out, in order."""
        waiting = list(reversed(self.children))
        while waiting:
            node = waiting.pop()
            if isinstance(node, Node):
                yield node
                waiting.extend(reversed(node.children))

    def all(self, *tags: str) -> list[Node]:
        """Every node within that has one of these tags."""
        return [node for node in self.walk() if node.tag in tags]

    @property
    def text(self) -> str:
        """Its words, with a blank where a block or a line ends, in single blanks."""
        return " ".join("".join(words_of(self)).split())


def words_of(node: Node):
    """The texts of a node."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        else:
            if one.tag not in INLINE or one.tag == "br":
                yield " "
                waiting.append(" ")
            waiting.extend(reversed(one.children))


def tree(source: str) -> tuple[Node, bool]:
    """The tree of some HTML, and whether it had to be taken as bare words: too deep, too much."""
    source = writable(source)[:LONGEST]
    if source.count("<") > MOST_MARKS or is_too_deep(source):
        return Node(
            "div", children=[html.unescape(MARK.sub("\n\n", HIDDEN.sub(" ", source)))]
        ), True
    cleaned = nh3.clean(
        source,
        tags=INLINE | BLOCKS,
        clean_content_tags=WITH_CONTENT,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    return read(cleaned), False


def is_too_deep(source: str) -> bool:
    """Whether elements stand open in more levels than any text needs."""
    depth = 0
    for match in OPENS.finditer(source):
        if match[2].lower() not in CLOSE_BY_THEMSELVES:
            depth = max(0, depth + (-1 if match[1] else 1))
            if depth > DEEPEST:
                return True
    return False


def read(cleaned: str) -> Node:
    """The tree of what nh3 wrote."""
    root = Node("div")
    stack = [root]
    for closes, tag, attributes, words in TOKEN.findall(cleaned):
        if words:
            stack[-1].children.append(writable(html.unescape(words)))
        elif closes:
            if len(stack) > 1:
                ended = stack.pop()
                if ended.tag in FIGURES:
                    raise_figures(ended, FIGURES[ended.tag])
        else:
            found = {name: html.unescape(value) for name, value in ATTRIBUTE.findall(attributes)}
            node = Node(tag, found)
            stack[-1].children.append(node)
            if tag not in VOID:
                stack.append(node)
    return root


def raise_figures(node: Node, table: dict[int, int]) -> None:
    """Put raised or lowered figures for those of a `<sup>` or `<sub>` that holds only such."""
    if not all(ord(sign) in table or sign.isspace() for sign in node.text):
        return
    for one in [node, *node.walk()]:
        one.children = [
            child.translate(table) if isinstance(child, str) else child for child in one.children
        ]
