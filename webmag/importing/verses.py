"""Verses and code: every line and every blank stays, and so do links and marks within."""

from __future__ import annotations

from django.utils.html import escape

from webmag.importing.inline import MARKS, link_of
from webmag.importing.trees import Node

WIDEST = 40  # blanks that a line may begin with


def read(article, node: Node) -> None:
    """A `<pre>`; images within follow it."""
    article.paragraph.end()
    within(article, node, begins=True)
    article.paragraph.end()
    article.media_within(node)


def within(article, node: Node, begins: bool) -> bool:
    """The lines in a node; whether the next words begin one."""
    for child in node.children:
        if isinstance(child, str):
            begins = lines(article, child, begins)
        elif child.tag == "br":
            article.paragraph.line()
            begins = True
        else:
            mark, said = MARKS.get(child.tag), ""
            if child.tag == "a" and (link := link_of(child, article.base)):
                mark, said = "a", f' href="{escape(link)}"'
            is_new = mark and article.paragraph.begin(mark, said)
            begins = within(article, child, begins)
            if is_new:
                article.paragraph.close()
    return begins


def lines(article, text: str, begins: bool) -> bool:
    """Some words of it; whether the next ones begin a line."""
    rows = text.expandtabs(4).split("\n")
    for number, line in enumerate(rows):
        if number:
            article.paragraph.line()
            begins = True
        bare = line.lstrip(" ") if begins else line
        # Blanks alone are a line's indent where a mark or a link follows.
        if bare or (line and number == len(rows) - 1):
            blanks = "\u00a0" * min(len(line) - len(bare), WIDEST)
            article.paragraph.put(blanks + bare)
            begins = False
    return begins
