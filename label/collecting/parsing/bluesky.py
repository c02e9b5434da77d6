"""An author's posts as Bluesky's open interface gives them: app.bsky.feed.getAuthorFeed.

https://docs.bsky.app/docs/api/app-bsky-feed-get-author-feed
"""

from __future__ import annotations

import json
import re
from itertools import islice

from django.utils.html import escape, format_html

from label.collecting.entries import Answer, Entry, Picture
from label.collecting.parsing.values import (
    LONGEST_ORIGINAL,
    LONGEST_TEXT,
    MOST_PICTURES,
    MOST_TAGS,
    date,
    mapping,
    mappings,
    text,
    texts,
)

SITE = "https://bsky.app"
MOST = 200
MOST_FACETS = 200
POST = re.compile(
    r"at://(did:[a-z0-9]{1,20}:[\w.:%-]{1,200})/app\.bsky\.feed\.post/([\w.~-]{1,100})"
)
HANDLE = re.compile(r"[a-z0-9.-]{3,253}")
SIGNED_IN_ONLY = "!no-unauthenticated"


def read(data: dict, url: str) -> Answer:
    """The author's own posts: shares and answers to others are left out."""
    own = (
        one
        for one in mappings(data, "feed")
        if not mapping(one, "reason") and not mapping(one, "reply")
    )
    entries = (entry_of(mapping(one, "post")) for one in islice(own, MOST))
    return Answer(title="Bluesky", entries=tuple(entry for entry in entries if entry))


def entry_of(post: dict) -> Entry | None:
    """One post; None for what has no name."""
    name = POST.fullmatch(text(post, "uri"))
    if not name:
        return None
    author, record = mapping(post, "author"), mapping(post, "record")
    handle = text(author, "handle").lower()
    who = handle if HANDLE.fullmatch(handle) else name[1]
    labels = mappings(author, "labels") + mappings(post, "labels")
    facets = mappings(record, "facets")[:MOST_FACETS]
    return Entry(
        guid=name[0],
        url=f"{SITE}/profile/{who}/post/{name[2]}",
        canonical=f"{SITE}/profile/{name[1]}/post/{name[2]}",
        html=html_of(text(record, "text", LONGEST_TEXT), facets),
        author=text(author, "displayName") or handle,
        author_url=f"{SITE}/profile/{who}",
        network="Bluesky",
        published=date(text(record, "createdAt")),
        tags=tuple([*tags_of(facets), *own_tags(record)][:MOST_TAGS]),
        pictures=() if labels_adult(labels) else pictures_of(mapping(post, "embed")),
        indexable=all(text(one, "val") != SIGNED_IN_ONLY for one in labels),
        original=json.dumps(post, ensure_ascii=False)[:LONGEST_ORIGINAL],
    )


def tags_of(facets: list[dict]) -> list[str]:
    """The hashtags of a text."""
    return [
        text(one, "tag") for facet in facets for one in mappings(facet, "features") if "tag" in one
    ]


def own_tags(record: dict) -> list[str]:
    """Hashtags beside the text."""
    return texts(record, "tags")[:MOST_TAGS]


def html_of(words: str, facets: list[dict]) -> str:
    """The text with its links, whose places are counted in bytes of UTF-8."""
    raw, parts, last = words.encode(), [], 0
    for start, end, address in sorted(links_of(facets)):
        if last <= start < end <= len(raw):
            shown = raw[start:end].decode(errors="replace")
            parts.append(escape(raw[last:start].decode(errors="replace")))
            parts.append(format_html('<a href="{}">{}</a>', address, shown))
            last = end
    parts.append(escape(raw[last:].decode(errors="replace")))
    return "".join(parts).replace("\n", "<br>")


def links_of(facets: list[dict]):
    """(first byte, last byte, address) of each link."""
    for facet in facets:
        place = mapping(facet, "index")
        start, end = place.get("byteStart"), place.get("byteEnd")
        address = next(
            (text(one, "uri") for one in mappings(facet, "features") if text(one, "uri")), ""
        )
        if address and type(start) is int and type(end) is int:
            yield start, end, address


def pictures_of(embed: dict) -> tuple[Picture, ...]:
    """Images of a post, beside a quoted one too, and the still of a film."""
    media = mapping(embed, "media") or embed
    images = [
        Picture(text(one, "fullsize"), text(one, "alt"))
        for one in mappings(media, "images")[:MOST_PICTURES]
    ]
    still = text(media, "thumbnail")
    return tuple(one for one in [*images, Picture(still, text(media, "alt"))] if one.url)


def labels_adult(labels: list[dict]) -> bool:
    """Whether somebody marked its pictures as not for everybody."""
    return any(text(one, "val") in {"porn", "sexual", "nudity", "graphic-media"} for one in labels)
