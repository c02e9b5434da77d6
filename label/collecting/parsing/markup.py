"""Whatever calls itself XML, made into XML that every reader takes, in time that grows with it.

Feeds are broken in every way: cut off, badly nested, with signs that XML does not have. What
feedparser does about it takes a hostile feed of 2 MB many seconds, or for ever
(docs/decisions/0036), so that it only ever gets what comes out here: well-formed, without document
type and entities, of bounded depth, number and length.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from itertools import islice
from xml.sax.saxutils import escape, quoteattr, unescape

from label.collecting.parsing.text import writable

MOST_ENTRIES = 200
MOST_ELEMENTS = 20_000
MOST_TOKENS = 100_000
MOST_DEPTH = 60
MOST_ATTRIBUTES = 30
LONGEST_VALUE = 2_000  # characters of an attribute, or of an element that is a word or two
LONGEST_TEXT = 200_000  # characters, of an element that holds the text of a publication
LONGEST_NAME = 150  # characters, of somebody's name: feedparser looks for mail addresses in it
LONG = {"content", "encoded", "description", "summary", "body", "div"}
NAMES = {"author", "creator", "contributor", "publisher", "managingeditor", "webmaster", "owner"}
NAMES |= {"name", "email"}
ENTRIES = {"item", "entry"}
DESCRIBED = ("media:content", "media:description")
MARK = re.compile(r"<[^>]*+>")
# Each alternative takes all that it looked at, to the end of the text if need be: linear.
TOKEN = re.compile(
    r"""
      <!--.*?(?:-->|\Z)
    | <!\[CDATA\[(?P<cdata>.*?)(?:\]\]>|\Z)
    | <\?.*?(?:\?>|\Z)
    | <![^<>\[]*+(?:\[.*?(?:\]\s*+>|\Z)|>|(?=<)|\Z)
    | </(?P<end>[\w.:-]++)[^<>]*+>?
    | <(?P<start>[A-Za-z_][\w.:-]*+)(?P<attributes>(?:[^<>"']|"[^"<]*+"|'[^'<]*+'|["'])*+)>?
    | (?P<text>[^<]++|<+(?=<)|<)
    """,
    re.VERBOSE | re.DOTALL,
)
ATTRIBUTE = re.compile(r"""([A-Za-z_][\w.:-]*+)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>/]++))""")
REFERENCE = re.compile(r"&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
# Prefixes that feeds use without saying what they stand for.
USUAL = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "yt": "http://www.youtube.com/xml/schemas/2015",
}
RESERVED = ("http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/")


def tidied(source: str) -> str:
    """The same document, well-formed; "" where there is no element at all."""
    return Document().read(source)


class Document:
    """What was written so far, and which elements stand open."""

    def __init__(self):
        self.out = []
        # Name, prefixes it declares, characters of text that it may still hold, where it begins.
        self.open = []
        self.names = Counter()
        self.prefixes = Counter(["xml"])
        self.elements = self.entries = 0
        self.is_over = False

    def read(self, source: str) -> str:
        """Go through the whole of it once."""
        for token in islice(TOKEN.finditer(source), MOST_TOKENS):
            if token["start"]:
                self.start(token["start"], token["attributes"])
            elif token["end"]:
                self.end(token["end"])
            elif self.open and (token["text"] or token["cdata"]):
                self.text(token["cdata"] or plain(token["text"]))
            if self.is_over:
                break
        while self.open:
            self.close()
        return "".join(self.out)

    def start(self, name, attributes):
        """An element begins; beyond all measure nothing more is read."""
        local = name.rpartition(":")[2]
        self.elements += 1
        self.entries += local.lower() in ENTRIES
        if self.elements > MOST_ELEMENTS or self.entries > MOST_ENTRIES:
            self.is_over = True
        fits = NAME.fullmatch(local) and len(name) <= 100
        if self.is_over or not fits or len(self.open) >= MOST_DEPTH or (self.out and not self.open):
            return
        pairs = attributes_of(attributes)
        declared = [name[6:] for name in pairs if name.startswith("xmlns:")]
        self.prefixes.update(declared)
        prefix = name.rpartition(":")[0]
        if prefix and (not NAME.fullmatch(prefix) or prefix.lower() == "xmlns"):
            name, prefix = local, ""
        if prefix and not self.prefixes[prefix]:
            pairs[f"xmlns:{prefix}"] = USUAL.get(prefix.lower(), f"urn:prefix:{prefix}")
            declared.append(prefix)
            self.prefixes[prefix] += 1
        written = "".join(f" {key}={quoteattr(value)}" for key, value in pairs.items())
        self.out.append(f"<{name}{written}>")
        self.open.append([name, declared, room_in(local.lower()), len(self.out) - 1])
        self.names[name] += 1
        if attributes.endswith("/"):
            self.close()

    def end(self, name):
        """Close the element of this name, and those within that nobody closed."""
        if not self.names[name]:
            return
        while self.open[-1][0] != name:
            self.close()
        self.close()

    def close(self):
        """Close the innermost element."""
        name, declared, _, start = self.open.pop()
        self.names[name] -= 1
        self.prefixes.subtract(declared)
        if self.open and (self.open[-1][0].lower(), name.lower()) == DESCRIBED:
            self.describe(self.open[-1][3], start)
        else:
            self.out.append(f"</{name}>")

    def describe(self, medium, start):
        """What an image shows is an attribute of it: feedparser takes it for the entry's text."""
        said = unescape(MARK.sub("", "".join(self.out[start:])))[:LONGEST_VALUE]
        del self.out[start:]
        if " alt=" not in self.out[medium]:
            self.out[medium] = f"{self.out[medium][:-1]} alt={quoteattr(said)}>"

    def text(self, words):
        """Write words into the innermost element, as many as it may hold."""
        kept = words[: self.open[-1][2]]
        self.open[-1][2] -= len(kept)
        self.out.append(escape(kept))


def room_in(name: str) -> int:
    """How many characters of text an element of this name may hold."""
    if name in NAMES:
        return LONGEST_NAME
    return LONGEST_TEXT if name in LONG else LONGEST_VALUE


def attributes_of(source: str) -> dict[str, str]:
    """Attributes by name, each local name once, without what no reader accepts."""
    pairs, seen = {}, set()
    for match in ATTRIBUTE.finditer(source):
        name, value = match[1], plain(match[2] or match[3] or match[4] or "")[:LONGEST_VALUE]
        prefix, _, local = name.rpartition(":")
        if not NAME.fullmatch(local) or len(name) > 100 or len(pairs) >= MOST_ATTRIBUTES:
            continue
        if name == "xmlns" or prefix == "xmlns":
            # feedparser takes a blank for the end of an address.
            value = "".join(value.split())
            is_legal = value and not value.startswith(RESERVED) and local.lower() not in ("xml",)
            if is_legal and local[:3].lower() != "xml" or name == "xmlns" and is_legal:
                pairs.setdefault(name, value)
        elif local.lower() not in seen and local[:5].lower() != "xmlns":
            seen.add(local.lower())
            pairs[f"xml:{local}" if prefix == "xml" else local] = value
    return pairs


def plain(source: str) -> str:
    """Text with its character references read, once; what is none stays as it is."""
    if "&" not in source:
        return source
    return writable(REFERENCE.sub(lambda match: html.unescape(match[0]), source))
