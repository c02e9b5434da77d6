"""The HTML of an old article, made into the blocks that articles have here.

What we have no block for becomes the nearest one; no word is lost on the way. Pure: images are
named, not fetched.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from django.utils.html import escape

from webmag import players
from webmag.blocks import MOST_BLOCKS
from webmag.importing import figures, old_players, shortcodes, tables, verses
from webmag.importing.addresses import host_of, web_address
from webmag.importing.images_in import (
    PICTURE,
    image_of,
    is_counter,
    is_sign,
    of_library,
    same,
)
from webmag.importing.inline import MARKS, inline, link_of, listed
from webmag.importing.originals import TOO_LONG, Original
from webmag.importing.packing import packed
from webmag.importing.paragraphs import LONGEST, Paragraph
from webmag.importing.pieces import Image, Mapped, Piece, plain, shortened
from webmag.importing.trees import INLINE, Node, tree

MOST_IMAGES = 300
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LONGEST_HEADING, LONGEST_QUOTE, LONGEST_NAME = 120, 1000, 120
LONGEST_TITLE, LONGEST_STANDFIRST = 200, 400
LONGEST_ADDRESS = 520
LONE_ADDRESS = re.compile(r"https?://\S{4,500}")
FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|zip|mp[34]|m4[av]|og[gv]|wav|webm|mov|avi|epub|gpx|kml|"
    r"ics)$",
    re.IGNORECASE,
)
# What holds more than words: then a quotation is not one sentence of somebody's.
MORE_THAN_WORDS = ("img", "table", "ul", "ol", "pre", "iframe", "video", "audio", "a", *HEADINGS)


def mapped(original: Original) -> Mapped:
    """The article as we would have it; never raises on what somebody wrote."""
    article = Article(original)
    return article.read()


class Article:
    """One article on its way: what was read so far, and what is to be told."""

    def __init__(self, original: Original):
        self.original = original
        self.base = web_address(original.address)
        self.pieces: list[Piece] = []
        self.notes = list(original.notes)
        self.files: list[str] = []
        self.images_left = MOST_IMAGES
        self.top = "h2"
        self.paragraph = Paragraph(self.add_paragraph, original.breaks)

    def read(self) -> Mapped:
        """Read its text, its title and its image."""
        source = shortcodes.expanded(self.original.html, self.original.media)
        self.notes += shortcodes.notes_on(source, self.original.html)
        root, is_bare = tree(source)
        if is_bare:
            self.notes.append("mise en forme trop embrouillée : seuls les mots sont repris")
            self.paragraph.breaks = True
        levels = {node.tag for node in root.all(*HEADINGS)}
        self.top = "h2" if levels & {"h1", "h2"} else min(levels, default="h2")
        self.walk(root)
        self.paragraph.end()
        lead = self.lead()
        self.tell_of_links(root)
        excerpt = tree(self.original.excerpt)[0].text
        pieces = packed(self.pieces)
        if len(pieces) >= MOST_BLOCKS:
            self.notes.append(TOO_LONG)
        return Mapped(
            title=self.title(),
            standfirst=shortened(excerpt, LONGEST_STANDFIRST),
            pieces=pieces,
            lead=lead,
            notes=list(dict.fromkeys(self.notes)),
        )

    def tell_of_links(self, root: Node) -> None:
        """Files that stay where they are, and images that led elsewhere: ours do not."""
        around = [link_of(one, self.base) for one in root.all("a") if one.all("img")]
        elsewhere = [
            link
            for link in around
            if not PICTURE.search(link.partition("?")[0])
            and host_of(link) not in ("", host_of(self.base))
        ]
        for words, links in (
            ("fichiers qui restent sur l’ancien blog", self.files),
            ("images qui menaient ailleurs, sans ce lien ici", elsewhere),
        ):
            shown = list(dict.fromkeys(links))
            more = f" (et {len(shown) - 3} autres)" if len(shown) > 3 else ""
            if shown:
                self.notes.append(f"{words} : {', '.join(shown[:3])}{more}")

    def title(self) -> str:
        """Plain words: its title, else how it begins."""
        words = tree(self.original.title)[0].text
        if not words:
            begins = next((one.value for one in self.pieces if one.kind == "paragraph"), "")
            words = shortened(tree(str(begins))[0].text, 80) or "Sans titre"
        return shortened(words, LONGEST_TITLE)

    def lead(self) -> Image | None:
        """The image on top: the one it had, else the one that its text begins with."""
        named = self.original.lead and of_library(self.original.lead)
        first = self.pieces[0] if self.pieces else None
        if first and first.kind == "photo" and (not named or same(first.value, named)):
            self.pieces.pop(0)
            return first.value
        return named

    def add(self, kind: str, value) -> None:
        """A block; the paragraph before it is over."""
        self.paragraph.end()
        self.pieces.append(Piece(kind, value))

    def add_paragraph(self, html: str, signs: int) -> None:
        """A paragraph; one that is nothing but the address of a video is the video."""
        words = tree(html)[0].text if signs < LONGEST_ADDRESS and "http" in html else ""
        if LONE_ADDRESS.fullmatch(words):
            if self.embed(words):
                return
            if "<a" not in html:
                html = f'<p><a href="{escape(words)}">{escape(words)}</a></p>'
        self.pieces.append(Piece("paragraph", html, signs))

    def add_words(self, html: str, signs: int | None = None) -> None:
        """A finished run of text, if there are words in it."""
        self.paragraph.end()
        if html:
            self.pieces.append(Piece("paragraph", html, len(html) if signs is None else signs))

    def walk(self, node: Node) -> None:
        """Everything within a node."""
        for child in node.children:
            if isinstance(child, str):
                self.paragraph.words(child)
            else:
                self.visit(child)

    def visit(self, node: Node) -> None:
        """One element."""
        special = SPECIAL.get(node.tag)
        if special:
            special(self, node)
        elif node.tag in MARKS:
            self.marked(node, MARKS[node.tag])
        elif node.tag in INLINE:
            self.walk(node)
        elif figures.is_captioned(node) or figures.is_gallery(node):
            figures.read(self, node)
        else:
            self.block(node)

    def block(self, node: Node) -> None:
        """A part that begins and ends a paragraph, and says nothing else."""
        self.paragraph.end()
        self.walk(node)
        self.paragraph.end()

    def marked(self, node: Node, mark: str, attributes: str = "") -> None:
        """Words in bold, in italics, or with a link."""
        is_new = self.paragraph.begin(mark, attributes)
        self.walk(node)
        if is_new:
            self.paragraph.close()

    def line(self, node: Node) -> None:
        """`<br>`"""
        self.paragraph.line()

    def rule(self, node: Node) -> None:
        """`<hr>`: a new paragraph."""
        self.paragraph.end()

    def link(self, node: Node) -> None:
        """A link; one around an image only says where it is larger."""
        link = link_of(node, self.base)
        is_file = bool(FILE.search(urlsplit(link).path))
        if is_file and host_of(link) == host_of(self.base):
            self.files.append(link)
        if " wp-block-file__button " in node.classes:
            # It says again what stands before it.
            return
        if node.all("img"):
            self.linked = link
            self.walk(node)
            self.linked = ""
            if is_file:
                name = unquote(link.rpartition("/")[2].partition("?")[0])
                self.add_link(link, f"Ouvrir le fichier {shortened(name, 80)}")
        elif link:
            self.marked(node, "a", f' href="{escape(link)}"')
        else:
            self.walk(node)

    linked = ""

    def image(self, node: Node) -> None:
        """An image on its own."""
        if is_sign(node):
            self.paragraph.words(node.attributes.get("alt", ""))
        elif found := self.image_of(node):
            self.add("photo", found)

    def image_of(self, node: Node, caption: str = "", link: str = "") -> Image | None:
        """What an `<img>` stands for; what nobody could fetch is told."""
        if is_counter(node) or is_sign(node):
            return None
        link = link or (self.linked if PICTURE.search(self.linked.partition("?")[0]) else "")
        found = image_of(node, self.base, self.original.media, link, caption)
        if not found:
            self.notes.append("image sans adresse : laissée de côté")
        elif self.images_left <= 0:
            self.notes.append(f"plus de {MOST_IMAGES} images : les suivantes ne viennent pas")
            if caption:
                self.paragraph.words(caption)
                self.paragraph.end()
            return None
        self.images_left -= 1
        return found

    def heading(self, node: Node) -> None:
        """A heading: ours are short and have one level, those below are within texts."""
        self.paragraph.end()
        words, has_links = node.text, bool(node.all("a"))
        is_first = node.tag <= self.top
        if words and is_first and len(words) <= LONGEST_HEADING and not has_links:
            self.add("heading", words)
        elif words:
            html = inline(node, self.base, keep=frozenset({"a"}))
            if len(words) > LONGEST:
                self.walk(node)
            else:
                self.add_words(f"<h3>{html}</h3>", len(words))
        self.media_within(node)

    def quotation(self, node: Node) -> None:
        """Somebody's words; a long or mixed one stays in the text."""
        self.paragraph.end()
        named = [one for one in node.walk() if one.tag in ("cite", "footer", "figcaption")][-1:]
        author = named[0].text.lstrip("—–- ").strip() if named else ""
        words = quoted(node, named)
        fits = words and len(words) <= LONGEST_QUOTE and len(author) <= LONGEST_NAME
        if fits and not node.all(*MORE_THAN_WORDS):
            self.add("quote", {"text": words, "author": author})
        else:
            self.block(node)

    def listing(self, node: Node) -> None:
        """A list; one of images is a gallery."""
        if figures.is_gallery(node):
            figures.read(self, node)
            return
        self.paragraph.end()
        if any(one.tag in ("table", "figure", *HEADINGS) for one in node.walk()):
            self.block(node)
            return
        for part in in_parts(node):
            self.add_words(listed(part, self.base), len(part.text))
        self.media_within(node)

    def term(self, node: Node) -> None:
        """`<dt>`: what is explained, in bold."""
        self.paragraph.end()
        self.marked(node, "b")
        self.paragraph.end()

    def table(self, node: Node) -> None:
        """A table, or what was put in order with one."""
        tables.read(self, node)

    def frame(self, node: Node) -> None:
        """A player of another site; a frame that we do not know is a link."""
        said = node.attributes
        source = said.get("src") or said.get("data-src") or said.get("data") or ""
        address = web_address(source, self.base)
        title = plain(said.get("title", ""))
        if " wp-block-file__embed " in node.classes:
            return
        if not address:
            self.walk(node)
        elif not self.embed(address, title):
            self.add_link(address, title or f"À voir sur {host_of(address)}")
            self.notes.append(f"cadre de {host_of(address)} : devenu un lien")
        if node.tag == "object":
            self.walk(node)

    def film(self, node: Node) -> None:
        """`<video>`, `<audio>`: the file stays where it is."""
        sources = [node, *node.all("source")]
        found = [one.attributes.get("src", "") for one in sources]
        address = next((one for url in found if (one := web_address(url, self.base))), "")
        if address and not self.embed(address):
            sound = node.tag == "audio"
            self.add_link(address, "Écouter l’enregistrement" if sound else "Voir la vidéo")
            self.files.append(address)
        self.walk(node)

    def embed(self, address: str, title: str = "", caption: str = "") -> bool:
        """A video that readers play here; False where the site does not show it."""
        player = players.player_of(old_players.page_of(address))
        if not player:
            return False
        before = self.pieces[-1] if self.pieces else None
        if before and before.kind == "embed" and before.value["url"] == player.page:
            return True
        title = shortened(title or self.original_title(), 150)
        value = {"url": player.page, "title": title, "photo": None, "caption": caption}
        self.add("embed", value)
        return True

    def original_title(self) -> str:
        """What a video without title is called."""
        return tree(self.original.title)[0].text or "Vidéo"

    def add_link(self, address: str, words: str) -> None:
        """A paragraph that is a link."""
        self.add_words(f'<p><a href="{escape(address)}">{escape(words)}</a></p>', len(words))

    def media_within(self, node: Node) -> None:
        """Images and players that stood among words that are kept otherwise."""
        for one in node.walk():
            if one.tag == "img" and not is_sign(one):
                self.image(one)
            elif one.tag in ("iframe", "embed"):
                self.frame(one)


