"""An issue as an e-book: EPUB 3.3 (https://www.w3.org/TR/epub-33/), readable by EPUB 2 too.

Made of templates in templates/webmag/epub/ and a ZIP whose bytes follow from what is in it:
the same issue makes the same file.
"""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from datetime import UTC
from typing import IO

from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils.text import Truncator, slugify
from PIL import Image

from home.templatetags.frame import site_settings
from webmag.feeds.content import fit
from webmag.models import Issue
from webmag.taking import cover
from webmag.taking.cover import CoverWords
from webmag.taking.issues import WholeIssue, whole
from webmag.taking.sheets import BookSheet
from webmag.templatetags.webmag_tags import day

TYPE = "application/epub+zip"
# Counts when the book's form changes: what was kept of the old form is made anew.
FORM = 2
# The first moment that a ZIP knows.
LONG_AGO = (1980, 1, 1, 0, 0, 0)
FOLDER = "OEBPS"
ARTICLE = "article-{}.xhtml"
# What somebody did, by how the part begins that stands behind the name; else the text. The codes
# are those of https://id.loc.gov/vocabulary/relators.html
ROLES = {
    **dict.fromkeys(("photo", "image"), "pht"),
    **dict.fromkeys(("dessin", "illustr", "gravure", "aquarelle", "linogravure"), "ill"),
    **dict.fromkeys(("traduc", "tradui"), "trl"),
    **dict.fromkeys(("propos", "entretien"), "ivr"),
}
WRITER = "aut"
LONGEST_DESCRIPTION = 500


@dataclass(frozen=True)
class Person:
    """Somebody of the book; `kind` is Dublin Core's word, `roles` are codes."""

    name: str
    kind: str
    roles: list[str]


@dataclass(frozen=True)
class Book:
    """What goes into a file: texts by name, photos by name, the cover's words."""

    title: str
    documents: dict
    photos: dict
    words: CoverWords
    cover: object

    @property
    def fingerprint(self) -> str:
        """A name for all that is in it: 32 signs."""
        seen = hashlib.blake2b(f"{FORM} {self.words}".encode(), digest_size=16)
        for name, text in self.documents.items():
            seen.update(f"\0{name}\0{text}".encode())
        for name, rendition in [*self.photos.items(), ("cover", self.cover)]:
            # A changed photo has a file of another name.
            seen.update(f"\0{name}\0{rendition and rendition.file.name}".encode())
        return seen.hexdigest()


def book_of(issue: Issue) -> Book:
    """The book of a public issue; raises `Http404` where it has no public article."""
    found, sheet = whole(issue, BookSheet, ARTICLE)
    inside = sheet.photos
    front = found.cover and inside[found.cover.src]
    if front and not any(found.cover.src in piece_sources(piece) for piece in found.pieces):
        # It is drawn into the cover, not shown by itself.
        inside = {name: one for name, one in inside.items() if name != found.cover.src}
    return Book(
        title=f"{found.band['title']} – {issue.title}",
        documents=documents(found, inside),
        photos=dict(sorted(inside.items())),
        words=cover_words(found),
        cover=front,
    )


def piece_sources(piece):
    """The photos that an article shows: its markup, and the one on top."""
    return piece.html + (piece.picture.src if piece.picture else "")


def cover_words(found: WholeIssue) -> CoverWords:
    """What stands on the cover."""
    issue = found.issue
    name = f"Numéro {issue.number}" if issue.number else ""
    return CoverWords(
        magazine=found.band["title"],
        title=issue.title,
        line=" · ".join(filter(None, [name, day(issue.date)])),
        number=str(issue.number or ""),
        colour=found.band["colour"],
    )


