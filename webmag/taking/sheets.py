"""Where something is printed: what a photo's address is there, and where a link leads."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.utils.text import slugify

from home.models import Photo, PhotoRendition
from home.pictures import on_paper

# What RFC 3986 lets stand in an address as it is; a checker of e-books is strict about the rest.
PLAIN = "!#$%&'()*+,/:;=?@~"
BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
HOST = re.compile(r"[\w.-]+(:[0-9]{1,5})?")


@dataclass(frozen=True)
class Shown:
    """A photo as a page shows it; `width` and `height` in pixels."""

    src: str
    width: int
    height: int
    alt: str
    credit: str


class Sheet:
    """Paper of one kind; `inside` says where within it what lies at an address of the site is."""

    def __init__(self, inside: Mapping[str, str] | None = None):
        self.inside = inside or {}
        self.photos: dict[str, Photo | PhotoRendition] = {}

    def shown(self, photo: Photo | None, words: str = "") -> Shown | None:
        """The photo; `words` say better what it shows. None for one that is gone."""
        if photo is None:
            return None
        src, width, height = self.placed(photo)
        return Shown(src, width, height, words or photo.default_alt_text, photo.credit)

    def placed(self, photo: Photo) -> tuple[str, int, int]:
        """The address of a photo and its size."""
        raise NotImplementedError

    def href(self, address: str, base: str) -> str:
        """Where a link of the page at `base` leads from here; "" for nowhere."""
        try:
            found = urljoin(base, address.strip())
            parts = urlsplit(found)
        except ValueError:
            return ""
        if found.startswith(f"{settings.SITE_URL}/") and parts.path in self.inside:
            return self.inside[parts.path]
        on_the_web = parts.scheme in ("http", "https") and HOST.fullmatch(parts.netloc)
        if not on_the_web and parts.scheme not in ("mailto", "tel"):
            return ""
        first, _, fragment = BARE_PERCENT.sub("%25", found).partition("#")
        return quote(first, PLAIN) + (
            f"#{quote(fragment, PLAIN.replace('#', ''))}" if fragment else ""
        )


class BookSheet(Sheet):
    """A page of an e-book: photos lie beside it, in the size of its screen."""

    def placed(self, photo):
        """The rendition's file will be put there."""
        rendition = on_paper(photo)
        name = f"images/photo-{photo.pk}.jpg"
        self.photos[name] = rendition
        return name, rendition.width, rendition.height


class BookletSheet(Sheet):
    """A web page that is meant for paper."""

    def placed(self, photo):
        """The rendition, where the site shows it."""
        rendition = on_paper(photo)
        self.photos[rendition.url] = rendition
        return rendition.url, rendition.width, rendition.height


class ManuscriptSheet(Sheet):
    """A text beside a folder of originals."""

    def placed(self, photo):
        """The original's file will be put there."""
        words = slugify(photo.title)[:40].strip("-")
        suffix = PurePosixPath(photo.file.name).suffix.lower()
        name = "images/" + "-".join(filter(None, [str(photo.pk), words])) + suffix
        self.photos[name] = photo
        return name, photo.width, photo.height