def quoted(node: Node, without: list[Node]) -> str:
    """The words of a quotation, a line for each paragraph, without its author."""
    lines = [""]
    waiting = list(reversed(node.children))
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            lines[-1] += one
        elif one not in without:
            if one.tag == "br" or one.tag not in INLINE:
                lines.append("")
                waiting.append(Node("br") if one.tag != "br" else "")
            waiting.extend(reversed(one.children))
    return "\n".join(filter(None, (plain(line) for line in lines)))


def in_parts(node: Node):
    """A list in lists that fit into a text."""
    part, signs = [], 0
    for child in node.children:
        size = len(child) if isinstance(child, str) else len(child.text)
        if part and signs + size > LONGEST:
            yield Node(node.tag, {}, part)
            part, signs = [], 0
        part.append(child)
        signs += size
    yield Node(node.tag, {}, part)


SPECIAL = {
    "br": Article.line,
    "hr": Article.rule,
    "a": Article.link,
    "img": Article.image,
    "figure": figures.read,
    "blockquote": Article.quotation,
    "ul": Article.listing,
    "ol": Article.listing,
    "dt": Article.term,
    "pre": verses.read,
    "table": Article.table,
    "iframe": Article.frame,
    "embed": Article.frame,
    "object": Article.frame,
    "video": Article.film,
    "audio": Article.film,
    **dict.fromkeys(HEADINGS, Article.heading),
}
