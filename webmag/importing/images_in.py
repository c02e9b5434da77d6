"""What an `<img>` of an old blog stands for: where it may be had, largest first."""

from __future__ import annotations

import re

from webmag.importing.addresses import web_address
from webmag.importing.pieces import Image, credit_in, plain
from webmag.importing.trees import Node

MOST_ADDRESSES = 4
WIDEST = 2600  # pixels; what a camera made is larger than what the door lets in
SMALLEST = 3  # pixels; a smaller one counts who reads
PICTURE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)$", re.IGNORECASE)
NUMBER = re.compile(r"wp-image-(\d{1,12})")
DATA = re.compile(r"data:image/(?:jpe?g|png|webp|avif);base64,", re.IGNORECASE)
# Lazy loading puts a dot of this kind where the image will be.
PLACEHOLDER = 300  # characters
EMOJI = re.compile(r"\b(?:emoji|wp-smiley)\b|/images/core/emoji/|/smilies/")
COUNTERS = ("pixel.wp.com", "stats.wordpress.com", "feeds.feedburner.com", "feedsportal.com")
# http://resize.over-blog.com/170x170.jpg?http://idata.over-blog.com/…/soupe.jpg#width=…
RESIZED = re.compile(r"https?://resize\.over-blog[\w.-]*/[^?]{0,100}\?(?:https?://)?([^#]+)")
# Hosts that make any size: Blogger's, by a part of the path; WordPress.com's, by a value.
BLOGGER = re.compile(r"https?://(?:[\w-]+\.)?(?:bp\.blogspot|googleusercontent)\.com/")
BLOGGER_SIZE = re.compile(r"(?<=[/=])(?:s\d{1,5}|w\d{1,5}-h\d{1,5})(?:-[a-z]\w{0,9})*(?=/|$)")
PHOTON = re.compile(r"https?://(?:i[0-3]\.wp\.com|[\w-]+\.files\.wordpress\.com)/")
WIDTH = 1600  # pixels: as wide as anything shows here
SIZED = re.compile(r"-\d{2,4}x\d{2,4}(?=\.\w{3,4}$)")


def is_sign(node: Node) -> bool:
    """Whether it stands for a sign of writing: its words replace it."""
    return bool(EMOJI.search(f"{node.classes}{node.attributes.get('src', '')}"))


def is_counter(node: Node) -> bool:
    """Whether nobody is meant to see it."""
    sides = (node.attributes.get(side, "").removesuffix("px") for side in ("width", "height"))
    is_dot = any(side.isdecimal() and int(side) < SMALLEST for side in sides if len(side) < 6)
    return is_dot or any(f"//{host}/" in node.attributes.get("src", "") for host in COUNTERS)


def image_of(node: Node, base: str, media: dict, link: str = "", caption: str = "") -> Image | None:
    """The image, with what is said of it; None where no address can be one."""
    known = media.get(node.attributes.get("data-id", "")) or known_by_class(node, media)
    found = list(dict.fromkeys(addresses(node, base, known, link)))[:MOST_ADDRESSES]
    if not found:
        return None
    words = caption or plain(known.caption if known else "")
    return Image(
        addresses=tuple(found),
        alt=plain(node.attributes.get("alt", "") or (known.alt if known else "")),
        caption=words,
        credit=credit_in(words) or plain(known.credit if known else ""),
        title=plain(known.title if known else node.attributes.get("title", "")),
    )


def known_by_class(node: Node, media: dict):
    """What the library says of it."""
    number = NUMBER.search(node.classes)
    return media.get(number[1]) if number else None


def of_library(one) -> Image | None:
    """An image that only the library tells of."""
    found = [url for each in (one.url, one.smaller) for url in sizes_of(web_address(each)) if url]
    caption = plain(one.caption)
    credit = plain(one.credit) or credit_in(caption)
    addresses = tuple(dict.fromkeys(found))[:MOST_ADDRESSES]
    return Image(addresses, plain(one.alt), caption, credit, plain(one.title)) if found else None


def addresses(node: Node, base: str, known, link: str):
    """Where it may be had, best first."""
    said = node.attributes
    lazy = [said.get(f"data-{name}", "") for name in ("src", "lazy-src", "original")]
    source = said.get("src", "")
    if DATA.match(source):
        if len(source) > PLACEHOLDER and not any(lazy):
            yield source
        source = ""
    sets = [said.get("srcset", ""), said.get("data-srcset", "")]
    candidates = [
        known.url if known else "",
        link if PICTURE.search(link.partition("?")[0]) else "",
        said.get("data-orig-file", ""),
        said.get("data-large-file", ""),
        *(widest(one) for one in sets),
        known.smaller if known else "",
        *lazy,
        source,
    ]
    for candidate in candidates:
        resized = RESIZED.match(candidate)
        if resized:
            yield from filter(None, [web_address(f"http://{resized[1]}")])
        if address := web_address(candidate, base):
            yield from sizes_of(address)


def sizes_of(address: str):
    """An address, and a smaller photo where its host makes one; of Blogger's a larger one.

    Blogger's texts show small ones, and link to a page of the large one (« s1600-h »).
    """
    if BLOGGER.match(address):
        yield BLOGGER_SIZE.sub(f"s{WIDTH}", address)
        if "-h/" not in address:
            yield address
    elif PHOTON.match(address):
        bare = address.partition("?")[0]
        yield from (bare, f"{bare}?w={WIDTH}")
    else:
        yield address


def widest(source_set: str) -> str:
    """The widest of a `srcset` that is no camera's own."""
    best, width = "", 0
    for one in source_set.split(", ")[:30]:
        address, _, size = one.strip().partition(" ")
        number = size.strip().removesuffix("w")
        if number.isdecimal() and len(number) < 6 and width < int(number) <= WIDEST:
            best, width = address, int(number)
    return best


def same(one: Image, other: Image) -> bool:
    """Whether two are one photo, in two sizes perhaps."""
    return not stems(one).isdisjoint(stems(other))


def stems(image: Image) -> set[str]:
    """Its addresses without scheme and size."""
    return {
        SIZED.sub("", address.partition("://")[2].partition("?")[0]) for address in image.addresses
    }
