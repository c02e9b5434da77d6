"""What is kept of an entry: words and links that can harm nobody, in lengths that fit.

Pure, like parsing: nothing is fetched. What readers get passes `home.rich_text.for_readers` once
more when it is shown (threats.md, feed HTML).
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape

import nh3
from django.utils import timezone

from home import rich_text
from label import hashtags
from label.collecting.canonical import canonical, web_address
from label.collecting.entries import Entry, Picture
from label.collecting.words import one_line, plain_text, seen, shortened, spaced
from label.models import Item

REL = "nofollow ugc noopener"
# Before the web there was nothing to publish on it; a clock that is wrong says 1970.
FIRST = datetime(1993, 1, 1, tzinfo=UTC)
# A clock that is a little fast is no lie.
TOLERATED = timedelta(minutes=5)
LONGEST_HTML = 100_000  # characters
LONGEST_ALT = 250
MOST_TAGS = 30
MOST_PICTURES = 4
IMAGE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')
ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')


def clean(entry: Entry) -> Entry | None:
    """The entry as it may be kept; None when nothing is left to show or it has no address."""
    url, name = web_address(entry.url), canonical(entry.canonical)
    if not url or not name or not entry.guid:
        return None
    base = web_address(entry.base, url) or url
    html = clean_html(entry.html, base)
    title = shortened(plain_text(entry.title), longest("title"))
    pictures = clean_pictures(entry, base)
    if not (title or pictures or plain_text(html)):
        return None
    return replace(
        entry,
        guid=guid_that_fits(entry.guid),
        url=url,
        canonical=name,
        html=html,
        title=title,
        author=shortened(plain_text(entry.author), longest("author")),
        author_url=web_address(entry.author_url),
        network=shortened(one_line(entry.network), longest("network")),
        published=clean_date(entry.published),
        tags=None if entry.tags is None else clean_tags(entry.tags),
        pictures=pictures,
        licence=shortened(one_line(entry.licence), longest("licence")),
        original=rich_text.writable(entry.original),
    )


def clean_html(html: str, base: str) -> str:
    """Our few marks, and links that are absolute http(s) addresses."""
    kept = seen(html)[:LONGEST_HTML].replace("\r\n", "\n").replace("\r", "\n")
    # Plain text has lines; HTML has marks for them.
    kept = spaced(kept) if "<" in kept else kept.strip().replace("\n", "<br>")

    def keep(tag, name, value):
        if name == "href":
            return web_address(value, base) or None
        return value if name == "rel" else None

    return seen(rich_text.cleaned(kept, rich_text.SHOWN, REL, keep)).strip()


def longest(field: str) -> int:
    """How many characters a column holds."""
    return Item._meta.get_field(field).max_length


def guid_that_fits(guid: str) -> str:
    """The name that a source gives it; of one that is too long, what tells it from others."""
    bare = one_line(guid)
    return bare if len(bare) <= 500 else hashlib.sha256(bare.encode()).hexdigest()


def clean_date(date: datetime | None) -> datetime | None:
    """A date that can be: what is to come is now; None for what cannot be."""
    if not date or date.utcoffset() is None or date < FIRST:
        return None
    now = timezone.now()
    return now if date > now + TOLERATED else date


def clean_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Each tag in its one form, once, and only what can be one."""
    forms = (hashtags.one_form(tag.strip()) for tag in tags)
    return tuple(dict.fromkeys(form for form in forms if form))[:MOST_TAGS]


def clean_pictures(entry: Entry, base: str) -> tuple[Picture, ...]:
    """The entry's own pictures, and those in its text where it has none of its own."""
    pictures = entry.pictures or images_in(entry.html)
    kept = {}
    for picture in pictures:
        url = web_address(picture.url, base)
        if url and url not in kept:
            kept[url] = Picture(url, shortened(plain_text(picture.alt), LONGEST_ALT))
    return tuple(kept.values())[:MOST_PICTURES]


def images_in(html: str) -> list[Picture]:
    """The images of a text, as browsers read it, without those that only count who reads."""
    kept = rich_text.writable(html)[:LONGEST_HTML]
    if kept.count("<") > rich_text.MOST_MARKS:
        return []
    allowed = {"img": {"src", "alt", "width", "height"}}
    bare = nh3.clean(
        kept, tags={"img"}, attributes=allowed, clean_content_tags=rich_text.WITH_CONTENT
    )
    found = []
    for match in IMAGE.finditer(bare):
        image = {name: unescape(value) for name, value in ATTRIBUTE.findall(match[1])}
        is_dot = image.get("width") in ("0", "1") or image.get("height") in ("0", "1")
        if image.get("src") and not is_dot:
            found.append(Picture(image["src"], image.get("alt", "")))
    return found


def digest(entry: Entry) -> str:
    """A hash over what readers see of a clean entry.

    Without the query of its pictures' addresses: many sites sign them anew for each visitor.
    """
    pictures = [[picture.url.partition("?")[0], picture.alt] for picture in entry.pictures]
    seen = json.dumps([entry.title, entry.html, pictures, entry.url], ensure_ascii=False)
    return hashlib.sha256(seen.encode()).hexdigest()


def wanted(entry: Entry, tags: set[str]) -> bool:
    """Whether an entry bears one of these hashtags, each in its one form.

    Its own tags say so; only where its network has none is its text read for them.
    """
    if entry.tags is not None:
        return any(hashtags.one_form(tag) in tags for tag in entry.tags)
    return not tags.isdisjoint(hashtags.tags_in(f"{entry.title}\n{plain_text(entry.html)}"))
