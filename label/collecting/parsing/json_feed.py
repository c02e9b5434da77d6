"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json

from django.utils.html import escape

from label.collecting.canonical import canonical, host_of, web_address
from label.collecting.entries import Answer, Entry, Picture
from label.collecting.parsing.tags import with_those_of_text
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

MOST = 200


def read(data: dict, url: str) -> Answer:
    """The feed's entries."""
    entries = (entry_of(one, data, url) for one in mappings(data, "items")[:MOST])
    return Answer(
        title=text(data, "title"),
        entries=tuple(entry for entry in entries if entry),
        next_url=web_address(text(data, "next_url"), url),
    )


def entry_of(item: dict, feed: dict, url: str) -> Entry | None:
    """One entry; None for one without address."""
    guid = text(item, "id") or number(item.get("id"))
    address = address_of(item, guid, url)
    if not address:
        return None
    author = author_of(item) or author_of(feed)
    words = text(item, "content_text", LONGEST_TEXT) or text(item, "summary", LONGEST_TEXT)
    html = text(item, "content_html", LONGEST_TEXT) or escape(words).replace("\n", "<br>")
    return Entry(
        guid=guid or address,
        url=address,
        canonical=canonical(address),
        html=html,
        title=text(item, "title"),
        author=text(author, "name"),
        author_url=web_address(text(author, "url"), url),
        network=host_of(address),
        published=date(text(item, "date_published") or text(item, "date_modified")),
        tags=with_those_of_text(tags_of(item), text(item, "title"), html),
        pictures=pictures_of(item, url),
        original=json.dumps(item, ensure_ascii=False)[:LONGEST_ORIGINAL],
    )


def number(name) -> str:
    """A name that is a number, as the first version of the format allowed; "" for anything else."""
    return str(name)[:100] if type(name) in (int, float) else ""


def address_of(item: dict, guid: str, url: str) -> str:
    """Where people read it: its link, a name that is a whole address, else what is attached."""
    attached = [text(one, "url") for one in mappings(item, "attachments")[:MOST_PICTURES]]
    links = [web_address(text(item, name), url) for name in ("url", "external_url")]
    candidates = (*links, web_address(guid), *(web_address(one, url) for one in attached))
    return next((address for address in candidates if canonical(address)), "")


def author_of(mapped: dict) -> dict:
    """The first author: version 1.1 has several, 1.0 one."""
    return next(iter(mappings(mapped, "authors")), None) or mapping(mapped, "author")


def tags_of(item: dict) -> list[str]:
    """Its tags."""
    return texts(item, "tags")[:MOST_TAGS]


def pictures_of(item: dict, base: str) -> tuple[Picture, ...]:
    """Its image, and those that are attached."""
    attached = [
        text(one, "url")
        for one in mappings(item, "attachments")
        if text(one, "mime_type").startswith("image/")
    ]
    found = [text(item, "image"), *attached, text(item, "banner_image")]
    addresses = dict.fromkeys(web_address(one, base) for one in found[:MOST_PICTURES] if one)
    return tuple(Picture(one) for one in addresses if one)
