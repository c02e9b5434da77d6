"""Addresses of the old blog: absolute ones of the web, and the one name of each."""

from __future__ import annotations

import hashlib
from urllib.parse import urldefrag, urljoin, urlsplit

from home.fetch import Refused
from home.fetch.target import read

LONGEST = 500  # characters: what the columns hold
# Of an address that is only a number, the query is the name.
NAMES_IN_QUERY = ("p=", "page_id=", "attachment_id=")


def web_address(url: str, base: str = "") -> str:
    """An absolute http(s) address of at most 500 characters, without fragment; or ""."""
    url = url.strip()
    if not url:
        return ""
    try:
        whole = read(urldefrag(urljoin(base, url))[0]).url
    except (Refused, ValueError):
        return ""
    return whole if len(whole) <= LONGEST else ""


def host_of(url: str) -> str:
    """The host of an address, without « www. »; "" for what is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def key_of(original) -> str:
    """What one original is known by, the same in an export and in the blog's feed; a hash.

    Its address, whatever the scheme and with or without « www. »; else the name that the blog
    gave it, else its title and date.
    """
    address = bare(original.address)
    name = address or original.guid.strip() or f"{original.title}\n{original.published}"
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def bare(address: str) -> str:
    """An address without what changes when a blog moves to https; "" for a front page."""
    parts = urlsplit(web_address(address))
    query = parts.query if parts.query.startswith(NAMES_IN_QUERY) else ""
    path = parts.path.rstrip("/")
    if not parts.hostname or not (path or query):
        return ""
    return f"{host_of(address)}{path}" + (f"?{query}" if query else "")


def path_of(address: str) -> str:
    """What follows the host, query too, as redirect rules want it."""
    parts = urlsplit(address)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
