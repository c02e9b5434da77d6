"""Rows of a CSV file: delimiter, header, newlines inside cells."""

import csv
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from directory.importing.columns import knows
from directory.importing.encodings import detect_encoding
from directory.importing.refusal import ImportRefused
from directory.importing.rows import Row, RowFile, check_limits
from directory.importing.table import column_names, table_row

DELIMITERS = ";,\t|"
SAMPLE_ROWS = 60
UNIT = "ligne"


def open_csv(path: Path) -> RowFile:
    """Check a CSV file from end to end; raises `ImportRefused` with reason and row."""
    encoding = detect_encoding(path)
    try:
        delimiter = _delimiter(path, encoding)
        first = next(_records(path, encoding, delimiter), None)
        if first is None:
            raise ImportRefused("Le fichier est vide.")
        header = column_names(first[1])
        read = partial(_rows, path, encoding, delimiter, header)
        total = 0
        for row in read():
            total += 1
            check_limits(row, UNIT, total)
    except csv.Error as error:
        raise ImportRefused(f"Le fichier n’est pas un CSV lisible : {error}.") from error
    except UnicodeError as error:
        raise ImportRefused(f"Le fichier n’est pas lisible en {encoding}.") from error
    if not total:
        raise ImportRefused("Le fichier a un en-tête, mais aucune ligne.")
    return RowFile(header, total, UNIT, read)


class _Lines:
    """The lines of a file, remembering how many quotes the current record has."""

    def __init__(self, file):
        self.file = file
        self.quotes = self.lines = 0

    def __iter__(self):
        return self

    def __next__(self):
        line = next(self.file)
        self.quotes += line.count('"')
        self.lines += 1
        return line


def _records(path: Path, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each record; blank ones count, as they do in a spreadsheet."""
    with path.open(encoding=encoding, newline="") as file:
        lines = _Lines(file)
        number = 0
        for number, cells in enumerate(csv.reader(lines, delimiter=delimiter), 1):
            last = lines.lines > 1 and lines.quotes % 2
            lines.quotes = lines.lines = 0
            if last and not file.read(1):
                raise ImportRefused(f"ligne {number} : un guillemet ouvert n’est jamais fermé.")
            if any(cell.strip() for cell in cells):
                yield number, cells


def _delimiter(path: Path, encoding: str) -> str:
    """The delimiter under which the first records have most alike a known header."""
    best, best_score = ",", (-1.0,)
    for delimiter in DELIMITERS:
        sample = _sample(path, encoding, delimiter)
        if not sample:
            continue
        width = len(sample[0])
        alike = Counter(map(len, sample))[width] / len(sample)
        score = (sum(map(knows, sample[0])) * alike, (width > 1) * alike, width)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _sample(path: Path, encoding: str, delimiter: str) -> list[list[str]]:
    """The first records, up to where this delimiter makes no sense of them."""
    sample = []
    try:
        for _, cells in islice(_records(path, encoding, delimiter), SAMPLE_ROWS):
            sample.append(cells)
    except (csv.Error, ImportRefused):
        pass
    return sample


def _rows(path: Path, encoding: str, delimiter: str, header: list[str]) -> Iterator[Row]:
    """The rows below the header."""
    records = _records(path, encoding, delimiter)
    next(records)
    for number, cells in records:
        yield table_row(number, header, cells)
