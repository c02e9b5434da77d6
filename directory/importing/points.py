"""Points on the map, from whatever columns hold them; degrees, WGS 84."""

import json
import re
from math import isfinite

# Metropolitan France and what lies near it, to see that latitude and longitude are swapped.
FRANCE_LAT, FRANCE_LNG = (41.0, 51.6), (-5.8, 10.0)
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
WKT_POINT = re.compile(r"(?i)^(?:SRID=4326;)?\s*POINT\s*\(\s*(\S+)\s+(\S+)\s*\)$")

Point = tuple[float, float]


def find_point(cells: dict[str, str]) -> tuple[Point | None, str]:
    """Return (lat, lng) and a note on what was wrong, from our fields' cells.

    `lat` and `lng` come first, then `point` (« lat, lng »), then `geometry` (GeoJSON or WKT).
    """
    lat, lng = cells.get("lat", ""), cells.get("lng", "")
    if lat and lng:
        return _checked(_degree(lat), _degree(lng), f"{lat}, {lng}")
    if text := cells.get("point", ""):
        return _checked(*_pair(text), text)
    if text := cells.get("geometry", ""):
        return _checked(*_from_geometry(text), text)
    if lat or lng:
        return None, "il manque la latitude ou la longitude"
    return None, ""


def _degree(text: str) -> float | None:
    """A number with a point or a comma; None for anything else."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return value if isfinite(value) else None


def _pair(text: str) -> tuple[float | None, float | None]:
    """« 48.85, 2.35 », « 48,85 ; 2,35 », « [48.85, 2.35] », « POINT (2.35 48.85) »."""
    if wkt := WKT_POINT.match(text.strip()):
        return _degree(wkt[2]), _degree(wkt[1])
    numbers = NUMBER.findall(text)
    if len(numbers) == 4 and "." not in text:
        numbers = [f"{numbers[0]}.{numbers[1]}", f"{numbers[2]}.{numbers[3]}"]
    elif len(numbers) == 1 and numbers[0].count(","):
        numbers = numbers[0].split(",")
    if len(numbers) != 2:
        return None, None
    return _degree(numbers[0]), _degree(numbers[1])


def _from_geometry(text: str) -> tuple[float | None, float | None]:
    """A point in GeoJSON or WKT: longitude first."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return _pair(text)
    position = value.get("coordinates") if isinstance(value, dict) else None
    if not isinstance(position, list) or len(position) < 2:
        return None, None
    return _degree(str(position[1])), _degree(str(position[0]))


def _checked(lat: float | None, lng: float | None, text: str) -> tuple[Point | None, str]:
    if lat is None or lng is None:
        return None, f"point illisible : « {text[:60]} »"
    if lat == 0 and lng == 0:
        return None, "point 0, 0 : laissé de côté"
    if _in(lng, FRANCE_LAT) and _in(lat, FRANCE_LNG) and not _in(lat, FRANCE_LAT):
        return (lng, lat), "latitude et longitude inversées : remises en ordre"
    if not (-90 <= lat <= 90 and -180 <= lng <= 180):
        return None, f"point hors du monde : {lat}, {lng}"
    return (lat, lng), ""


def _in(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]
