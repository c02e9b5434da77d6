"""Export files: CSV, CSV for spreadsheets, GeoJSON, JSON-LD; whole or not at all."""

import csv
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, TextIO

from directory.exporting.cells import SPREADSHEET_MARK, as_text, with_prefix
from directory.exporting.columns import COLUMNS
from directory.exporting.linked import directory_node, listing_nodes
from directory.exporting.rows import export_rows


def export_csv(queryset, out: TextIO, spreadsheet: bool = False) -> int:
    """Write the public listings of a queryset as CSV; return how many.

    `out` takes text and must not translate newlines. With `spreadsheet`: semicolons and a byte
    order mark, as French spreadsheets expect, and a quote before whatever they would take for
    a formula; the last column says so, and our import takes the quotes off again.
    """
    header = [*COLUMNS, SPREADSHEET_MARK] if spreadsheet else COLUMNS
    if spreadsheet:
        out.write("\ufeff")
    writer = csv.writer(out, delimiter=";" if spreadsheet else ",", lineterminator="\r\n")
    writer.writerow(header)
    count = 0
    for row in export_rows(queryset):
        count += 1
        cells = [as_text(row[column]) for column in COLUMNS]
        writer.writerow([*map(with_prefix, cells), "oui"] if spreadsheet else cells)
    return count


def export_geojson(queryset, out: TextIO) -> int:
    """Write the public listings of a queryset as a GeoJSON FeatureCollection; return how many.

    One feature a line; a listing without a public point has a null geometry.
    """
    out.write('{"type":"FeatureCollection","features":[')
    count = 0
    for row in export_rows(queryset):
        count += 1
        lat, lng = row.pop("lat"), row.pop("lng")
        feature = {
            "type": "Feature",
            "geometry": None if lat is None else {"type": "Point", "coordinates": [lng, lat]},
            "properties": row,
        }
        out.write("\n" if count == 1 else ",\n")
        out.write(_compact(feature))
    out.write("\n]}\n")
    return count


def export_jsonld(queryset, out: TextIO) -> int:
    """Write the public listings of a queryset as schema.org nodes; return how many.

    One node a line, the directory itself first. For publishing: what schema.org has no words
    for is not in it, so that it cannot be imported again.
    """
    out.write('{"@context":"https://schema.org","@graph":[\n')
    out.write(_compact(directory_node()))
    count = 0
    for node in listing_nodes(queryset):
        count += 1
        out.write(",\n" + _compact(node))
    out.write("\n]}\n")
    return count


def _compact(value: dict) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def write_whole(path: Path, write: Callable[[IO], int], binary: bool = False) -> int:
    """Let `write` fill a new file beside `path`, then put it in its place in one step.

    Whoever reads `path` meanwhile, or after a power cut, finds the old file or the new one.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with fresh.open("wb") if binary else fresh.open("w", encoding="utf-8", newline="") as file:
            count = write(file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return count
