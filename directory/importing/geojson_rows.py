"""Rows of a GeoJSON FeatureCollection, decoded feature by feature with the plain `json`."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from directory.importing.encodings import detect_encoding
from directory.importing.json_lists import elements
from directory.importing.refusal import ImportRefused
from directory.importing.rows import MAX_COLUMNS, Row, RowFile, check_limits, clean_cell

UNIT = "objet"
MAX_POSITIONS = 100_000


def open_geojson(path: Path) -> RowFile:
    """Check a GeoJSON file from end to end; raises `ImportRefused` with reason and feature."""
    encoding = detect_encoding(path)
    read = partial(_rows, path, encoding)
    header: dict[str, None] = {}
    total = 0
    for row in read():
        total += 1
        header |= dict.fromkeys(row.cells)
        if len(header) > MAX_COLUMNS:
            raise ImportRefused(f"Plus de {MAX_COLUMNS} propriétés différentes.")
        check_limits(row, UNIT, total)
    if not total:
        raise ImportRefused("Le fichier GeoJSON ne contient aucun objet.")
    return RowFile(list(header), total, UNIT, read)


def _rows(path: Path, encoding: str) -> Iterator[Row]:
    try:
        text = path.read_text(encoding=encoding)
        for number, feature in enumerate(elements(text, "features"), 1):
            yield _row(number, feature)
    except (ValueError, RecursionError) as error:
        raise ImportRefused(
            f"Ni GeoJSON ni extrait OpenStreetMap lisible : {str(error)[:200]}."
        ) from error


def _row(number: int, feature: object) -> Row:
    """One feature as a row; its geometry becomes the cells « lat » and « lng »."""
    row = Row(number, {})
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        row.problem = "pas un objet GeoJSON avec des propriétés"
        return row
    row.cells = {clean_cell(key)[:200]: _text(value) for key, value in properties.items()}
    if isinstance(feature.get("id"), str | int) and not row.cells.get("id"):
        row.cells["id"] = str(feature["id"])
    geometry = feature.get("geometry")
    if isinstance(geometry, dict):
        point = _middle(geometry)
        if point is None:
            row.notes.append("géométrie illisible, ignorée")
        else:
            row.cells["lng"], row.cells["lat"] = map(repr, point)
            if geometry.get("type") != "Point":
                row.notes.append("géométrie sans point : le milieu de son cadre est pris")
    return row


def _text(value: object) -> str:
    """A property as a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, str):
        return clean_cell(value)
    return clean_cell(json.dumps(value, ensure_ascii=False))


def _middle(geometry: dict) -> tuple[float, float] | None:
    """Longitude and latitude of a point, or of the middle of what surrounds all positions."""
    waiting = [geometry.get("coordinates"), geometry.get("geometries")]
    lngs, lats = [], []
    while waiting and len(lngs) < MAX_POSITIONS:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [value.get("coordinates"), value.get("geometries")]
        elif isinstance(value, list) and len(value) >= 2 and all(map(_is_degree, value[:2])):
            lngs.append(float(value[0]))
            lats.append(float(value[1]))
        elif isinstance(value, list):
            waiting += value
    if not lngs:
        return None
    return (min(lngs) + max(lngs)) / 2, (min(lats) + max(lats)) / 2


def _is_degree(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -1000 < value < 1000
