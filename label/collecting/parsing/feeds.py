"""RSS and Atom, by feedparser, from XML that markup.py made well-formed and small."""

from __future__ import annotations

import io
import re

import feedparser

from label.collecting.canonical import canonical, host_of, same_host, web_address
from label.collecting.entries import Answer, Entry, Picture
from label.collecting.parsing import dates, mastodon
from label.collecting.parsing.errors import Unreadable
from label.collecting.parsing.markup import tidied
from label.collecting.parsing.tags import with_those_of_text
from label.collecting.parsing.text import writable
from label.collecting.parsing.values import (
    LONGEST_ORIGINAL,
    LONGEST_TEXT,
    LONGEST_WORD,
    MOST_PICTURES,
    MOST_TAGS,
    date_of,
)

ROOT = re.compile(r"<(?:[\w.-]+:)?(rss|rdf|feed|channel|html)\b", re.IGNORECASE)
TYPE = "application/xml; charset=utf-8"
HOSTS = {"youtube.com": "YouTube", "youtu.be": "YouTube", "flickr.com": "Flickr"}
PROGRAMS = ("Mastodon", "Pixelfed", "PeerTube", "YouTube", "Flickr")
IMAGE = re.compile(r"image/(?:jpe?g|png|webp|avif|gif)", re.IGNORECASE)
IMAGE_NAME = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)$", re.IGNORECASE)
# Not that of an account, « @name@server ».
NOTHING = re.compile(r"\([\s<>]*(?:mailto:)?[\s<>]*\)", re.IGNORECASE)
MAIL = re.compile(r"(?<![@\w.+-])[\w.+-]{1,100}@[\w.-]{1,150}")
LICENCE = re.compile(
    r"creativecommons\.org/(?:licenses/([a-z-]{2,8})/([0-9.]{3})|publicdomain/(zero))"
)


