"""A link that somebody hands in: what its page says of itself, where it may be said elsewhere.

Only what the page gives to be shared (oEmbed, Open Graph, its title) is read, and only where it
does not ask robots to keep away; else whoever hands it in types it.
"""

from __future__ import annotations

import json
import re
from urllib.parse import urljoin, urlsplit

from django.utils.html import escape

from home.fetch import FetchError, fetch
from label.collecting import robots
from label.collecting.aliases import BLUESKY
from label.collecting.canonical import canonical, host_of, same_host, web_address
from label.collecting.entries import Entry, Picture
from label.collecting.pages import links_of, metas_of, title_of
from label.collecting.parsing import text, values
from label.collecting.parsing.feeds import HOSTS

PAGES = {"text/html", "application/xhtml+xml"}
OEMBED = "application/json+oembed"
NEVER = ("noindex", "none")
LARGEST_OEMBED = 100_000  # bytes
SECONDS = 5.0
TYPE_IT = "Écrivez vous-même le titre et le texte."
NOT_FOR_PROGRAMS = f"Ce site ne permet pas aux programmes de lire cette page. {TYPE_IT}"


RESOLVE = "https://public.api.bsky.app/xrpc/com.atproto.identity.resolveHandle?handle="
HANDLED = re.compile(r"https://bsky\.app/profile/([a-z0-9.-]{3,253})/post/([\w.~-]{1,100})")
DID = re.compile(r"did:[a-z0-9]{1,20}:[\w.:%-]{1,200}")


class NotReadable(ValueError):
    """Why a page says nothing that may be shown; a plain sentence that asks to type it."""


def read_link(url: str) -> Entry:
    """What a page says of itself; raises `NotReadable` or `FetchError`, each a plain sentence."""
    if not canonical(url):
        raise NotReadable("Cette adresse n’est pas celle d’une page web.")
    if not robots.may_read(url):
        raise NotReadable(NOT_FOR_PROGRAMS)
    found = fetch(url, accept="text/html, application/xhtml+xml;q=0.9")
    if found.url != web_address(url) and not robots.may_read(found.url):
        raise NotReadable(NOT_FOR_PROGRAMS)
    if found.status != 200:
        raise NotReadable(f"Cette page ne se laisse pas lire. {TYPE_IT}")
    if found.content_type not in PAGES:
        raise NotReadable(f"Cette adresse ne mène pas à une page. {TYPE_IT}")
    page = text.decoded(found.body, found.headers.get("content-type", ""))
    said = metas_of(page)
    if says_no(said, found.headers.get("x-robots-tag", "")):
        raise NotReadable(f"Cette page demande à ne pas être reprise ailleurs. {TYPE_IT}")
    told = oembed(page, found.url)
    title = said.get("og:title") or values.text(told, "title") or title_of(page)
    if not title:
        raise NotReadable(f"Cette page ne dit pas son titre. {TYPE_IT}")
    return entry_of(found.url, page, said, told, title)


def settled(link: str) -> str:
    """A link to a post on Bluesky by its author's number, which stays when their name changes.

    Their program gives both names to one post; any other link, or where nobody answers, is as it
    was.
    """
    post = HANDLED.fullmatch(canonical(link))
    if not post:
        return link
    try:
        found = fetch(f"{RESOLVE}{post[1]}", largest=LARGEST_OEMBED, seconds=SECONDS)
        number = values.text(json.loads(found.body), "did")
    except (FetchError, ValueError, RecursionError):
        return link
    return (
        canonical(f"{BLUESKY}/profile/{number}/post/{post[2]}") if DID.fullmatch(number) else link
    )


def entry_of(address: str, page: str, said: dict, told: dict, title: str) -> Entry:
    """The entry, out of the page's own words."""
    url = own_address(page, said, address)
    picture = said.get("og:image:secure_url") or said.get("og:image") or said.get("twitter:image")
    picture = web_address(picture or values.text(told, "thumbnail_url"), address)
    words = said.get("og:description") or said.get("description") or ""
    return Entry(
        guid=canonical(url),
        url=url,
        canonical=canonical(url),
        title=title,
        html=f"<p>{escape(words)}</p>" if words else "",
        author=values.text(told, "author_name") or said.get("author", ""),
        author_url=web_address(values.text(told, "author_url")),
        network=said.get("og:site_name") or HOSTS.get(host_of(url)) or host_of(url),
        published=values.date(said.get("article:published_time", "")),
        pictures=(Picture(picture, said.get("og:image:alt", "")),) if picture else (),
    )


def own_address(page: str, said: dict, address: str) -> str:
    """The page's own name for itself, when it is of the same site and is no front page."""
    named = (one.get("href", "") for one in links_of(page) if one.get("rel", "") == "canonical")
    for name in (next(named, ""), said.get("og:url", "")):
        url = web_address(name, address)
        if same_host(url, address) and (urlsplit(url).path != "/" or urlsplit(address).path == "/"):
            return url
    return web_address(address)


def says_no(said: dict, header: str) -> bool:
    """Whether the page asks robots not to show it elsewhere."""
    words = f"{said.get('robots', '')},{header}".lower().replace(":", ",").split(",")
    return any(word.strip() in NEVER for word in words)


def oembed(page: str, address: str) -> dict:
    """What the page's own oEmbed says, without its HTML; an empty mapping when there is none."""
    named = (one.get("href", "") for one in links_of(page) if one.get("type", "").lower() == OEMBED)
    url = web_address(urljoin(address, next(named, "")))
    if not url or url == web_address(address):
        return {}
    try:
        found = fetch(url, accept="application/json", largest=LARGEST_OEMBED, seconds=SECONDS)
        told = json.loads(found.body) if found.status == 200 else {}
    except (FetchError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
