"""A blog by its address: its feed is found, and followed page by page as far as it goes back."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlencode, urlsplit, urlunsplit

from home.fetch import FetchError, fetch
from webmag.importing.addresses import host_of, key_of, web_address
from webmag.importing.documents import MOST, Document, describe, original_of
from webmag.importing.opening import blocks
from webmag.importing.originals import ImportRefused, Original
from webmag.importing.records import Element, Records

ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/html;q=0.5"
MOST_PAGES = 300
SECONDS = 240.0
PAGES = {"text/html", "application/xhtml+xml"}
LINK = re.compile(r"<link\b[^<>]{0,2000}>", re.IGNORECASE)
ATTRIBUTE = re.compile(
    r"""\b(rel|type|href|title)\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I
)
FEEDS = {"application/rss+xml", "application/atom+xml"}
COMMENTS = re.compile(r"comment", re.IGNORECASE)
# Blogger gives 25 articles a page, and up to 150 when it is asked to.
BLOGGER = re.compile(r"/feeds/posts/default/?$")


def originals(address: str, document: Document) -> Iterator[Original]:
    """The articles of a blog's feed, newest first; raises `ImportRefused`.

    `document.is_truncated` when its pages stop answering before their end.
    """
    url, seen, ends = address, set(), time.monotonic() + SECONDS
    body, url = first_page(url)
    for number in range(1, MOST_PAGES + 1):
        fresh = 0
        records = Records(blocks(lambda data=body: io.BytesIO(data)))
        for original in page_of(records, document, url):
            key = key_of(original)
            if key not in seen:
                seen.add(key)
                fresh += 1
                yield original
        following = next_page(records.header, url, number)
        if not fresh or not following or len(seen) > MOST:
            return
        if time.monotonic() > ends:
            document.is_truncated = True
            return
        try:
            found = fetch(following, accept=ACCEPT)
        except FetchError:
            document.is_truncated = True
            return
        if found.status != 200:
            # WordPress answers 404 behind the last page.
            document.is_truncated = document.is_truncated or found.status != 404
            return
        body, url = found.body, found.url


def page_of(records: Records, document: Document, url: str) -> Iterator[Original]:
    """The articles of one page of a feed."""
    for number, record in enumerate(records):
        if not number:
            describe(document, records, record, url)
        original = original_of(record, records, document, document.library, {})
        if original:
            yield original
    if not document.kind:
        describe(document, records, Element(""), url)


def first_page(address: str) -> tuple[bytes, str]:
    """The feed's bytes and its own address, looked for in the page when it is one."""
    found = asked(address)
    if found.content_type in PAGES or looks_like_page(found.body):
        feed = feed_named_in(found.body.decode("utf-8", "replace"), found.url)
        if not feed:
            raise ImportRefused(
                "Cette page n’annonce aucun flux. Donnez l’adresse du flux, ou envoyez le "
                "fichier d’export."
            )
        found = asked(feed)
    return found.body, found.url


def asked(address: str):
    """What is there; raises `ImportRefused` in the door's own words."""
    if BLOGGER.search(address):
        address = f"{address}?max-results=100"
    try:
        found = fetch(address, accept=ACCEPT)
    except FetchError as error:
        raise ImportRefused(str(error)) from error
    if found.status != 200:
        raise ImportRefused(f"Cette adresse répond {found.status} : rien à lire.")
    return found


def looks_like_page(body: bytes) -> bool:
    """Whether it is HTML, whatever it is said to be."""
    start = body[:500].lstrip().lower()
    return start.startswith((b"<!doctype html", b"<html"))


def feed_named_in(page: str, base: str) -> str:
    """The first feed of articles that a page announces, on its own host; "" for none."""
    for tag in LINK.findall(page):
        said = {name.lower(): unescape("".join(values)) for name, *values in ATTRIBUTE.findall(tag)}
        url = web_address(said.get("href", ""), base)
        is_feed = said.get("type", "").lower() in FEEDS
        words = f"{said.get('title', '')} {urlsplit(url).path}"
        if is_feed and url and not COMMENTS.search(words):
            return url
    return ""


def next_page(header: Element, url: str, number: int) -> str:
    """The address of the next page of a feed: as it says itself, else as WordPress counts."""
    for link in header.all("link"):
        if link.attributes.get("rel") == "next":
            following = web_address(link.attributes.get("href", ""), url)
            return following if host_of(following) == host_of(url) else ""
    if "wordpress" not in header.first("generator").lower():
        return ""
    parts = urlsplit(url)
    kept = [one for one in parts.query.split("&") if one and not one.startswith("paged=")]
    query = "&".join([*kept, urlencode({"paged": number + 1})])
    return urlunsplit(parts._replace(query=query))