def read(source: str, url: str) -> Answer:
    """What a feed says; raises `Unreadable` for what is none."""
    made = tidied(source)
    root = ROOT.match(made)
    if not root or root[1].lower() == "html":
        raise Unreadable("Cette adresse mène à une page, pas à un flux.")
    headers = {"content-type": TYPE, "content-location": url}
    found = feedparser.parse(
        io.BytesIO(made.encode()),
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    entries = (entry_of(one, found.feed, url) for one in found.entries)
    return Answer(
        title=word(found.feed, "title"), entries=tuple(entry for entry in entries if entry)
    )


def entry_of(one, feed, url: str) -> Entry | None:
    """One entry; None for one without address."""
    address = address_of(one, url)
    if not address:
        return None
    html, base = html_of(one)
    title = word(one, "title")
    author = author_of(one, feed, url)
    guid = word(one, "id")
    return Entry(
        guid=guid or address,
        url=address,
        canonical=canonical_of(guid, address),
        html=html,
        base=base if base != url else "",
        title=title,
        author=author[0],
        author_url=author[1],
        network=network_of(address, word(feed, "generator")),
        published=written_on(one),
        tags=with_those_of_text(categories_of(one), title, html),
        pictures=pictures_of(one, url),
        licence=licence_of(one) or licence_of(feed),
        indexable="noindex" not in word(feed.get("xhtml_meta") or {}, "content").lower(),
        original=original_of(one),
    )


def author_of(one, feed, url: str) -> tuple[str, str]:
    """An author's name and page: the entry's, else the feed's, which is a profile's own name."""
    for mapping in (one, feed):
        detail = next(iter(mapping.get("authors") or ()), {})
        said = word(mapping, "author")
        # What feedparser makes of a mail address is no name where its end is long (« .paris »).
        name = without_mail(said) if "@" in said else word(detail, "name") or said
        if name:
            return name, web_address(word(detail, "href"), url)
    if word(feed, "generator").startswith(PROGRAMS):
        return word(feed, "title"), web_address(word(feed, "link"), url)
    return "", ""


def without_mail(said: str) -> str:
    """The name beside a mail address, which is nobody’s business."""
    bare = NOTHING.sub(" ", MAIL.sub(" ", said)).replace("<", " ").replace(">", " ")
    bare = " ".join(bare.split()).strip("\"' ,;")
    return bare[1:-1].strip() if bare[:1] == "(" and bare[-1:] == ")" else bare


def word(mapping, name: str, most: int = LONGEST_WORD) -> str:
    """A text of feedparser's; "" for anything else."""
    value = mapping.get(name)
    return writable(value)[:most].strip() if isinstance(value, str) else ""


def address_of(one, url: str) -> str:
    """Where people read it: its link, a name that is a whole address, else what is enclosed."""
    links = [word(one, "link"), *(word(link, "href") for link in links_of(one))]
    enclosed = [word(link, "href") for link in links_of(one, "enclosure")]
    candidates = (
        *(web_address(link, url) for link in links if link),
        web_address(word(one, "id")),
        *(web_address(link, url) for link in enclosed if link),
    )
    return next((address for address in candidates if canonical(address)), "")


def links_of(one, rel: str = "alternate") -> list:
    """Links of an entry that have this relation."""
    return [link for link in one.get("links", ()) if link.get("rel") == rel]


def written_on(one):
    """When it was published, else changed."""
    # Without asking what is there, feedparser gives one for the other, with a warning.
    for name in (name for name in ("published", "updated", "created") if name in one):
        found = dates.spelled(word(one, name)) or date_of(one.get(f"{name}_parsed"))
        if found:
            return found
    return None


def canonical_of(guid: str, address: str) -> str:
    """The entry's name when it is an address of the site where it is read, else its link."""
    name = canonical(guid)
    return name if same_host(name, address) else canonical(address)


def html_of(one) -> tuple[str, str]:
    """The longest of what the feed gives as its text, and where its links begin."""
    parts = [*one.get("content", ()), one.get("summary_detail") or {}]
    given = [(word(part, "value", LONGEST_TEXT), word(part, "base")) for part in parts]
    return max(given, key=lambda pair: len(pair[0]))


def network_of(address: str, generator: str) -> str:
    """The network's name: by the site, by the program that made the feed, else the site's name."""
    host = host_of(address)
    program = next((name for name in PROGRAMS if generator.lower().startswith(name.lower())), "")
    return HOSTS.get(host) or program or mastodon.network_of(address)


def categories_of(one) -> list[str]:
    """The words under which an entry is filed, and what people read in their place."""
    tags = one.get("tags", ())[:MOST_TAGS]
    whole = [said for tag in tags for name in ("term", "label") if (said := word(tag, name))]
    # Some programs put all of them into one.
    parts = [part.strip() for said in whole if "," in said for part in said.split(",")]
    return [*whole, *filter(None, parts)][:MOST_TAGS]


def pictures_of(one, base: str) -> tuple[Picture, ...]:
    """Its images, the large ones before the small ones."""
    media, enclosed = one.get("media_content", ()), links_of(one, "enclosure")
    found = [
        *((word(part, "url"), word(part, "alt")) for part in media if is_image(part, "url")),
        *((word(link, "href"), "") for link in enclosed if is_image(link, "href")),
        *((word(part, "url"), "") for part in one.get("media_thumbnail", ())),
        (word(one.get("image") or {}, "href"), ""),
    ]
    pictures = {}
    for address, alt in found:
        url = web_address(address, base)
        if url:
            pictures.setdefault(url, Picture(url, alt))
    return tuple(pictures.values())[:MOST_PICTURES]


def is_image(media, name: str) -> bool:
    """Whether a feed says so, or the end of its address where the feed says nothing."""
    kind, medium = word(media, "type"), word(media, "medium")
    if kind or medium:
        return bool(IMAGE.match(kind)) or medium == "image"
    return bool(IMAGE_NAME.search(word(media, name).partition("?")[0]))


def licence_of(one) -> str:
    """A Creative Commons licence, by its short name; "" for none."""
    said = [word(link, "href") for link in links_of(one, "license")]
    for text in (*said, word(one, "rights"), word(one, "license")):
        match = LICENCE.search(text.lower())
        if match:
            return "CC0-1.0" if match[3] else f"CC-{match[1].upper()}-{match[2]}"
    return ""


def original_of(one) -> str:
    """What came, for the record: title, link and text as they were."""
    parts = (word(one, name, LONGEST_ORIGINAL) for name in ("id", "link", "title", "published"))
    return "\n".join([*parts, html_of(one)[0]])[:LONGEST_ORIGINAL]
