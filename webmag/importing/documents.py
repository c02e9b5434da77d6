"""Which kind of blog a file is from, told by its content, and its articles one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from webmag.importing import overblog, syndication, wordpress
from webmag.importing.addresses import web_address
from webmag.importing.opening import texts
from webmag.importing.originals import Original
from webmag.importing.records import Element, Records

MOST = 20_000  # articles of one import
MOST_SORTS = 50


@dataclass
class Document:
    """What is known of the blog; `note(name)` says what else there was."""

    kind: str = ""
    title: str = ""
    site: str = ""
    is_truncated: bool = False
    is_endless: bool = False
    library: wordpress.Library | None = None
    authors: Counter[str] = field(default_factory=Counter)
    # What else there was, which has no place here: {"recipe": 12}.
    others: Counter[str] = field(default_factory=Counter)


def originals(path: Path, document: Document) -> Iterator[Original]:
    """The articles of a file, in its order; fills in what `document` knows of the blog.

    The file is read twice: what WordPress's articles refer to by number may stand behind them.
    Raises `ImportRefused`.
    """
    document.library = wordpress.Library()
    for blocks in texts(path):
        records = Records(blocks)
        if records.root in ("rss", "channel", "rdf:rdf"):
            for record in records:
                document.library.add(record)
    count = 0
    for blocks in texts(path):
        for original in read(blocks, document):
            count += 1
            if count > MOST:
                document.is_endless = True
                return
            yield original


def read(blocks: Iterator[str], document: Document, base: str = "") -> Iterator[Original]:
    """The articles of one document."""
    records = Records(blocks)
    library = document.library or wordpress.Library()
    authors = None
    for record in records:
        header = records.header
        if authors is None:
            authors = wordpress.names_of_authors(header)
            describe(document, records, record, base)
        original = original_of(record, records, document, library, authors)
        if original:
            yield original
    document.is_truncated = document.is_truncated or records.is_truncated
    if authors is None:
        describe(document, records, Element(""), base)


def original_of(record, records, document, library, authors) -> Original | None:
    """By the dialect that the record itself speaks."""
    if records.root == "root":
        return overblog.read(record, document.site)
    if wordpress.is_of_wordpress(record):
        sort = wordpress.other_sort(record)
        if sort and (sort in document.others or len(document.others) < MOST_SORTS):
            document.others[sort] += 1
        return wordpress.read(record, library, authors)
    return syndication.read(record, document.site)


def describe(document: Document, records: Records, record: Element, base: str) -> None:
    """What the blog says of itself, before its first article."""
    header = records.header
    if records.root == "root":
        kind, site = "Overblog", overblog.site_of(header)
        title = header.first("name", "title")
    else:
        links = [one.attributes.get("href", "") for one in header.all("link") if is_page(one)]
        named = [header.first("wp:base_blog_url", "wp:base_site_url"), header.first("link"), *links]
        site = next((found for one in named if (found := web_address(one, base))), base)
        title = header.first("title")
        generator = header.first("generator").lower()
        kind = "flux Atom" if records.root == "feed" else "flux RSS"
        if wordpress.is_of_wordpress(record) or header.first("wp:wxr_version"):
            kind = "WordPress"
        elif "blogger" in generator and syndication.kinds_of_blogger(record):
            kind = "Blogger"
    document.kind = document.kind or kind
    document.site = document.site or site
    document.title = document.title or title.strip()[:200]


def is_page(link: Element) -> bool:
    """Whether a feed's link leads to what people read."""
    return link.attributes.get("rel", "alternate") == "alternate"
