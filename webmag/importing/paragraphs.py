"""A paragraph while it is being read: words arrive, marks open and close, it ends."""

from __future__ import annotations

import re

from django.utils.html import escape

from webmag.importing.inline import BLANKS

LONGEST = 8_000  # characters of one paragraph; no block holds more than 20,000
MOST_PARTS = 1_000
SPACES = re.compile(r"[ \t\r\f]+")
LINES = re.compile(r" ?\n ?\n\s*")
LINE = re.compile(r" ?\n ?")
EDGES = re.compile(r"^(?:\s|<br>)+|(?:\s|<br>)+$")


class Paragraph:
    """Puts paragraphs together; `done(html, signs)` gets each one that has words."""

    def __init__(self, done, breaks: bool):
        self.done, self.breaks = done, breaks
        self.open: list[tuple[str, str]] = []
        self.parts: list[str] = []
        self.signs = 0

    def words(self, text: str) -> None:
        """More words; where line ends mean something, two of them end the paragraph."""
        text = SPACES.sub(" ", text)
        pieces = LINES.split(text) if self.breaks else [text]
        for number, piece in enumerate(pieces):
            if number:
                self.end()
            lines = LINE.split(piece) if self.breaks else [piece]
            for place, line in enumerate(lines):
                if place and self.signs:
                    self.parts.append("<br>")
                self.put(BLANKS.sub(" ", line))

    def put(self, text: str) -> None:
        """Words of one line; what is endless is cut into paragraphs."""
        while text:
            room = LONGEST - self.signs
            if room <= 0 or len(self.parts) > MOST_PARTS:
                self.end()
                continue
            piece = text[:room]
            if len(text) > room and " " in piece:
                piece = piece[: piece.rindex(" ") + 1]
            text = text[len(piece) :]
            if piece.strip() or self.signs:
                self.parts.append(escape(piece))
                self.signs += len(piece)
            if text:
                self.end()

    def line(self) -> None:
        """A line ends."""
        if self.signs:
            self.parts.append("<br>")

    def begin(self, mark: str, attributes: str = "") -> bool:
        """A mark opens; False where it is open already."""
        if any(one == mark for one, _ in self.open):
            return False
        self.open.append((mark, f"<{mark}{attributes}>"))
        self.parts.append(f"<{mark}{attributes}>")
        return True

    def close(self) -> None:
        """The mark that opened last closes."""
        mark, _ = self.open.pop()
        self.parts.append(f"</{mark}>")

    def end(self) -> None:
        """The paragraph is over; marks that are open go on in the next one."""
        if self.signs:
            closing = "".join(f"</{mark}>" for mark, _ in reversed(self.open))
            html, signs = EDGES.sub("", "".join(self.parts) + closing), self.signs
        else:
            html, signs = "", 0
        # Whoever takes it may end the paragraph too.
        self.parts, self.signs = [start for _, start in self.open], 0
        if signs:
            self.done(f"<p>{html}</p>", signs)
