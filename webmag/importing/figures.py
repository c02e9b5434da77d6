"""Images with a legend, and images side by side, in the ways that blogs have written them."""

from __future__ import annotations

from webmag.blocks.photos import MOST
from webmag.importing.addresses import web_address
from webmag.importing.images_in import PICTURE, is_counter, is_sign
from webmag.importing.pieces import Piece
from webmag.importing.trees import Node

GALLERIES = (
    *(" wp-block-gallery ", " blocks-gallery-grid ", " gallery ", " tiled-gallery "),
    *(" ob-section-images ", " ngg-galleryoverview ", " wp-block-jetpack-tiled-gallery "),
)
CAPTIONED = (" wp-caption ", " tr-caption-container ", " wp-block-image ", " ob-section-images ")
CAPTIONS = (
    *(" wp-caption-text ", " gallery-caption ", " tr-caption ", " ob-desc ", " ob-caption "),
    *(" blocks-gallery-caption ", " wp-element-caption "),
)
HOLDS_ONE = (" wp-caption ", " gallery-item ", " blocks-gallery-item ", " ob-row-1-col ")
LONGEST_CAPTION, LONGEST_SLIDE, LONGEST_TITLE = 300, 200, 120
OTHERWISE = ("table", "iframe", "embed", "object", "video", "audio", "blockquote", "pre")


def is_gallery(node: Node) -> bool:
    """Whether a program made it to show several images."""
    return any(name in node.classes for name in GALLERIES) and len(node.all("img")) > 1


def is_captioned(node: Node) -> bool:
    """Whether it is one image with its legend."""
    named = any(name in node.classes for name in CAPTIONED)
    return named and len(node.all("img")) == 1 and not node.all(*OTHERWISE)


def is_caption(node: Node) -> bool:
    """Whether it is the legend of something."""
    return node.tag in ("figcaption", "caption") or any(name in node.classes for name in CAPTIONS)


def read(article, node: Node) -> None:
    """A figure: one photo, several, or something else with a legend."""
    images = [one for one in node.all("img") if not is_counter(one) and not is_sign(one)]
    others = node.all(*OTHERWISE)
    if others or not images:
        other(article, node)
        return
    article.paragraph.end()
    found, used = [], []
    for image, link, holder in placed(node):
        caption = caption_of(holder)
        if caption:
            used.append(caption)
        made = article.image_of(image, caption.text if caption else "", link)
        if made:
            found.append(made)
    words = words_beside(node, used)
    if len(found) == 1 and not words:
        photo(article, found[0])
    elif found:
        gallery(article, found, words)
    if not found:
        words += [one for one in used if one.text]
    if len(found) <= 1 or not is_title(words):
        if len(found) == 1 and words:
            article.pieces[-1] = Piece("photo", fitted(article, found[0], LONGEST_CAPTION))
        for one in words:
            article.walk(one)
            article.paragraph.end()


def other(article, node: Node) -> None:
    """A table, a player, a quotation in a figure: its legend follows it."""
    address = web_address(node.text.split(" ")[0]) if node.text.startswith("http") else ""
    captions = [one for one in node.walk() if is_caption(one)]
    if address and not node.all(*OTHERWISE) and article.embed(address):
        rest = [one for one in captions if one.text]
    else:
        article.block(node)
        return
    for one in rest:
        article.block(one)


def placed(node: Node):
    """(image, where its link leads, what holds it alone) of each image."""
    waiting = [(node, "", node)]
    while waiting:
        one, link, holder = waiting.pop()
        if one.tag == "img":
            if not is_counter(one) and not is_sign(one):
                yield one, link, holder
            continue
        if one.tag == "a":
            href = one.attributes.get("href", "")
            link = href if PICTURE.search(href.partition("?")[0]) else ""
        holds_one = one.tag in ("figure", "li", "dl", "td") or any(
            name in one.classes for name in HOLDS_ONE
        )
        if holds_one and len(one.all("img")) == 1:
            holder = one
        children = [child for child in one.children if isinstance(child, Node)]
        waiting.extend((child, link, holder) for child in reversed(children))


def caption_of(holder: Node) -> Node | None:
    """The legend within what holds one image; None where it holds several."""
    if len(holder.all("img")) != 1:
        return None
    return next((one for one in holder.walk() if is_caption(one) and one.text), None)


def words_beside(node: Node, used: list[Node]) -> list[Node]:
    """What words there are beside images and their legends, in order."""
    if any(node is one for one in used):
        return []
    found = []
    for child in node.children:
        if isinstance(child, str):
            if child.strip():
                found.append(Node("p", {}, [child]))
        elif is_caption(child) or not child.all("img"):
            if child.text and child.tag != "img" and not any(child is one for one in used):
                found.append(child)
        else:
            found += words_beside(child, used)
    return found


def is_title(words: list[Node]) -> bool:
    """Whether the words beside several images say in short what they show."""
    return len(words) == 1 and is_caption(words[0]) and len(words[0].text) <= LONGEST_TITLE


def photo(article, image) -> None:
    """A photo; a legend that is too long for one follows it."""
    article.add("photo", fitted(article, image, LONGEST_CAPTION))
    if len(image.caption) > LONGEST_CAPTION:
        article.paragraph.words(image.caption)
        article.paragraph.end()


def gallery(article, images: list, words: list[Node]) -> None:
    """Several photos, as many in a gallery as it holds."""
    title = words[0].text if is_title(words) else "En images"
    for start in range(0, len(images), MOST):
        row = [fitted(article, one, LONGEST_SLIDE) for one in images[start : start + MOST]]
        if len(row) == 1:
            article.add("photo", row[0])
        else:
            article.add("gallery", {"title": title, "images": row})
    for one in images:
        if len(one.caption) > LONGEST_SLIDE:
            article.paragraph.words(one.caption)
            article.paragraph.end()


def fitted(article, image, most: int):
    """The image without a legend that does not fit: those words are a paragraph of their own."""
    if len(image.caption) <= most:
        return image
    return type(image)(image.addresses, image.alt, "", image.credit, image.title)
