"""An article as the old blog had it, before anything is known of this site."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum

TOO_LONG = "texte trop long : la fin n’est pas reprise"


class ImportRefused(Exception):
    """A file or an address that nothing can be read from; `str()` is a plain French sentence."""


class Status(StrEnum):
    """How public it was over there."""

    PUBLISHED = "publie"
    DRAFT = "brouillon"
    PRIVATE = "prive"
    TRASH = "corbeille"


class Kind(StrEnum):
    """What a record of an export is."""

    ARTICLE = "article"
    PAGE = "page"


@dataclass(frozen=True)
class Media:
    """What the old blog's library says of an image; any of it may be empty.

    `page` is where it was shown alone, `smaller` where it may be had in a size of a web page.
    """

    url: str
    title: str = ""
    caption: str = ""
    alt: str = ""
    credit: str = ""
    page: str = ""
    smaller: str = ""


@dataclass(frozen=True)
class Original:
    """One article: texts as they came, nothing in them is clean.

    `breaks`: line ends mean something, as in WordPress before its blocks. `media` are the images
    of the library that its text names by number; `lead` is the one on top. `also` are other
    addresses that led to it.
    """

    title: str
    html: str
    guid: str = ""
    address: str = ""
    slug: str = ""
    excerpt: str = ""
    author: str = ""
    published: datetime | None = None
    status: Status = Status.PUBLISHED
    kind: Kind = Kind.ARTICLE
    tags: tuple[str, ...] = ()
    lead: Media | None = None
    media: dict[str, Media] = field(default_factory=dict)
    breaks: bool = False
    notes: tuple[str, ...] = ()
    is_cut: bool = False
    also: tuple[str, ...] = ()

    def as_json(self) -> dict:
        """Ready for a JSON column."""
        return asdict(self) | {"published": self.published and self.published.isoformat()}

    @classmethod
    def from_json(cls, kept: dict) -> Original:
        """Back from it."""
        return cls(**kept | {
            "published": kept["published"] and datetime.fromisoformat(kept["published"]),
            "status": Status(kept["status"]),
            "kind": Kind(kept["kind"]),
            "tags": tuple(kept["tags"]),
            "notes": tuple(kept["notes"]),
            "also": tuple(kept.get("also", ())),
            "lead": Media(**kept["lead"]) if kept["lead"] else None,
            "media": {number: Media(**one) for number, one in kept["media"].items()},
        })  # fmt: skip
