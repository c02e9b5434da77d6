"""Lists of feeds in OPML, as feed readers exchange them (http://opml.org/spec2.opml)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from label.collecting.canonical import web_address
from label.collecting.parsing.text import writable
from label.collecting.words import one_line

LARGEST = 2 * 1024 * 1024  # bytes
MOST = 2_000


@dataclass(frozen=True)
class Outline:
    """One line of a list: a name, and the address to follow."""

    title: str
    address: str


def read(content: bytes) -> list[Outline]:
    """The feeds of a list, each once, at most 2,000; raises `ValueError` with a plain sentence."""
    if len(content) > LARGEST:
        raise ValueError("Ce fichier dépasse 2 Mo.")
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise ValueError("Ce fichier n’est pas une liste OPML.") from error
    if root.tag.lower() != "opml":
        raise ValueError("Ce fichier n’est pas une liste OPML.")
    found = {}
    for outline in root.iter("outline"):
        address = web_address(outline.get("xmlUrl") or outline.get("xmlurl") or "")
        title = one_line(outline.get("title") or outline.get("text") or "")[:200]
        if address and len(found) < MOST:
            found.setdefault(address, Outline(title, address))
    return list(found.values())


def write(sources: Iterable) -> bytes:
    """A list of these sources, for any feed reader."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = "Sources suivies"
    body = SubElement(root, "body")
    for source in sources:
        title = writable(str(source))
        named = {"text": title, "title": title, "type": "rss", "xmlUrl": source.url}
        SubElement(body, "outline", named | {"htmlUrl": source.address})
    indent(root)
    return tostring(root, encoding="utf-8", xml_declaration=True)
