"""Tables, whatever file they come from: a header, and cells by the names of its columns."""

from collections import Counter

from directory.exporting.cells import SPREADSHEET_MARK, without_prefix
from directory.importing.refusal import ImportRefused
from directory.importing.rows import MAX_COLUMNS, Row, clean_cell


def column_names(cells: list[str]) -> list[str]:
    """The column names; an unnamed column gets its number, a repeated name its rank."""
    header, seen = [], Counter()
    if len(cells) > MAX_COLUMNS:
        raise ImportRefused(f"{len(cells)} colonnes ; au plus {MAX_COLUMNS}.")
    for index, cell in enumerate(cells, 1):
        name = " ".join(clean_cell(cell).split())[:200] or f"colonne {index}"
        seen[name] += 1
        header.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return header


def table_row(number: int, header: list[str], cells: list[str]) -> Row:
    """A row below the header; with too few or too many cells it carries its problem.

    Where the header says that our export put prefixes before formulas, they are taken off.
    """
    while len(cells) > len(header) and not cells[-1].strip():
        cells.pop()
    cells = [clean_cell(cell) for cell in cells]
    if SPREADSHEET_MARK in header:
        cells = [without_prefix(cell) for cell in cells]
    row = Row(number, dict(zip(header, cells, strict=False)))
    if len(cells) != len(header):
        row.problem = f"{len(cells)} cellules pour {len(header)} colonnes"
    return row
