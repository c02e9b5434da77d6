"""Listings as an XLSX workbook, the same bytes for the same listings."""

import re
from datetime import datetime
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from directory.exporting.cells import SPREADSHEET_MARK, as_text, with_prefix
from directory.exporting.columns import COLUMNS
from directory.exporting.rows import export_rows

TITLE = "Fiches"
# The oldest day that a zip file can have; a clock in it would make each export another one.
THEN = datetime(1980, 1, 1)  # noqa: DTZ001 -- neither zip files nor workbooks know time zones
NUMBERS = {"lat", "lng"}
# Kept as text also when somebody types them anew: 01000 is no number.
CODES = {"slug", "postal_code", "insee", "phone"}
AS_TEXT = "@"
WIDTHS = {"name": 32, "summary": 40, "description": 60, "street": 28, "website": 32, "hours": 32}
WIDTH = 16

# What XML cannot hold, carriage returns, which it turns into newlines, and what looks like the
# escape for them (ECMA-376, ST_Xstring).
UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def export_xlsx(queryset, out: BinaryIO) -> int:
    """Write the public listings of a queryset as a workbook; return how many.

    Formulas are prefixed as in the CSV for spreadsheets, so that nothing happens either when
    the workbook is saved as CSV; our import takes the prefixes off.
    """
    workbook = Workbook(write_only=True)
    workbook.properties = DocumentProperties(created=THEN, modified=THEN)
    sheet = workbook.create_sheet(TITLE)
    sheet.freeze_panes = "B2"
    header = [*COLUMNS, SPREADSHEET_MARK]
    for index, column in enumerate(header, 1):
        sheet.column_dimensions[get_column_letter(index)].width = WIDTHS.get(column, WIDTH)
    sheet.append([_title(sheet, column) for column in header])
    cells = {column: _cell(sheet, column) for column in header}
    count = 0
    for row in export_rows(queryset):
        count += 1
        sheet.append(_filled(cells, row | {SPREADSHEET_MARK: True}))
    with _SteadyZip(out, "w", ZIP_DEFLATED) as package:
        ExcelWriter(workbook, package).write_data()
    return count


def _title(sheet, column: str) -> Cell:
    cell = WriteOnlyCell(sheet, column)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet, column: str) -> Cell:
    """The cell that is written again and again down a column."""
    cell = WriteOnlyCell(sheet)
    if column in CODES:
        cell.number_format = AS_TEXT
    return cell


def _filled(cells: dict[str, Cell], row: dict) -> list[Cell | None]:
    """The cells of a row, None where they are empty.

    The values are put below openpyxl's own setter, which would cut long texts, refuse control
    signs that are escaped here, take « =1 » for a formula and round a point on the map.
    """
    filled = []
    for column, cell in cells.items():
        value = row[column]
        if column in NUMBERS and value is not None:
            cell._value, cell.data_type = repr(value), "n"
        else:
            cell._value, cell.data_type = escaped(with_prefix(as_text(value))), "s"
        filled.append(cell if cell._value else None)
    return filled


def escaped(text: str) -> str:
    """The text with what XML cannot hold written as « _x000D_ »."""
    return UNSPEAKABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


class _SteadyZip(ZipFile):
    """A zip file of which no part tells when it was made."""

    def writestr(self, name, data, *args, **kwargs):
        """Add a part."""
        super().writestr(self._entry(name), data, *args, **kwargs)

    def write(self, filename, arcname):
        """Add a file, block by block."""
        with open(filename, "rb") as source, self.open(self._entry(arcname), "w") as part:
            while block := source.read(1 << 20):
                part.write(block)

    @staticmethod
    def _entry(name: str) -> ZipInfo:
        entry = ZipInfo(name, THEN.timetuple()[:6])
        entry.compress_type = ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        return entry
