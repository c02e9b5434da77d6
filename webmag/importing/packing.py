"""Pieces into the blocks of an article: as many as the editor opens, none longer than it takes."""

from __future__ import annotations

from django.utils.html import escape

from webmag.blocks import MOST_BLOCKS
from webmag.blocks.photos import MOST as MOST_SLIDES
from webmag.importing.pieces import Piece

# Below what a text may hold (20,000 signs and 5,000 marks), so that one can still write in it.
LONGEST_TEXT, MOST_MARKS, LONGEST_SOURCE = 12_000, 2_500, 100_000
# Room for what somebody adds.
ROOM = MOST_BLOCKS - 20


def packed(pieces: list[Piece]) -> list[Piece]:
    """Paragraphs joined into texts; of a very long article, fewer and larger pieces."""
    made = joined(pieces)
    if len(made) > ROOM:
        made = joined([as_paragraph(piece) for piece in pieces])
    if len(made) > ROOM:
        made = gathered(pieces)
    return made[:MOST_BLOCKS]


def joined(pieces: list[Piece]) -> list[Piece]:
    """Paragraphs that follow each other are one text, as long as it fits."""
    made, source, signs = [], [], 0

    def finish():
        if source:
            made.append(Piece("text", "".join(source)))
            source.clear()

    for piece in pieces:
        if piece.kind != "paragraph":
            finish()
            signs = 0
            made.append(piece)
            continue
        whole = "".join(source) + piece.value
        too_much = whole.count("<") > MOST_MARKS or len(whole) > LONGEST_SOURCE
        if source and (signs + piece.signs > LONGEST_TEXT or too_much):
            finish()
            signs = 0
        source.append(piece.value)
        signs += piece.signs
    finish()
    return made


def as_paragraph(piece: Piece) -> Piece:
    """What has words only, as a paragraph or a heading within a text."""
    value = piece.value
    if piece.kind == "heading":
        return Piece("paragraph", f"<h3>{escape(value)}</h3>", len(value))
    if piece.kind == "quote":
        words = escape(value["text"]).replace("\n", "<br>")
        author = f"<br>{escape(value['author'])}" if value["author"] else ""
        return Piece("paragraph", f"<p><i>{words}</i>{author}</p>", len(value["text"]))
    if piece.kind == "table":
        table = value["table"]
        rows = [
            [one["heading"] for one in table["columns"]],
            *(one["values"] for one in table["rows"]),
        ]
        lines = [" — ".join(filter(None, row)) for row in rows]
        words = "<br>".join(escape(line) for line in [table["caption"], *lines] if line)
        return Piece("paragraph", f"<p>{words}</p>", len(words))
    if piece.kind == "embed":
        words = f'<a href="{escape(value["url"])}">{escape(value["title"])}</a>'
        caption = f"<br>{escape(value['caption'])}" if value["caption"] else ""
        return Piece("paragraph", f"<p>{words}{caption}</p>", len(value["title"]))
    return piece


def gathered(pieces: list[Piece]) -> list[Piece]:
    """Hundreds of photos among words: each part's words, then its photos side by side."""
    parts = ROOM // 3
    size = -(-len(pieces) // parts)
    made = []
    for start in range(0, len(pieces), size):
        part = [as_paragraph(piece) for piece in pieces[start : start + size]]
        made += [piece for piece in part if piece.kind == "paragraph"]
        images = [image for piece in part for image in images_of(piece)]
        for first in range(0, len(images), MOST_SLIDES):
            row = images[first : first + MOST_SLIDES]
            made.append(Piece("gallery", {"title": "En images", "images": row}))
    return joined(made)


def images_of(piece: Piece) -> list:
    """The images of a photo or a gallery."""
    if piece.kind == "photo":
        return [piece.value]
    return piece.value["images"] if piece.kind == "gallery" else []
