"""The parts of an XLSX workbook (ECMA-376): a zip of XML files, read with suspicion.

Read as a stream of events, so that no part is ever in memory as a whole. The zip module never
unpacks more of a part than its directory says, so that what is said there is a limit also
where it lies.
"""

import mmap
import posixpath
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from defusedxml.expatreader import create_parser

from directory.importing.refusal import ImportRefused

MAX_UNPACKED = 250 * 1024 * 1024
MAX_PARTS = 5_000
MAX_DEPTH = 64
# More bytes than this without a tag are no cell of ours.
MAX_BETWEEN_TAGS = 1024 * 1024
BLOCK = 64 * 1024

ENTRY = b"PK\x01\x02"
ENCRYPTED = 1
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")

# What broken and hostile files make of the zip and XML modules.
BROKEN = (
    BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    SAXException,
    ValueError,
    LookupError,
    ArithmeticError,
    struct.error,
)

# A part by which other zip files are known, and what to tell people.
OTHERS = {
    "xl/workbook.bin": "un classeur binaire (.xlsb) : enregistrez-le en .xlsx",
    "mimetype": "un classeur LibreOffice (.ods) ou un livre : enregistrez-le en .xlsx",
    "word/document.xml": "un document Word",
    "ppt/presentation.xml": "une présentation",
}


@contextmanager
def open_package(path: Path) -> Iterator[ZipFile]:
    """The zip file, its directory checked; whatever breaks while it is open is a refusal."""
    try:
        with path.open("rb") as file:
            _count_parts(file)
            with ZipFile(file) as package:
                _check(package)
                yield package
    except BROKEN as error:
        raise ImportRefused(
            "Le classeur est illisible, tronqué ou endommagé : ouvrez-le dans un tableur et "
            "enregistrez-le de nouveau en .xlsx."
        ) from error


def _count_parts(file) -> None:
    """Look at the number of entries before they are all put into memory."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        at, count = content.find(ENTRY), 0
        while at >= 0:
            count += 1
            if count > MAX_PARTS:
                raise ImportRefused(f"Le classeur a plus de {MAX_PARTS} pièces.")
            at = content.find(ENTRY, at + 4)


def _check(package: ZipFile) -> None:
    parts = package.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED:
        raise ImportRefused(
            f"Décompressé, le classeur fait {unpacked // 1024 // 1024} Mo ; "
            f"au plus {MAX_UNPACKED // 1024 // 1024} Mo."
        )
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise ImportRefused("Le classeur est protégé par un mot de passe : enregistrez-le sans.")
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise ImportRefused("Le classeur est compressé d’une façon inhabituelle.")
    names = package.namelist()
    if "_rels/.rels" not in names or "xl/workbook.bin" in names:
        what = next((said for name, said in OTHERS.items() if name in names), "une archive zip")
        raise ImportRefused(f"Ce n’est pas un classeur .xlsx, mais {what}.")


class Part(ContentHandler):
    """What reads one part. Subclasses take `begin(name, attributes)` and `finish(name)`.

    Names come without their prefix. `catch()` begins to collect text, `caught()` ends it.
    """

    def __init__(self):
        super().__init__()
        self.depth = self.tags = 0
        self._pieces: list[str] | None = None

    def begin(self, name: str, attributes) -> None:
        """An element begins."""

    def finish(self, name: str) -> None:
        """An element ends."""

    def catch(self) -> None:
        """Collect the text from here on."""
        self._pieces = []

    def caught(self) -> str:
        """The text collected since `catch`."""
        pieces, self._pieces = self._pieces or (), None
        return "".join(pieces)

    def startElement(self, name, attrs):
        """Called by the parser."""
        self.tags += 1
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ImportRefused("Le classeur a des éléments trop profonds.")
        self.begin(name.rpartition(":")[2], attrs)

    def endElement(self, name):
        """Called by the parser."""
        self.tags += 1
        self.depth -= 1
        self.finish(name.rpartition(":")[2])

    def characters(self, content):
        """Called by the parser."""
        if self._pieces is not None:
            self._pieces.append(content)


def read_part(package: ZipFile, name: str, part: Part) -> Iterator[None]:
    """Feed a part of the package to its reader; stops after each block, to take what is there.

    Document types, and with them all entities, are refused.
    """
    parser = create_parser(forbid_dtd=True)
    parser.setContentHandler(part)
    silent = 0
    with package.open(name) as source:
        while block := source.read(BLOCK):
            tags = part.tags
            parser.feed(block)
            silent = 0 if part.tags > tags else silent + len(block)
            if silent > MAX_BETWEEN_TAGS:
                raise ImportRefused("Le classeur a un texte démesuré.")
            yield
    parser.close()
    yield


def read_whole_part(package: ZipFile, name: str, part: Part) -> Part:
    """Read a part to its end and return its reader."""
    for _ in read_part(package, name, part):
        pass
    return part


class _Relations(Part):
    """Which parts a part points to: {id: (kind, name)}."""

    def __init__(self, folder: str):
        super().__init__()
        self.folder = folder
        self.targets: dict[str, tuple[str, str]] = {}

    def begin(self, name, attributes):
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.join("/", self.folder, attributes["Target"])
            kind = attributes["Type"].rpartition("/")[2]
            self.targets[attributes["Id"]] = kind, posixpath.normpath(target).lstrip("/")


def relations(package: ZipFile, name: str) -> dict[str, tuple[str, str]]:
    """{id: (kind, part)} of what a part points to; the package's own for the name ""."""
    folder, base = posixpath.split(name)
    listed = posixpath.join(folder, "_rels", f"{base}.rels")
    if listed not in package.namelist():
        return {}
    return read_whole_part(package, listed, _Relations(folder)).targets


def plain_text(text: str) -> str:
    """The text of a cell with its `_x000D_` escapes (ST_Xstring) undone."""
    if "_x" not in text:
        return text
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