def documents(found: WholeIssue, photos) -> dict[str, str]:
    """The texts of the book by name, in the order of reading; then what describes it."""
    context = {
        "found": found,
        "issue": found.issue,
        "identifier": f"urn:uuid:{found.issue.translation_key}",
        "publisher": site_settings().site_name,
        "line": cover_words(found).line,
        "people": people_of(found),
        "published": found.issue.date or found.issue.first_published_at,
        "description": description_of(found),
        "modified": changed(found),
        "photos": photos,
        "pictures": bool(photos),
    }
    names = ["cover.xhtml", "title.xhtml", "nav.xhtml"]
    names += ["editorial.xhtml"] if found.editorial else []
    made = {name: text(name, context) for name in names}
    for piece in found.pieces:
        made[ARTICLE.format(piece.number)] = text("article.xhtml", context | {"piece": piece})
    made["colophon.xhtml"] = text("colophon.xhtml", context)
    chapters = [name for name in made if name != "nav.xhtml"]
    context["chapters"] = [(name.removesuffix(".xhtml"), name) for name in chapters]
    for name in ("toc.ncx", "package.opf", "style.css"):
        made[name] = text(name, context)
    return made


def people_of(found: WholeIssue) -> list[Person]:
    """Who made the issue, in order: those who wrote are its creators, the others contributed."""
    done = {}
    for piece in found.pieces:
        for name, part in piece.signed:
            done.setdefault(name, {})[role_of(part)] = True
    return [
        Person(name, "creator" if WRITER in roles else "contributor", list(roles))
        for name, roles in done.items()
    ]


def role_of(part: str) -> str:
    """The code of a part: "pht" for « photographies »."""
    known = (code for word, code in ROLES.items() if part.strip().lower().startswith(word))
    return next(known, WRITER)


def description_of(found: WholeIssue) -> str:
    """What a library shows below the title: the editorial's beginning, else what is in it."""
    said = found.issue.search_description or plain(found.editorial)
    said = said or " ; ".join(piece.title for piece in found.pieces)
    return Truncator(" ".join(said.split())).chars(LONGEST_DESCRIPTION, truncate=" …")


def plain(html: str) -> str:
    """The words of XHTML; those of two paragraphs do not run into one."""
    return BeautifulSoup(html, "html.parser").get_text(" ")


def text(name, context):
    """A document by its template, of signs that XML can hold."""
    return fit(render_to_string(f"webmag/epub/{name}", context)).strip() + "\n"


def changed(found: WholeIssue) -> str:
    """When anything in it was last published, as EPUB writes it: a moment of UTC."""
    moments = [found.issue.last_published_at, *(piece.changed for piece in found.pieces)]
    return max(filter(None, moments)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def file_name(book: Book) -> str:
    """A name for the file, of plain signs: « le-cabas-avant-dix-heures.epub »."""
    return (slugify(book.title)[:80].strip("-") or "numero") + ".epub"


def write(book: Book, file: IO[bytes]) -> None:
    """Write the book; one photo at a time is held in memory."""
    with zipfile.ZipFile(file, "w") as archive:
        # First, and as it is: that is how readers know what this file is.
        put(archive, "mimetype", TYPE.encode(), zipfile.ZIP_STORED)
        container = render_to_string("webmag/epub/container.xml").strip()
        put(archive, "META-INF/container.xml", container.encode())
        for name, words in book.documents.items():
            put(archive, f"{FOLDER}/{name}", words.encode())
        front = book.cover and content(book.cover)
        put(archive, f"{FOLDER}/cover.jpg", cover.drawn(book.words, front), zipfile.ZIP_STORED)
        for name, rendition in book.photos.items():
            put(archive, f"{FOLDER}/{name}", content(rendition), zipfile.ZIP_STORED)


def put(archive, name, data, how=zipfile.ZIP_DEFLATED):
    """A file whose entry tells nothing but its name and content."""
    entry = zipfile.ZipInfo(name, LONG_AGO)
    entry.compress_type, entry.create_system, entry.external_attr = how, 3, 0o644 << 16
    archive.writestr(entry, data, compresslevel=6)


def content(rendition) -> bytes:
    """A photo's bytes; white for one whose file is lost, rather than no book."""
    try:
        with rendition.file.storage.open(rendition.file.name, "rb") as file:
            return file.read()
    except OSError:
        blank = io.BytesIO()
        Image.new("RGB", (rendition.width, rendition.height), "white").save(blank, "JPEG")
        return blank.getvalue()
