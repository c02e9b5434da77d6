"""The cells of one sheet as text, row by row, whatever type a spreadsheet gave them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from math import isfinite
from zipfile import ZipFile

from openpyxl.utils.datetime import from_excel, from_ISO8601

from directory.importing.refusal import ImportRefused
from directory.importing.rows import MAX_COLUMNS
from directory.importing.xlsx_package import plain_text, read_part
from directory.importing.xlsx_workbook import TextPart, Workbook

MAX_SHEET_ROWS = 1_048_576  # the most that any spreadsheet has
MAX_CELLS = 10_000_000
MAX_MERGED = 20_000
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
ZEROS = re.compile("0{2,20}")


@dataclass(slots=True)
class Cell:
    """A cell that is not empty, with what the file says about it."""

    kind: str
    style: int
    text: str


@dataclass(slots=True)
class RawRow:
    """The cells of a row by column, from 0."""

    number: int
    cells: dict[int, Cell]


@dataclass
class Sheet:
    """What reading a sheet to its end has found besides its rows.

    `merged` has the cells merged downwards: first row, last row, column. `uncalculated` counts
    formulas of which the workbook does not know the result.
    """

    merged: list[tuple[int, int, int]] = field(default_factory=list)
    uncalculated: int = 0


class _Rows(TextPart):
    """Collects rows; `rows` is emptied by whoever reads."""

    def __init__(self, sheet: Sheet):
        super().__init__()
        self.sheet = sheet
        self.rows: list[RawRow] = []
        self.number = self.column = self.count = self.seen = 0
        self.cells: dict[int, Cell] = {}
        self.in_cell = self.formula = False
        self.kind, self.style = "n", 0

    def begin(self, name, attributes):
        if name == "c":
            self._begin_cell(attributes)
        elif name == "v" and self.in_cell:
            self.catch()
        elif name == "f" and self.in_cell:
            self.formula = True
        elif name == "row":
            self._begin_row(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif self.in_cell:
            super().begin(name, attributes)

    def finish(self, name):
        if name == "c":
            self._finish_cell()
        elif name == "v" and self.in_cell:
            text = self.caught()
            self.runs.append(text)
        elif name == "row":
            if self.cells:
                self.rows.append(RawRow(self.number, self.cells))
                self.cells = {}
        elif self.in_cell:
            super().finish(name)

    def _begin_row(self, attributes) -> None:
        self.seen += 1
        if self.seen > MAX_SHEET_ROWS:
            raise ImportRefused(f"La feuille a plus de {MAX_SHEET_ROWS} lignes.")
        number = attributes.get("r", "")
        self.number = int(number[:9]) if number.isdecimal() else self.number + 1
        self.column = -1

    def _begin_cell(self, attributes) -> None:
        self.in_cell, self.formula = True, False
        self.kind = attributes.get("t", "n")
        style = attributes.get("s", "")
        self.style = int(style[:6]) if style.isdecimal() else 0
        reference = REFERENCE.fullmatch(attributes.get("r", ""))
        self.column = column_index(reference[1]) if reference else self.column + 1
        self.count += 1
        if self.count > MAX_CELLS:
            raise ImportRefused(f"La feuille a plus de {MAX_CELLS} cellules.")

    def _finish_cell(self) -> None:
        self.in_cell = False
        raw = "".join(self.runs)
        self.runs.clear()
        if raw:
            if self.column >= MAX_COLUMNS:
                raise ImportRefused(
                    f"ligne {self.number} : {self.column + 1} colonnes ; au plus {MAX_COLUMNS}."
                )
            self.cells[self.column] = Cell(self.kind, self.style, raw)
        elif self.formula:
            self.sheet.uncalculated += 1

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = REFERENCE.fullmatch(first), REFERENCE.fullmatch(last)
        if start and end and int(end[2]) > int(start[2]) and len(self.sheet.merged) < MAX_MERGED:
            merged = int(start[2]), int(end[2]), column_index(start[1])
            self.sheet.merged.append(merged)


def column_index(letters: str) -> int:
    """« A » is 0, « Z » 25, « AA » 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def read_sheet(package: ZipFile, name: str, sheet: Sheet | None = None) -> Iterator[RawRow]:
    """The rows of a sheet that are not empty; `sheet` is filled on the way."""
    part = _Rows(sheet or Sheet())
    for _ in read_part(package, name, part):
        yield from part.rows
        part.rows.clear()


def cell_text(cell: Cell, workbook: Workbook) -> tuple[str, str]:
    """A cell as text, and a note where it holds an error.

    Whole numbers lose their « .0 », dates are written as 2026-05-04, truth as oui and non.
    Raises `ValueError` or `LookupError` where the cell contradicts itself.
    """
    if cell.kind == "s":
        return workbook.strings[_positive(cell.text)], ""
    if cell.kind in ("inlineStr", "str"):
        return plain_text(cell.text), ""
    if cell.kind == "b":
        return ("oui" if int(cell.text) else "non"), ""
    if cell.kind == "e":
        return "", f"erreur de calcul {cell.text[:20]}, laissée de côté"
    if cell.kind == "d":
        return _moment(from_ISO8601(cell.text)), ""
    number = float(cell.text)
    if not isfinite(number):
        raise ValueError(cell.text)
    if cell.style in workbook.dates:
        as_duration = cell.style in workbook.durations
        return _moment(from_excel(number, workbook.epoch, timedelta=as_duration)), ""
    return _number(number, cell.style, workbook), ""


def _positive(text: str) -> int:
    """An index; Python would count negative ones from the end."""
    index = int(text)
    if index < 0:
        raise IndexError(text)
    return index


def _number(number: float, style: int, workbook: Workbook) -> str:
    if not number.is_integer() or abs(number) >= 1e15:
        return repr(number)
    text = str(int(number))
    code = workbook.formats[style] if style < len(workbook.formats) else ""
    # « 00000 » is how people make Excel show 01000.
    return text.zfill(len(code)) if ZEROS.fullmatch(code) and number >= 0 else text


def _moment(moment: object) -> str:
    """A date, a time, both, or a length of time."""
    if isinstance(moment, datetime):
        if moment.time() == time():
            return moment.date().isoformat()
        return moment.isoformat(" ", "minutes")
    return moment.isoformat("minutes") if isinstance(moment, time) else str(moment)
