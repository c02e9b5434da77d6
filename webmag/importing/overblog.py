"""Overblog's export: `<root>` with `<blog>`, `<posts>` and `<pages>`.

Overblog describes it nowhere; these names are what its exports hold, as the programs tell that
others wrote to read them: title, slug (« 2014/03/la-soupe.html »), tags (with commas), status
(2 is public, 1 is not), origin, created_at, published_at, modified_at, author, content, comments.
"""

from __future__ import annotations

import re

from webmag.importing import dates
from webmag.importing.addresses import web_address
from webmag.importing.originals import TOO_LONG, Kind, Original, Status
from webmag.importing.records import Element
from webmag.importing.wordpress import comments

STATUSES = {"1": Status.DRAFT, "draft": Status.DRAFT, "0": Status.TRASH, "3": Status.TRASH}
SCHEME = re.compile(r"https?://", re.IGNORECASE)


def site_of(header: Element) -> str:
    """Where the blog was: « http://les-paniers.over-blog.com/ »; "" where it does not say."""
    host = header.first("main_host", "url", "host")
    return web_address(host if SCHEME.match(host) else f"http://{host}") if host else ""


def read(record: Element, site: str) -> Original:
    """An article or a page."""
    slug = record.first("slug").lstrip("/")
    written = record.first("link", "url", "permalink")
    return Original(
        title=record.first("title"),
        html=record.first("content"),
        guid=record.first("id", "guid") or (f"overblog:{site}{slug}" if slug else ""),
        address=web_address(written or slug, site) if written or slug else "",
        slug=slug,
        excerpt=record.first("excerpt", "chapo"),
        author=record.first("author"),
        published=dates.first_of(
            (record.first("published_at"), False),
            (record.first("created_at"), False),
            (record.first("modified_at"), False),
        ),
        status=STATUSES.get(record.first("status").lower(), Status.PUBLISHED),
        kind=Kind.PAGE if record.name == "page" else Kind.ARTICLE,
        tags=tuple(tags_of(record)),
        notes=tuple(notes_of(record)),
        is_cut=record.is_cut,
    )


def tags_of(record: Element):
    """Its tags: words with commas between them, or an element each."""
    for one in record.all("tags"):
        words = [*one.text.split(","), *(child.text for child in one.children)]
        yield from filter(None, (word.strip().lstrip("#") for word in words))


def notes_of(record: Element):
    """What is said of it in the report."""
    if count := sum(one.left_out for one in [record, *record.all("comments")]):
        yield comments(count)
    if any(one.is_cut for one in record.all("content")):
        yield TOO_LONG
