"""What an article is made of before its images are there: blocks, with pictures to be fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from home.rich_text import writable

LONGEST_CREDIT = 120
CREDIT = re.compile(
    r"(?:©|\(c\)|cr[ée]dits?(?:\s+photos?|\s+images?)?\s*:|photos?(?:graphie)?s?\s*(?::|©|par\s+(?=[A-ZÀ-Ý])|de\s+(?=[A-ZÀ-Ý])))"
    r"\s*©?\s*([^\n()]{2,200})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Image:
    """An image of the old blog: addresses to try, the best one first, and what is said of it."""

    addresses: tuple[str, ...]
    alt: str = ""
    caption: str = ""
    credit: str = ""
    title: str = ""

    @property
    def name(self) -> str:
        """The address it is known by."""
        return self.addresses[0]


@dataclass
class Piece:
    """One block to be: `kind` as in webmag/blocks, or « paragraph » (HTML of one)."""

    kind: str
    value: object
    signs: int = 0


@dataclass
class Mapped:
    """An article as we would have it: plain words, pieces, and what the report says."""

    title: str
    standfirst: str
    pieces: list[Piece]
    lead: Image | None = None
    notes: list[str] = field(default_factory=list)

    def images(self) -> list[Image]:
        """Every image that it shows, in order."""
        found = [self.lead] if self.lead else []
        for piece in self.pieces:
            if piece.kind == "photo":
                found.append(piece.value)
            elif piece.kind == "gallery":
                found += piece.value["images"]
        return found


def plain(text: str) -> str:
    """Text on one line, in single blanks."""
    return " ".join(writable(text).split())


def shortened(text: str, most: int) -> str:
    """At most so many characters, cut between words."""
    if len(text) <= most:
        return text
    kept = text[: most - 2]
    return f"{kept.rpartition(' ')[0] or kept} …"


def credit_in(caption: str) -> str:
    """Who is credited in a legend: « © Odile Marie » ; "" for nobody."""
    found = CREDIT.search(caption)
    return plain(found[1]).strip(" .,;)–-")[:LONGEST_CREDIT] if found else ""
