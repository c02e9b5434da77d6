"""Tables: prices and hours stay tables; what only stood in one to be side by side does not."""

from __future__ import annotations

from webmag.blocks.tables import (
    LONGEST_CAPTION,
    LONGEST_CELL,
    LONGEST_HEADING,
    MOST_COLUMNS,
    MOST_ROWS,
)
from webmag.importing import figures
from webmag.importing.pieces import plain
from webmag.importing.trees import Node

NOT_A_CELL = ("table", "img", "iframe", "video", "audio", "embed", "object", "h1", "h2", "figure")


def read(article, node: Node) -> None:
    """A table, or the words and images that stood in it."""
    if figures.is_captioned(node):
        figures.read(article, node)
        return
    rows = list(rows_of(node))
    captions = [one for one in node.all("caption") if one.text]
    caption = captions[0].text if captions else ""
    width = max((len(row) for row in rows), default=0)
    if not is_table(node, rows, width) or len(caption) > LONGEST_CAPTION:
        cells(article, node)
        return
    texts = [[plain(cell.text) for cell in row] + [""] * (width - len(row)) for row in rows]
    has_headings = all(cell.tag == "th" for cell in rows[0]) and len(rows) > 1
    headings = texts.pop(0) if has_headings else [""] * width
    too_long = any(len(one) > LONGEST_HEADING for one in headings)
    if too_long or any(len(cell) > LONGEST_CELL for row in texts for cell in row):
        cells(article, node)
        return
    for start in range(0, len(texts), MOST_ROWS):
        article.add("table", value(headings, texts[start : start + MOST_ROWS], caption, rows))


def value(headings, texts, caption, rows) -> dict:
    """The block's value."""
    return {
        "table": {
            "columns": [{"type": "text", "heading": heading} for heading in headings],
            "rows": [{"values": row} for row in texts],
            "caption": caption,
        },
        "row_headings": bool(rows[-1]) and rows[-1][0].tag == "th",
    }


def rows_of(node: Node):
    """The cells of each row, those of tables within left out; a wide cell is followed by gaps."""
    waiting = list(reversed(node.children))
    while waiting:
        one = waiting.pop()
        if isinstance(one, str) or one.tag == "table":
            continue
        if one.tag != "tr":
            waiting.extend(reversed(one.children))
            continue
        row = []
        for cell in one.children:
            if isinstance(cell, Node) and cell.tag in ("td", "th"):
                row.append(cell)
                span = cell.attributes.get("colspan", "1")
                wide = int(span) if span.isdecimal() and len(span) < 3 else 1
                row += [Node(cell.tag)] * (min(wide, MOST_COLUMNS + 1) - 1)
        if any(cell.text for cell in row):
            yield row


def is_table(node: Node, rows: list, width: int) -> bool:
    """Whether it has rows and columns of words only, and fits."""
    return 2 <= width <= MOST_COLUMNS and len(rows) > 1 and not node.all(*NOT_A_CELL)


def cells(article, node: Node) -> None:
    """What stands in its cells, one after the other."""
    for child in node.children:
        if isinstance(child, str):
            article.paragraph.words(child)
        elif child.tag in ("caption", "thead", "tbody", "tfoot", "tr", "colgroup", "col"):
            cells(article, child)
            article.paragraph.end()
        else:
            article.block(child)
