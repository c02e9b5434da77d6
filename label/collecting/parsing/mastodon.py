"""Posts as Mastodon's interface gives them, and those of the programs that speak like it.

https://docs.joinmastodon.org/entities/Status/
"""

from __future__ import annotations

import json
import re

from label.collecting.canonical import canonical, host_of, same_host
from label.collecting.entries import Answer, Entry, Picture
from label.collecting.parsing.errors import Unreadable
from label.collecting.parsing.values import (
    LONGEST_ORIGINAL,
    LONGEST_TEXT,
    MOST_PICTURES,
    MOST_TAGS,
    date,
    mapping,
    mappings,
    text,
)

TIMELINE = "mot-diese"
MOST = 200
READABLE = re.compile(r"https?://[^/]+/@[^/?#]+/[0-9]+")
NETWORKS = [
    (re.compile(r"/p/[^/]+/[0-9]+"), "Pixelfed"),
    (re.compile(r"/videos/watch/|/w/"), "PeerTube"),
    (READABLE, "Mastodon"),
]


def read(statuses: list, url: str, kind: str = TIMELINE) -> Answer:
    """The public posts of a list, written by people; raises `Unreadable` for a list of others."""
    posts = [one for one in statuses if isinstance(one, dict)]
    if statuses and not any("uri" in one and "content" in one for one in posts):
        raise Unreadable("La réponse n’est pas une liste de publications.")
    entries = (entry_of(one, is_asked=kind != TIMELINE) for one in posts[:MOST])
    return Answer(title=host_of(url), entries=tuple(entry for entry in entries if entry))


def entry_of(status: dict, is_asked: bool) -> Entry | None:
    """One post; None for one that is not for everybody, is somebody else's, or has no address.

    `is_asked`: this author is the source. In a timeline, programs that post by themselves are left
    out: nobody is there to ask.
    """
    account = mapping(status, "account")
    is_shared = isinstance(status.get("reblog"), dict)
    if is_shared or status.get("visibility") != "public":
        return None
    if account.get("bot") is True and not is_asked:
        return None
    name = canonical_of(text(status, "uri"), text(status, "url"))
    if not name:
        return None
    is_sensitive = status.get("sensitive") is True
    return Entry(
        guid=text(status, "uri") or name,
        url=text(status, "url") or name,
        canonical=name,
        html=text(status, "content", LONGEST_TEXT),
        title=text(status, "spoiler_text"),
        author=text(account, "display_name") or text(account, "username"),
        author_url=text(account, "url"),
        network=network_of(name),
        published=date(text(status, "created_at")),
        tags=tuple(text(one, "name") for one in mappings(status, "tags")[:MOST_TAGS]),
        pictures=() if is_sensitive else pictures_of(status),
        indexable=may_be_shown(account),
        original=json.dumps(status, ensure_ascii=False)[:LONGEST_ORIGINAL],
    )


def canonical_of(uri: str, url: str) -> str:
    """The post's own name, by its readable address where its feed says that one too."""
    is_readable = same_host(uri, url) and READABLE.fullmatch(canonical(url))
    return canonical(url) if is_readable else canonical(uri) or canonical(url)


def network_of(address: str) -> str:
    """The program on which it was written, as far as its addresses tell."""
    return next((name for shape, name in NETWORKS if shape.search(address)), host_of(address))


def pictures_of(status: dict) -> tuple[Picture, ...]:
    """The images of a post, and the still of a film, with what their author says they show."""
    found = []
    for one in mappings(status, "media_attachments")[:MOST_PICTURES]:
        is_image = one.get("type") == "image"
        address = text(one, "url" if is_image else "preview_url")
        if address and one.get("type") != "audio":
            found.append(Picture(address, text(one, "description")))
    return tuple(found)


def may_be_shown(account: dict) -> bool:
    """Whether the author said no to being found: to search engines, in search, in directories."""
    said_no = (
        account.get("noindex") is True
        or account.get("indexable") is False
        or account.get("discoverable") is False
    )
    return not said_no
