"""Mend wrong points in the public table of town halls.

Some town halls of the published table lie in another part of France: a longitude without its
minus sign (Carnac, Sainte-Anne), the latitude written twice, or the town hall of a namesake.
A point far from its commune is replaced by the mirrored one if that fits, else by the middle
of the contour, else by the middle of the communes that share a postal code or a department.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from statistics import median

from directory.departments import department_of
from directory.geometry import distance_km

FAR_FROM_CONTOUR_KM = 8
FAR_FROM_NEIGHBOURS_KM = 40
# Guyane's communes are as far apart as departments elsewhere, and none of its points is wrong.
SPARSE = {"973"}

Place = tuple[float, float]


def mend_points(rows: list[dict], middles: Mapping[str, Place]) -> list[str]:
    """Correct `lat` and `lng` of the rows in place; returns the INSEE codes that changed.

    `middles` are middles of contours by INSEE code, in degrees, for the communes that have one.
    """
    neighbours = _Neighbours(rows)
    mended = []
    for row in rows:
        point = (row["lat"], row["lng"])
        if row["insee"] in middles:
            expected, limit = middles[row["insee"]], FAR_FROM_CONTOUR_KM
        else:
            expected, limit = neighbours.middle(row), FAR_FROM_NEIGHBOURS_KM
        if department_of(row["insee"]) in SPARSE or distance_km(*expected, *point) <= limit:
            continue
        mirrored = (point[0], -point[1])
        fits = distance_km(*expected, *mirrored) <= limit
        row["lat"], row["lng"] = mirrored if fits else expected
        mended.append(row["insee"])
    return mended


class _Neighbours:
    """Where a commune should be, from those that share its postal code or department."""

    def __init__(self, rows: list[dict]):
        self._groups: dict[str, list[tuple[str, Place]]] = defaultdict(list)
        for row in rows:
            for key in (department_of(row["insee"]), *row["postal_codes"].split()):
                self._groups[f"{len(key)}:{key}"].append((row["insee"], (row["lat"], row["lng"])))

    def middle(self, row: dict) -> Place:
        """The median point of its neighbours: robust against other wrong points among them."""
        for key in row["postal_codes"].split():
            points = self._others(f"{len(key)}:{key}", row["insee"])
            if len(points) >= 3:
                return _median(points)
        department = department_of(row["insee"])
        key = f"{len(department)}:{department}"
        points = self._others(key, row["insee"])
        middle = _median(points)
        # A lone code in a wide department says little: only a point outside of it is wrong.
        if distance_km(*middle, row["lat"], row["lng"]) <= 130:
            return row["lat"], row["lng"]
        return middle

    def _others(self, key: str, insee: str) -> list[Place]:
        return [point for code, point in self._groups[key] if code != insee]


def _median(points: list[Place]) -> Place:
    return median(lat for lat, _ in points), median(lng for _, lng in points)
