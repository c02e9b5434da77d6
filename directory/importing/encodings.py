"""Which encoding a text file is in, found by reading it once in blocks."""

import codecs
from pathlib import Path

from directory.exporting.columns import COLUMNS
from directory.importing.refusal import ImportRefused

OURS = tuple(sign.join(COLUMNS[:4]) for sign in ",;")
BLOCK = 1 << 20

# First bytes of what people take for a CSV file, and what to tell them.
FOREIGN = {
    b"PK\x03\x04": "un classeur ou une archive",
    b"\xd0\xcf\x11\xe0": "un ancien classeur Excel (.xls), ou un classeur protégé par un mot de "
    "passe : enregistrez-le en .xlsx, sans mot de passe",
    b"%PDF": "un PDF",
    b"\x1f\x8b": "un fichier compressé : décompressez-le",
    b"\x89PNG": "une image",
    b"\xff\xd8\xff": "une image",
    b"SQLite format 3": "une base de données",
}


def detect_encoding(path: Path) -> str:
    """Return the Python name of the file's encoding; raises `ImportRefused` for what is no text.

    A byte order mark decides; then UTF-8 if every byte agrees; else Windows-1252, or Latin-1
    where bytes occur that Windows-1252 does not have.
    """
    with path.open("rb") as file:
        start = file.read(BLOCK)
    if not start.strip():
        raise ImportRefused("Le fichier est vide.")
    for magic, what in FOREIGN.items():
        if start.startswith(magic):
            raise ImportRefused(f"Ce n’est pas du texte, mais {what}.")
    encoding = _utf16(start, path.stat().st_size) or _eight_bits(path)
    _refuse_binary(start, encoding)
    return encoding


def _utf16(start: bytes, size: int) -> str:
    """UTF-16 with its mark, or without one when every other byte is mostly zero."""
    zeros = (start[0::2].count(0), start[1::2].count(0))
    half = max(1, len(start) // 2)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        found = "utf-16"
    elif zeros[1] > 0.4 * half and zeros[0] < 0.1 * half:
        found = "utf-16-le"
    elif zeros[0] > 0.4 * half and zeros[1] < 0.1 * half:
        found = "utf-16-be"
    else:
        return ""
    if size % 2:
        raise ImportRefused("Le fichier est tronqué : il s’arrête au milieu d’un signe.")
    return found


def _eight_bits(path: Path) -> str:
    """UTF-8 (with or without mark), Windows-1252 or Latin-1."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    accents = False
    with path.open("rb") as file:
        try:
            while block := file.read(BLOCK):
                accents |= not decoder.decode(block).isascii()
        except UnicodeDecodeError:
            return _windows_or_latin(path)
    if decoder.getstate()[0]:
        # Cut inside the last sign; a lone accent at the very end speaks for Windows instead.
        if accents:
            raise ImportRefused("Le fichier est tronqué : il s’arrête au milieu d’un signe.")
        return _windows_or_latin(path)
    return "utf-8-sig"


def _windows_or_latin(path: Path) -> str:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            if block.translate(None, b"\x81\x8d\x8f\x90\x9d") != block:
                return "latin-1"
    return "cp1252"


def _refuse_binary(start: bytes, encoding: str) -> None:
    """Text has next to no control signs; what has many is something else."""
    text = start[: BLOCK // 4 * 4].decode(encoding, "ignore")
    # Our own export holds whatever was typed, and gives it back.
    if text.startswith(OURS):
        return
    control = sum(1 for sign in text[:65536] if sign < " " and sign not in "\t\r\n\f\v")
    if control > 0.02 * len(text[:65536]):
        raise ImportRefused("Ce n’est pas un fichier de texte lisible.")
