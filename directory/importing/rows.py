"""Opening a file and reading its rows one after the other, whatever its format."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from directory.importing.refusal import ImportRefused

MAX_BYTES = 50 * 1024 * 1024
MAX_ROWS = 200_000
MAX_CELL = 20_000
MAX_COLUMNS = 300


@dataclass(slots=True)
class Row:
    """One row: cells by column name. `problem` says why it cannot be used."""

    number: int
    cells: dict[str, str]
    problem: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class RowFile:
    """A file whose structure has been checked from end to end.

    `total` counts its rows; `read()` starts again from the first. Numbers are those a
    spreadsheet shows (the header is row 1), or the features' own from 1 (`unit` says which).
    `remarks` are what the operator should know about the file as a whole. A file that knows
    which of its columns is which says so in `columns`, and where it comes from in `source` and
    `licence`; one that is not `complete` says nothing about what it leaves out.
    """

    header: list[str]
    total: int
    unit: str
    read: Callable[[], Iterator[Row]]
    remarks: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    source: str = ""
    licence: str = ""
    complete: bool = True


def check_size(path: Path) -> None:
    """Refuse what is no file, is empty or is too big."""
    if not path.is_file():
        raise ImportRefused(f"Fichier introuvable : {path}")
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise ImportRefused(
            f"Le fichier fait {size // 1024 // 1024} Mo ; au plus {MAX_BYTES // 1024 // 1024} Mo."
        )
    if not size:
        raise ImportRefused("Le fichier est vide.")


def clean_cell(text: str) -> str:
    """Take out what no database keeps: NUL and halves of surrogate pairs."""
    if text.isascii():
        return text.replace("\x00", "")
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def check_limits(row: Row, unit: str, count: int) -> None:
    """Refuse the file at its first row too many or cell too long."""
    if count > MAX_ROWS:
        raise ImportRefused(f"Plus de {MAX_ROWS} lignes : coupez le fichier en plusieurs.")
    for column, cell in row.cells.items():
        if len(cell) > MAX_CELL:
            raise ImportRefused(
                f"{unit} {row.number}, colonne « {column[:60]} » : {len(cell)} signes, au plus "
                f"{MAX_CELL}. Un guillemet n’est peut-être pas fermé."
            )
