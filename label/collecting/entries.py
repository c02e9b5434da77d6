"""What a source's answer is made of, before anything is kept of it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Picture:
    """An image that belongs to an entry; `url` is absolute http(s)."""

    url: str
    alt: str = ""


@dataclass(frozen=True)
class Entry:
    """One publication as a source gives it; pure data, nothing cleaned or fetched yet.

    `canonical` is the address of the publication itself on the network where it was written, the
    same whichever server or feed shows it; `url` is where people read it. `tags` are the
    publication's own structured tags; None where the source has no such thing, so that the text is
    read for hashtags. `html` is hostile until cleaned.
    """

    guid: str
    url: str
    canonical: str
    html: str = ""
    # Where the relative links of the text begin, if it says so: else at `url`.
    base: str = ""
    title: str = ""
    author: str = ""
    author_url: str = ""
    network: str = ""
    published: datetime | None = None
    tags: tuple[str, ...] | None = None
    pictures: tuple[Picture, ...] = ()
    licence: str = ""
    # What the author allows: not to be shown to search engines, or to anybody they did not tell.
    indexable: bool = True
    # As it came, for the record.
    original: str = ""


@dataclass(frozen=True)
class Answer:
    """What a source says: its own title, its entries in its order, its next page."""

    title: str = ""
    entries: tuple[Entry, ...] = ()
    next_url: str = ""
