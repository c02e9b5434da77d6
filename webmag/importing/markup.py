"""XML as events, in one pass and little memory, however broken it is.

Exports are broken in every way: control signs, a bare `&`, prefixes that nobody declared, `]]>`
within a text, an end that never came. A parser that keeps the rules stops at the first of these
and the other 499 articles are lost. This one goes on. It knows no entities but those of HTML, and
no document types, so that there is nothing to blow up.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST_TAG = 1 << 16  # characters; what is longer is taken for text
TAG = re.compile(
    r"""<(/?)([A-Za-z_][\w:.-]*+)((?:[^<>"']|"[^"]*+"|'[^']*+'|["'](?=\s*>))*+)>""", re.DOTALL
)
ATTRIBUTE = re.compile(r"""([A-Za-z_][\w:.-]*+)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
DEFINES = re.compile(r"[\[>]")
MOST_ATTRIBUTES = 50
LONGEST_REFERENCE = 40
LONGEST_MARK = len("<![CDATA[")


class Event(NamedTuple):
    """`what` is start, end, empty (both at once), text (with references) or plain (without)."""

    what: str
    name: str = ""
    attributes: str = ""
    text: str = ""


def attributes_of(source: str) -> dict[str, str]:
    """The attributes of a tag, by name."""
    pairs = {}
    for match in ATTRIBUTE.finditer(source):
        if len(pairs) >= MOST_ATTRIBUTES:
            break
        pairs.setdefault(match[1], html.unescape(match[2] if match[2] is not None else match[3]))
    return pairs


class Events:
    """The events of a document that comes in blocks."""

    def __init__(self, blocks: Iterator[str]):
        self.blocks = iter(blocks)
        self.text, self.at = "", 0

    def more(self) -> bool:
        """Add the next block to what is not read yet; False at the end."""
        for block in self.blocks:
            if block:
                self.text, self.at = self.text[self.at :] + block, 0
                return True
        return False

    def __iter__(self) -> Iterator[Event]:
        while True:
            opening = self.text.find("<", self.at)
            end = self.whole() if opening < 0 else opening
            if end > self.at:
                words, self.at = self.text[self.at : end], end
                yield Event("text", text=words)
            if opening < 0:
                if self.more():
                    continue
                if self.at < len(self.text):
                    yield Event("text", text=self.text[self.at :])
                return
            if len(self.text) - self.at < LONGEST_MARK and self.more():
                continue
            yield from self.marked()

    def whole(self) -> int:
        """Up to where the text is complete: a reference may go on in the next block."""
        begun = self.text.rfind("&", max(self.at, len(self.text) - LONGEST_REFERENCE))
        return len(self.text) if begun < 0 or ";" in self.text[begun:] else begun

    def marked(self) -> Iterator[Event]:
        """What begins with `<`, right here."""
        here = self.text[self.at : self.at + LONGEST_MARK]
        if here.startswith("<!--"):
            self.skip(4, "-->")
        elif here == "<![CDATA[":
            self.at += LONGEST_MARK
            yield from self.until("]]>")
        elif here.startswith("<?"):
            self.skip(2, "?>")
        elif here.startswith("<!"):
            self.document_type()
        else:
            yield self.tag()

    def tag(self) -> Event:
        """A tag; a lone `<` is text."""
        while True:
            match = TAG.match(self.text, self.at)
            if match or len(self.text) - self.at > LONGEST_TAG or not self.more():
                break
        if not match or len(match[0]) > LONGEST_TAG:
            self.at += 1
            return Event("plain", text="<")
        self.at = match.end()
        what = "end" if match[1] else "empty" if match[3].endswith("/") else "start"
        return Event(what, match[2], match[3], match[0])

    def skip(self, signs: int, mark: str) -> None:
        """Go past a comment or an instruction."""
        self.at += signs
        for _ in self.until(mark):
            pass

    def until(self, mark: str) -> Iterator[Event]:
        """What stands before a mark, in pieces; the mark itself is gone past."""
        held = len(mark) - 1
        while True:
            end = self.text.find(mark, self.at)
            if end >= 0:
                words, self.at = self.text[self.at : end], end + len(mark)
                yield Event("plain", text=words)
                return
            # The mark may have begun at the very end.
            upto = max(self.at, len(self.text) - held)
            if upto > self.at:
                words, self.at = self.text[self.at : upto], upto
                yield Event("plain", text=words)
            if not self.more():
                yield Event("plain", text=self.text[self.at :])
                self.at = len(self.text)
                return

    def document_type(self) -> None:
        """Go past `<!DOCTYPE …>`, and what it would like to define."""
        found = DEFINES.search(self.text, self.at)
        while not found:
            self.at = len(self.text)
            if not self.more():
                return
            found = DEFINES.search(self.text, self.at)
        self.at = found.end()
        if found[0] == "[":
            self.skip(0, "]")
            self.skip(0, ">")
