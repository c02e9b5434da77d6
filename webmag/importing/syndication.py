"""RSS, Atom, and Blogger's export, which is an Atom feed of everything."""

from __future__ import annotations

import re
from html import escape

from webmag.importing import dates
from webmag.importing.addresses import link_address, web_address
from webmag.importing.originals import TOO_LONG, Kind, Media, Original, Status
from webmag.importing.records import Element
from webmag.importing.wordpress import NOT_FILED

KIND_OF_BLOGGER = "http://schemas.google.com/g/2005#kind"
BLOGGER_TAG = "http://www.blogger.com/atom/ns#"
# « […] », « [&hellip;] », « Lire la suite »: the feed gives the beginning only.
SHORTENED = re.compile(
    r"(?:\[\s*(?:…|\.\.\.|&hellip;|&#8230;)\s*\]|lire la suite[^<]{0,40})\s*(?:</[a-z]+>\s*)*$",
    re.I,
)
ONLY_BEGINS = "le flux n’en donne que le début"
IMAGE = re.compile(r"image/(?:jpe?g|png|webp|avif)", re.IGNORECASE)


def read(record: Element, base: str, library=None) -> Original | None:
    """An article; None for what Blogger exports beside them (comments, settings)."""
    kinds = kinds_of_blogger(record)
    if kinds and not kinds & {"post", "page"}:
        return None
    full = record.first("content:encoded", "content")
    summary = record.first("description", "summary")
    html = full or summary
    html += recording(record, html, base)
    return Original(
        title=record.first("title"),
        html=html,
        guid=record.first("guid", "id"),
        address=address_of(record, base),
        excerpt=summary if full and "summary" in {one.name for one in record.children} else "",
        author=author_of(record),
        published=dates.first_of(
            *((record.first(name), True) for name in ("pubdate", "published", "dc:date", "updated"))
        ),
        status=Status.DRAFT if is_draft(record) else status_of_blogger(record),
        kind=Kind.PAGE if "page" in kinds else Kind.ARTICLE,
        tags=tuple(tags_of(record)),
        lead=lead_of(record, html, base),
        notes=tuple(notes_of(record, html, bool(full))),
        is_cut=record.is_cut,
        also=tuple(filter(None, [record.first("guid")])),
    )


def kinds_of_blogger(record: Element) -> set[str]:
    """What Blogger says a record is; nothing elsewhere."""
    terms = (
        one.attributes.get("term", "").rpartition("#")[2]
        for one in record.all("category")
        if one.attributes.get("scheme") == KIND_OF_BLOGGER
    )
    return {*terms, *filter(None, [record.first("blogger:type").lower()])}


def status_of_blogger(record: Element) -> Status:
    """In its newer exports."""
    said = record.first("blogger:status").upper()
    return {"DRAFT": Status.DRAFT, "SOFT_TRASHED": Status.TRASH}.get(said, Status.PUBLISHED)


def is_draft(record: Element) -> bool:
    """As the Atom Publishing Protocol says it (RFC 5023)."""
    return any(one.first("app:draft") == "yes" for one in record.all("app:control"))


def address_of(record: Element, base: str) -> str:
    """Where people read it."""
    links = record.all("link")
    named = [one.text for one in links]
    named += [
        one.attributes.get("href", "")
        for one in links
        if one.attributes.get("rel", "alternate") == "alternate"
    ]
    guid = [one.text for one in record.all("guid") if one.attributes.get("isPermaLink") != "false"]
    own = [record.first("blogger:filename"), *guid, record.first("id")]
    return next((found for one in [*named, *own] if (found := web_address(one, base))), "")


def author_of(record: Element) -> str:
    """Who signed it."""
    names = [one.first("name") for one in record.all("author")]
    return record.first("dc:creator") or next(filter(None, names), "") or record.first("author")


def tags_of(record: Element):
    """The words under which it is filed."""
    for one in record.all("category"):
        if one.attributes.get("scheme") == KIND_OF_BLOGGER:
            continue
        words = (one.attributes.get("label") or one.text or one.attributes.get("term", "")).strip()
        words = words or one.attributes.get("term", "").strip()
        if words and words.casefold() not in NOT_FILED:
            yield words


def lead_of(record: Element, html: str, base: str) -> Media | None:
    """An image that the feed gives beside a text without one."""
    if "<img" in html:
        return None
    groups = [record, *record.all("media:group")]
    for one in [
        *(media for group in groups for media in group.all("media:content")),
        *record.all("enclosure"),
        *(media for group in groups for media in group.all("media:thumbnail")),
    ]:
        said = one.attributes
        is_image = IMAGE.match(said.get("type", "")) or said.get("medium") == "image"
        url = web_address(said.get("url", ""), base)
        if url and (is_image or one.name == "media:thumbnail"):
            credit = one.first("media:credit") or record.first("media:credit")
            return Media(url, caption=one.first("media:title")[:250], credit=credit[:120])
    return None


def recording(record: Element, html: str, base: str) -> str:
    """The sound or film that a podcast's feed hangs on an article."""
    for one in record.all("enclosure"):
        tag = one.attributes.get("type", "")[:5].lower()
        url = link_address(one.attributes.get("url", ""), base)
        if tag in ("audio", "video") and url and url not in html:
            return f'\n\n<{tag} src="{escape(url)}"></{tag}>'
    return ""


def notes_of(record: Element, html: str, is_full: bool):
    """What is said of it in the report."""
    if not is_full and (SHORTENED.search(html[-300:]) or not html):
        yield ONLY_BEGINS
    if any(one.is_cut for one in record.children):
        yield TOO_LONG
