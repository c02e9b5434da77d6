"""Rows of an XLSX workbook: its first visible sheet that has any."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from directory.importing.columns import knows, match_columns
from directory.importing.refusal import ImportRefused
from directory.importing.rows import Row, RowFile, check_limits
from directory.importing.table import column_names, table_row
from directory.importing.xlsx_package import open_package
from directory.importing.xlsx_sheet import RawRow, Sheet, cell_text, read_sheet
from directory.importing.xlsx_workbook import Workbook, read_workbook

UNIT = "ligne"
HEADER_WITHIN = 20
# In these columns a number has lost its first zeros: {our field: digits}.
CODES = {"postal_code": 5, "insee": 5}


def open_xlsx(path: Path) -> RowFile:
    """Check a workbook from end to end; raises `ImportRefused` with reason and row."""
    with open_package(path) as package:
        workbook = read_workbook(package)
        title, part, first_rows = _choose(package, workbook)
        header_row, header = _header(first_rows, workbook)
        table = _Table(path, workbook, part, header_row, header)
        for row in table.read(package):
            table.total += 1
            check_limits(row, UNIT, table.total)
    if not table.total:
        raise ImportRefused(f"La feuille « {title} » a un en-tête, mais aucune ligne.")
    return RowFile(header, table.total, UNIT, table.rows, _remarks(workbook, title, table))


def _choose(package, workbook: Workbook) -> tuple[str, str, list[RawRow]]:
    """Title, part and first rows of the first sheet that is not empty."""
    for title, part in workbook.sheets:
        if first := list(islice(read_sheet(package, part), HEADER_WITHIN)):
            return title, part, first
    raise ImportRefused("Le fichier est vide : aucune feuille n’a de cellule remplie.")


def _header(first: list[RawRow], workbook: Workbook) -> tuple[int, list[str]]:
    """Row number and names of the columns: people write titles above their table."""
    for row in first:
        names = column_names(_texts(row, workbook, 0)[0])
        if "name" in match_columns(names) and sum(map(knows, names)) > 1:
            return row.number, names
    return first[0].number, column_names(_texts(first[0], workbook, 0)[0])


def _texts(row: RawRow, workbook: Workbook, width: int) -> tuple[list[str], dict[int, str]]:
    """The cells of a row as texts, at least `width` of them, and notes by column."""
    texts, notes = [""] * max(width, max(row.cells) + 1), {}
    for column, cell in row.cells.items():
        texts[column], note = cell_text(cell, workbook)
        if note:
            notes[column] = note
    return texts, notes


class _Table:
    """The rows below the header of one sheet.

    `total` counts them, once that is known: reading stops there, for the sake of sheets that
    go on with empty rows.
    """

    def __init__(self, path: Path, workbook: Workbook, part: str, header_row: int, header):
        self.path = path
        self.workbook = workbook
        self.part = part
        self.header_row = header_row
        self.header = header
        self.sheet = Sheet()
        self.total = 0
        fields = match_columns(header)
        self.codes = {
            header.index(fields[name]): digits for name, digits in CODES.items() if name in fields
        }

    def rows(self) -> Iterator[Row]:
        """Read the sheet again, merged cells filled downwards."""
        merged = _Merged(self.sheet.merged)
        with open_package(self.path) as package:
            for row in islice(self._raw(package, Sheet()), self.total):
                merged.fill(row)
                yield self._row(row)

    def read(self, package) -> Iterator[Row]:
        """The rows as they stand, noting what the sheet says at its end."""
        return map(self._row, self._raw(package, self.sheet))

    def _raw(self, package, sheet: Sheet) -> Iterator[RawRow]:
        below = False
        for row in read_sheet(package, self.part, sheet):
            if below:
                yield row
            below = below or row.number == self.header_row

    def _row(self, raw: RawRow) -> Row:
        try:
            texts, notes = _texts(raw, self.workbook, len(self.header))
        except (ValueError, LookupError, ArithmeticError):
            return Row(raw.number, {}, problem="une cellule est illisible")
        for column, digits in self.codes.items():
            if column in raw.cells and raw.cells[column].kind == "n" and texts[column].isdecimal():
                texts[column] = texts[column].zfill(digits)
        row = table_row(raw.number, self.header, texts)
        named = zip(self.header, range(len(self.header)), strict=True)
        row.notes += [f"colonne « {name} » : {notes[i]}" for name, i in named if i in notes]
        return row


class _Merged:
    """Cells merged downwards: the rows below have the value of the first one."""

    def __init__(self, merged: list[tuple[int, int, int]]):
        self.waiting = sorted(merged, reverse=True)
        self.active: dict[int, tuple[int, object]] = {}

    def fill(self, row: RawRow) -> None:
        """Give a row the values of the merged cells that reach down to it."""
        while self.waiting and self.waiting[-1][0] <= row.number:
            first, last, column = self.waiting.pop()
            if first == row.number and column in row.cells:
                self.active[column] = last, row.cells[column]
        for column, (last, cell) in list(self.active.items()):
            if last < row.number:
                del self.active[column]
            else:
                row.cells.setdefault(column, cell)


def _remarks(workbook: Workbook, title: str, table: _Table) -> list[str]:
    """What the operator should know about the workbook."""
    remarks = []
    others = [f"« {other} »" for other, part in workbook.sheets if part != table.part]
    if others:
        remarks.append(
            f"seule la feuille « {title} » est lue ; laissées de côté : {', '.join(others)[:500]}"
        )
    if count := table.sheet.uncalculated:
        remarks.append(
            f"formules sans résultat dans le fichier : {count} ; ouvrez-le dans un tableur et "
            "enregistrez-le de nouveau"
        )
    return remarks
