"""An export as text, block by block: unpacked, decoded, never whole in memory."""

from __future__ import annotations

import codecs
import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from webmag.importing.originals import ImportRefused

BLOCK = 1 << 16
LARGEST = 1024**3  # bytes, unpacked
MOST_PARTS = 100  # files of one archive
LOOKED_AT = 4096
ZIP, GZIP = b"PK\x03\x04", b"\x1f\x8b"
BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
]
DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})""")
# Of those that blogs were written in; Python knows others, which are no encodings of text.
KNOWN = {
    *("cp1252", "iso8859-15", "mac-roman", "utf-8", "cp1250", "cp1251", "cp1253", "cp1254"),
    *("cp1255", "cp1256", "cp1257", "iso8859-2", "iso8859-5", "iso8859-7", "iso8859-9", "koi8-r"),
    *("koi8-u", "gb18030", "big5", "cp932", "euc_jp", "euc_kr"),
}
# As browsers do: who says Latin-1 writes the signs that only Windows has.
WIDER = {"iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}
FOREIGN = {
    b"%PDF": "un PDF",
    b"{": "du JSON",
    b"[": "du JSON",
    b"\x89PNG": "une image",
    b"\xff\xd8\xff": "une image",
    b"SQLite format 3": "une base de données",
    b"Rar!": "une archive RAR",
    b"7z\xbc\xaf": "une archive 7z",
}
UNWRITABLE = re.compile(
    "[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
TOO_LARGE = f"Ce fichier est trop gros : {LARGEST // 1024**3} Go au plus, une fois décompressé."
DAMAGED = "Cette archive est abîmée, ou protégée par un mot de passe."


def as_windows(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 are from before it: an article pasted from an older blog."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("webmag.as_windows", as_windows)


def texts(path: Path) -> Iterator[Iterator[str]]:
    """The documents of a file, each as blocks of text; an archive may hold several.

    Raises `ImportRefused`, on the way too: what is damaged often begins well.
    """
    try:
        with path.open("rb") as file:
            start = file.read(LOOKED_AT)
    except OSError as error:
        raise ImportRefused(f"Ce fichier ne se laisse pas ouvrir : {error.strerror}.") from error
    if not start.strip():
        raise ImportRefused("Ce fichier est vide.")
    if start.startswith(ZIP):
        yield from of_archive(path)
    elif start.startswith(GZIP):
        yield blocks(lambda: gzip.GzipFile(path, "rb"))
    else:
        refuse_foreign(start)
        yield blocks(lambda: path.open("rb"))


def of_archive(path: Path) -> Iterator[Iterator[str]]:
    """The XML files of an archive, in their order, as large WordPress exports come."""
    try:
        with zipfile.ZipFile(path) as archive:
            named = [one for one in archive.infolist() if one.filename.lower().endswith(".xml")]
            if not named:
                raise ImportRefused("Cette archive ne contient aucun fichier .xml.")
            if len(named) > MOST_PARTS or sum(one.file_size for one in named) > LARGEST:
                raise ImportRefused(TOO_LARGE)
            for one in sorted(named, key=lambda one: one.filename):
                yield blocks(lambda name=one: archive.open(name))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise ImportRefused(DAMAGED) from error


def refuse_foreign(start: bytes) -> None:
    """Say what it is, when it is something else."""
    bare = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, what in FOREIGN.items():
        if bare.startswith(magic):
            raise ImportRefused(
                f"C’est {what}, pas un export de blog : il faut le fichier .xml que donne "
                "l’ancien blog."
            )


def blocks(open_it) -> Iterator[str]:
    """The text of one document; `open_it()` gives its bytes anew each time."""
    encoding = encoding_of(open_it)
    errors = "webmag.as_windows" if encoding.startswith("utf-8") else "replace"
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    for data in measured(open_it):
        yield UNWRITABLE.sub("", decoder.decode(data))
    yield UNWRITABLE.sub("", decoder.decode(b"", final=True))


def measured(open_it) -> Iterator[bytes]:
    """The bytes, as many as we take; raises `ImportRefused` beyond that."""
    taken = 0
    try:
        with open_it() as file:
            while data := read_block(file):
                taken += len(data)
                if taken > LARGEST:
                    raise ImportRefused(TOO_LARGE)
                yield data
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError) as error:
        raise ImportRefused(DAMAGED) from error


def read_block(file: BinaryIO) -> bytes:
    """The next bytes, none at the end."""
    return file.read(BLOCK)


def encoding_of(open_it) -> str:
    """By its mark, then UTF-8 if every byte agrees, then as it says, else UTF-8 with exceptions."""
    data = measured(open_it)
    start = next(data, b"")
    data.close()
    for mark, encoding in BOMS:
        if start.startswith(mark):
            return encoding
    if is_utf8(open_it):
        return "utf-8"
    said = DECLARED.match(start.lstrip())
    try:
        name = codecs.lookup(said[1].decode("ascii", "replace")).name if said else "utf-8"
    except LookupError:
        name = "utf-8"
    name = WIDER.get(name, name)
    return name if name in KNOWN else "utf-8"


def is_utf8(open_it) -> bool:
    """Whether every byte agrees."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for data in measured(open_it):
            decoder.decode(data)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
