"""Mend wrong points in the public table of town halls.

Some town halls of the published table lie in another part of France: a longitude without its
minus sign (Carnac, Sainte-Anne), the latitude written twice, or the town hall of a namesake.
A point outside of its commune is replaced by the mirrored one if that fits, else by the middle
of the contour; where no contour is known, one far from the middle of the communes that share
its postal code or department.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from statistics import median

from directory.geometry import KM_PER_DEGREE, distance_km, shrink
from directory.places.contours import SCALE, Ring, inside
from directory.places.departments import department_of

FAR_FROM_CONTOUR_KM = 0.4  # contours are simplified
FAR_FROM_NEIGHBOURS_KM = 40
# Guyane's communes are as far apart as departments elsewhere, and none of its points is wrong.
SPARSE = {"973"}

Place = tuple[float, float]


@dataclass(frozen=True)
class Ground:
    """What a commune covers: rings in 1/10,000 degree, and its middle in degrees."""

    rings: list[Ring]
    middle: Place

    def holds(self, point: Place) -> bool:
        """Whether the point lies inside, or just outside."""
        lat, lng = point
        x, y = lng * SCALE, lat * SCALE
        return inside(self.rings, x, y) or self._border_km(lat, x, y) <= FAR_FROM_CONTOUR_KM

    def _border_km(self, lat: float, x: float, y: float) -> float:
        """Kilometres to the nearest corner or middle of an edge of the contour."""
        corners = [point for ring in self.rings for point in ring]
        middles = [
            ((ax + bx) / 2, (ay + by) / 2)
            for ring in self.rings
            for (ax, ay), (bx, by) in zip(ring, ring[1:], strict=False)
        ]
        across = shrink(lat)
        nearest = min(math.hypot((px - x) * across, py - y) for px, py in corners + middles)
        return nearest / SCALE * KM_PER_DEGREE


def mend_points(rows: list[dict], grounds: Mapping[str, Ground]) -> list[str]:
    """Correct `lat` and `lng` of the rows in place; returns the INSEE codes that changed.

    `grounds` are those of the communes with a known contour, by INSEE code.
    """
    neighbours = _Neighbours(rows)
    mended = []
    for row in rows:
        point = (row["lat"], row["lng"])
        ground = grounds.get(row["insee"])
        expected = ground.middle if ground else neighbours.middle(row)
        fits = ground.holds if ground else partial(_near, expected)
        if department_of(row["insee"]) in SPARSE or fits(point):
            continue
        mirrored = (point[0], -point[1])
        row["lat"], row["lng"] = mirrored if fits(mirrored) else expected
        mended.append(row["insee"])
    return mended


def _near(expected: Place, point: Place) -> bool:
    return distance_km(*expected, *point) <= FAR_FROM_NEIGHBOURS_KM


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
