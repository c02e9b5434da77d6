"""Addresses of the old blog: absolute ones of the web, and the one name of each."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit

from home.fetch import Refused
from home.fetch.target import read

LONGEST = 500  # characters: what the columns hold
# Of an address that is only a number, the query is the name.
NAMES_IN_QUERY = ("p=", "page_id=", "attachment_id=")
NUMBERS = ("p", "page_id", "attachment_id")
LONGEST_LINK = 2_000
UNSAFE = re.compile(r"[\x00-\x20\x7f<>\"\\^`{|}]")
# What hangs behind an article's own address: its page of comments, its telephone version.
BEHIND = re.compile(r"/(?:amp|comment-page-\d{1,4}|index\.php)$")
# Blogger answers in every country by another name.
BLOGSPOT = re.compile(r"\.blogspot\.[a-z]{2,3}(?:\.[a-z]{2})?$")


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


def link_address(url: str, base: str = "") -> str:
    """Where a reader is led, fragment too, whatever the port; "" for what is no web address."""
    try:
        whole = urljoin(base, url.strip())
        parts = urlsplit(whole)
        is_web = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    except ValueError:
        return ""
    whole = UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", whole)
    return whole if is_web and len(whole) <= LONGEST_LINK else ""


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


def known_as(address: str) -> str:
    """What an address and its variants have in common, so that links are found; "" for none.

    http or https, with « www. » or without, its accents escaped or not, a slash at its end,
    `?p=12` among other values, Blogger's country, a page of comments.
    """
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return ""
    host = BLOGSPOT.sub(".blogspot.com", host_of(address.strip()))
    if not host or parts.scheme not in ("http", "https"):
        return ""
    host = host if port in (None, 80, 443) else f"{host}:{port}"
    path = BEHIND.sub("", unquote(parts.path).rstrip("/")).rstrip("/")
    if path:
        return f"{host}{path}"
    numbers = [pair for pair in parse_qsl(parts.query) if pair[0] in NUMBERS]
    return f"{host}?{numbers[0][0]}={numbers[0][1]}" if numbers else ""
