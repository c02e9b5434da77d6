"""Bytes of a stranger into text that can be kept: whatever they are said to be."""

from __future__ import annotations

import codecs
import re

BOMS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
# Without a mark of order, « <? » shows how wide a letter is.
WIDTHS = [
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
]
DECLARED = re.compile(rb"""\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})""")
CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
# Those that the web uses. Python knows others, which are no encodings of text or cost far more.
KNOWN = {
    *("ascii", "utf-8", "utf-16", "cp1250", "cp1251", "cp1252", "cp1253", "koi8-r", "mac-roman"),
    *("iso8859-1", "iso8859-2", "iso8859-15", "big5", "gb18030", "gb2312", "gbk"),
    *("euc_jp", "shift_jis", "euc_kr"),
}
# Who says one of these sends Windows-1252 (https://encoding.spec.whatwg.org/#names-and-labels).
WINDOWS = {"ascii", "iso8859-1"}
# Windows' signs that somebody took for those of ISO-8859-1 and turned into UTF-8.
MISTAKEN = [
    (chr(sign), bytes([sign]).decode("cp1252", "ignore"))
    for sign in range(0x80, 0xA0)
    if sign != 0x85
]
UNWRITABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def decoded(body: bytes, content_type: str = "") -> str:
    """The text of a body: by its mark, by what it says of itself, else as UTF-8 or Windows-1252."""
    for marks in (BOMS, WIDTHS):
        for mark, encoding in marks:
            if body.startswith(mark):
                return writable(body.decode(encoding, "replace"))
    said = DECLARED.match(body)
    charset = CHARSET.search(content_type)
    for name in ("utf-8", said and said[1].decode("ascii", "replace"), charset and charset[1]):
        try:
            found = codecs.lookup(name).name if name else ""
            if found in KNOWN:
                text = body.decode("cp1252" if found in WINDOWS else found)
                return writable(meant(text))
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    # Some bytes of UTF-8 are broken, or it was Windows all along.
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    is_mostly_right = broken * 4 < sum(byte > 127 for byte in body)
    return writable(text if is_mostly_right else body.decode("cp1252", "replace"))


def meant(text: str) -> str:
    """A text with Windows' signs where it has those that nobody means."""
    # Each in one go: a table for all would look at every letter.
    for sign, seen in MISTAKEN:
        text = text.replace(sign, seen)
    return text


def writable(text: str) -> str:
    """A text without what neither XML nor a database holds: control signs, halves of signs."""
    return UNWRITABLE.sub("", text)
