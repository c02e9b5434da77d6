"""The records of an export, one small tree at a time: `<item>`, `<entry>`, `<post>`, `<page>`."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, field

from webmag.importing.markup import Event, Events, attributes_of
from webmag.importing.originals import ImportRefused

LONGEST_HTML = 4_000_000  # characters of an article; images may lie in it, as text
LONGEST_TEXT = 100_000  # characters of any other element
MOST_ELEMENTS = 5_000  # in one record; an article with a thousand comments has more
MOST_DEPTH = 30
# By their root: what is a record there.
RECORDS = {
    "rss": {"item"},
    "rdf:rdf": {"item"},
    "channel": {"item"},
    "feed": {"entry"},
    "root": {"post", "page"},
}
# Whatever stands in these is theirs, marks too, until their own end.
TEXTS = {"content:encoded", "excerpt:encoded", "title", "description", "summary", "content"}
LONG = {"content:encoded", "content", "description", "summary"}
# Counted and left out: they would be larger than all the rest.
LEFT_OUT = {"wp:comment", "comments"}
# How these are called here, whatever prefix a document gives them.
NAMESPACES = {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://www.w3.org/2005/Atom": "",
    "http://search.yahoo.com/mrss/": "media:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
}
WORDPRESS = "http://wordpress.org/export/"


@dataclass
class Element:
    """An element of a record: its attributes, its text, what is in it."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)
    room: int = LONGEST_TEXT
    is_cut: bool = False
    left_out: int = 0
    left_over: int = MOST_ELEMENTS

    def all(self, name: str) -> list[Element]:
        """Its children of this name."""
        return [child for child in self.children if child.name == name]

    def first(self, *names: str) -> str:
        """The text of the first child that has one of these names and some text; else ""."""
        for name in names:
            for child in self.children:
                if child.name == name and (text := child.text.strip()):
                    return text
        return ""

    @property
    def text(self) -> str:
        """Its own text."""
        return "".join(self.parts)

    def add(self, words: str) -> None:
        """More text, as much as it may hold."""
        kept = words[: self.room]
        self.is_cut = self.is_cut or len(kept) < len(words)
        self.room -= len(kept)
        self.parts.append(kept)


class Records:
    """What a document says of itself (`header`), and its records."""

    def __init__(self, blocks: Iterator[str]):
        self.events = iter(Events(blocks))
        self.prefixes: dict[str, str] = {}
        self.header = Element("header", room=0)
        self.root = self.find_root()
        self.records = RECORDS[self.root]
        self.is_truncated = False

    def find_root(self) -> str:
        """The first element; raises `ImportRefused` for a document that is none of ours."""
        for event in self.events:
            if event.what in ("start", "empty"):
                self.declare(event.attributes)
                name = self.name_of(event.name)
                if name in RECORDS:
                    return name
                if name in ("html", "body", "head", "div", "script"):
                    raise ImportRefused("C’est une page web, pas un export ni un flux.")
                break
        raise ImportRefused("Ce n’est ni un export WordPress ou Overblog, ni un flux RSS ou Atom.")

    def declare(self, source: str) -> None:
        """Note which prefixes stand for what."""
        for name, address in attributes_of(source).items():
            if name == "xmlns" and address in NAMESPACES:
                self.prefixes[""] = NAMESPACES[address]
            elif name.startswith("xmlns:"):
                known = NAMESPACES.get(address)
                if address.startswith(WORDPRESS):
                    known = "excerpt:" if "excerpt" in address else "wp:"
                if known is not None and len(self.prefixes) < MOST_DEPTH:
                    self.prefixes[name[6:].lower()] = known

    def name_of(self, written: str) -> str:
        """An element's name with its usual prefix."""
        prefix, _, local = written.lower().rpartition(":")
        usual = self.prefixes.get(prefix, f"{prefix}:" if prefix else "")
        return f"{usual}{local}"

    def __iter__(self) -> Iterator[Element]:
        """Each record, once it is complete; the one that the document breaks off in is flagged."""
        record, stack = None, []
        for event in self.events:
            name = self.name_of(event.name) if event.name else ""
            if event.what in ("start", "empty") and name in self.records and not self.within(stack):
                if record:
                    yield record
                record = Element(name, attributes_of(event.attributes))
                stack = [record]
            elif record is None:
                self.note(event, name)
            elif event.what == "end" and name == record.name:
                yield record
                record, stack = None, []
            else:
                self.grow(record, stack, event, name)
        if record:
            record.is_cut = self.is_truncated = True
            yield record

    def within(self, stack) -> bool:
        """Whether a text is open that may hold any marks."""
        return bool(stack) and stack[-1].name in TEXTS

    def grow(self, record: Element, stack: list, event: Event, name: str) -> None:
        """Add an event to a record."""
        top = stack[-1]
        if top.name in LEFT_OUT:
            self.leave_out(record, stack, event, name)
        elif self.within(stack):
            if event.what == "end" and name == top.name:
                stack.pop()
            else:
                top.add(words_of(event, top))
        elif event.what in ("text", "plain"):
            if top is not record:
                top.add(words_of(event, top))
        elif event.what == "end":
            names = [one.name for one in stack]
            if name in names[1:]:
                del stack[len(names) - 1 - names[::-1].index(name) :]
        elif record.left_over and len(stack) < MOST_DEPTH:
            record.left_over -= 1
            child = Element(name, attributes_of(event.attributes))
            child.room = LONGEST_HTML if name in LONG else LONGEST_TEXT
            if name in LEFT_OUT:
                record.left_out += name == "wp:comment"
                child.room = 0
            else:
                top.children.append(child)
            if event.what == "start":
                stack.append(child)

    def leave_out(self, record, stack, event, name) -> None:
        """Go past comments; Overblog has all of an article's in one element."""
        if event.what == "end" and name == stack[-1].name:
            stack.pop()
        elif event.what == "start" and name == "comment":
            record.left_out += 1

    def note(self, event: Event, name: str) -> None:
        """What stands before or between records: names, addresses, the program that wrote it."""
        children = self.header.children
        if event.what in ("start", "empty") and len(children) < MOST_ELEMENTS:
            self.declare(event.attributes)
            children.append(Element(name, attributes_of(event.attributes), room=2_000))
        elif event.what in ("text", "plain") and children:
            children[-1].add(words_of(event, children[-1]))


def words_of(event: Event, element: Element) -> str:
    """The text of an event within an element: references are read, but not where it is HTML."""
    if event.what == "text" and element.attributes.get("type") != "xhtml":
        return html.unescape(event.text)
    return event.text
