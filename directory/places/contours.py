"""Contours of communes and departments as a compact document of shared arcs.

Neighbours share their border, so each stretch of border (an arc) is stored once and rings
refer to arcs by number, as TopoJSON does: `n` forwards, `-n - 1` backwards. Points are
integers of 1/10,000 degree (about 11 m north to south), x the longitude, y the latitude;
each is kept as the step from the point before, through all arcs in their order.

Rings come back closed, with their points in order; the point at which a ring starts may
differ. Inside means an odd number of rings around the point, so holes need no marking.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

SCALE = 10_000
FORMAT = 1

Point = tuple[int, int]
Ring = list[Point]


@dataclass(frozen=True)
class Contour:
    """One commune's or department's contour; coordinates in 1/10,000 degree."""

    code: str
    name: str
    population: int
    label: Point
    rings: list[Ring]
    box: tuple[int, int, int, int] = field(default=(0, 0, 0, 0))

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies inside; coordinates in 1/10,000 degree."""
        west, south, east, north = self.box
        return west <= x <= east and south <= y <= north and inside(self.rings, x, y)


def to_units(degrees: float) -> int:
    """Degrees as whole 1/10,000 degrees."""
    return round(degrees * SCALE)


def rings_of(geometry: dict) -> list[Ring]:
    """The closed integer rings of a GeoJSON Polygon or MultiPolygon, repeated points taken out."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    rings = []
    for polygon in polygons:
        for line in polygon:
            ring = without_repeats((to_units(lng), to_units(lat)) for lng, lat, *_ in line)
            if len(ring) >= 4:
                rings.append(ring)
    return rings


def without_repeats(points: Iterable[Point]) -> Ring:
    """The points without those equal to the one before."""
    kept: Ring = []
    for point in points:
        if not kept or kept[-1] != point:
            kept.append(point)
    return kept


# Encoding


def encode(shapes: Mapping[str, list[Ring]], tolerance: float = 0) -> tuple[list, dict]:
    """Turn `{owner: closed rings}` into `(arcs, {owner: rings as arc numbers})`.

    With a tolerance (in 1/10,000 degree) each arc is thinned by Douglas and Peucker's method;
    borders stay shared, because both neighbours use the same thinned arc.
    """
    nodes = _nodes(shapes)
    numbers: dict[tuple[Point, ...], int] = {}
    arcs: list[Ring] = []
    references: dict[str, list[list[int]]] = {}
    for owner, rings in shapes.items():
        references[owner] = []
        for ring in rings:
            numbered = []
            for arc in _split(ring, nodes):
                backwards = tuple(reversed(arc))
                if (key := tuple(arc)) in numbers:
                    numbered.append(numbers[key])
                elif backwards in numbers:
                    numbered.append(-numbers[backwards] - 1)
                else:
                    numbers[key] = len(arcs)
                    numbered.append(len(arcs))
                    arcs.append(arc)
            references[owner].append(numbered)
    if tolerance:
        arcs = [simplify(arc, tolerance) for arc in arcs]
    return _steps(arcs), references


def _nodes(shapes: Mapping[str, list[Ring]]) -> set[Point]:
    """The points at which borders part: where arcs begin and end."""
    owners: dict[frozenset, set[str]] = defaultdict(set)
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for owner, rings in shapes.items():
        for ring in rings:
            for here, there in zip(ring, ring[1:], strict=False):
                owners[frozenset((here, there))].add(owner)
                neighbours[here].add(there)
                neighbours[there].add(here)
    nodes = set()
    for point, around in neighbours.items():
        sides = [owners[frozenset((point, other))] for other in around]
        if len(around) != 2 or sides[0] != sides[1]:
            nodes.add(point)
    return nodes


def _split(ring: Ring, nodes: set[Point]) -> list[Ring]:
    """Cut a closed ring at its nodes; one without a node starts at its smallest point."""
    loop = ring[:-1]
    starts = [i for i, point in enumerate(loop) if point in nodes]
    if not starts:
        starts = [loop.index(min(loop))]
    arcs = []
    for position, start in enumerate(starts):
        end = starts[position + 1] if position + 1 < len(starts) else starts[0] + len(loop)
        arcs.append([loop[i % len(loop)] for i in range(start, end + 1)])
    return arcs


def _steps(arcs: list[Ring]) -> list[list[int]]:
    x = y = 0
    stepped = []
    for arc in arcs:
        steps = []
        for next_x, next_y in arc:
            steps += (next_x - x, next_y - y)
            x, y = next_x, next_y
        stepped.append(steps)
    return stepped


def simplify(line: Ring, tolerance: float) -> Ring:
    """Thin a line (Douglas and Peucker); its ends stay, points are dropped within `tolerance`."""
    keep = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        distance, index = max(
            (_distance(line[i], line[first], line[last]), i) for i in range(first + 1, last)
        )
        if distance > tolerance:
            keep.add(index)
            spans += ((first, index), (index, last))
    return [line[i] for i in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    (px, py), (ax, ay), (bx, by) = point, start, end
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
    if not length:
        return ((px - ax) ** 2 + (py - ay) ** 2) ** 0.5
    return abs((bx - ax) * (ay - py) - (ax - px) * (by - ay)) / length


def outline(shapes: Iterable[list[Ring]], smallest: int = 0) -> list[Ring]:
    """The outer border of adjoining shapes: the edges that no two of them share.

    `smallest` drops rings below this area (in square units), the slivers that are left where
    the borders of neighbours do not quite meet.
    """
    edges: dict[tuple[Point, Point], int] = defaultdict(int)
    for rings in shapes:
        for ring in rings:
            for edge in zip(ring, ring[1:], strict=False):
                edges[edge] += 1
    onward: dict[Point, list[Point]] = defaultdict(list)
    for here, there in edges:
        if (there, here) not in edges:
            onward[here].append(there)
    found = []
    for start in list(onward):
        while onward[start]:
            found += _loops(_walk(onward, start))
    return [ring for ring in found if abs(area(ring)) >= max(smallest, 1)]


def _walk(onward: dict[Point, list[Point]], start: Point) -> Ring:
    path = [start]
    while onward[path[-1]]:
        path.append(onward[path[-1]].pop())
    return path


def _loops(path: Ring) -> list[Ring]:
    """The closed loops in a path that may cross its own points; loose ends are dropped."""
    loops: list[Ring] = []
    open_path: Ring = []
    position: dict[Point, int] = {}
    for point in path:
        if point in position:
            start = position[point]
            loops.append([*open_path[start:], point])
            for passed in open_path[start + 1 :]:
                del position[passed]
            del open_path[start + 1 :]
        else:
            position[point] = len(open_path)
            open_path.append(point)
    return loops


def area(ring: Ring) -> float:
    """The signed area of a closed ring in square units (the shoelace formula)."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, ring[1:], strict=False)) / 2


# Decoding


def decode(arcs: list[list[int]], references: Mapping[str, list]) -> dict[str, list[Ring]]:
    """The closed rings of each owner; undoes `encode`."""
    lines = _points(arcs)
    return {
        owner: [_join(numbers, lines) for numbers in rings] for owner, rings in references.items()
    }


def _points(arcs: list[list[int]]) -> list[Ring]:
    x = y = 0
    lines = []
    for steps in arcs:
        line = []
        for i in range(0, len(steps), 2):
            x += steps[i]
            y += steps[i + 1]
            line.append((x, y))
        lines.append(line)
    return lines


def _join(numbers: list[int], lines: list[Ring]) -> Ring:
    ring: Ring = []
    for number in numbers:
        line = lines[number] if number >= 0 else lines[-number - 1][::-1]
        ring += line[1:] if ring else line
    return ring


def read_contours(document: dict) -> tuple[list[Contour], list[Contour]]:
    """The communes and the departments of a document that `build_communes` wrote.

    Raises ValueError when it is of another format.
    """
    if document.get("format") != FORMAT or document.get("scale") != SCALE:
        raise ValueError("not a contours document of this format")
    return _contours(document["communes"]), _contours(document["departments"])


def _contours(part: dict) -> list[Contour]:
    shapes = decode(part["arcs"], {row[0]: row[5] for row in part["shapes"]})
    return [
        Contour(code, name, population, (x, y), shapes[code], box_of(shapes[code]))
        for code, name, population, x, y, _ in part["shapes"]
    ]


def box_of(rings: list[Ring]) -> tuple[int, int, int, int]:
    """West, south, east and north of the rings."""
    xs = [x for ring in rings for x, _ in ring]
    ys = [y for ring in rings for _, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


def middle_of(rings: list[Ring]) -> tuple[float, float]:
    """A point well inside: the middle of the longest stretch across, half way up."""
    _, south, _, north = box_of(rings)
    y = (south + north) // 2 + 0.5  # never at the height of a corner
    crossings = sorted(
        (bx - ax) * (y - ay) / (by - ay) + ax
        for ring in rings
        for (ax, ay), (bx, by) in zip(ring, ring[1:], strict=False)
        if (ay > y) != (by > y)
    )
    start, end = max(
        zip(crossings[::2], crossings[1::2], strict=False), key=lambda span: span[1] - span[0]
    )
    return (start + end) / 2, y


def inside(rings: list[Ring], x: float, y: float) -> bool:
    """Whether an odd number of rings goes around the point (ray to the east)."""
    odd = False
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, ring[1:], strict=False):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                odd = not odd
    return odd


def point_in_commune(contours: Iterable[Contour], lat: float, lng: float) -> Contour | None:
    """The contour that holds the point (degrees), or None outside of all."""
    x, y = lng * SCALE, lat * SCALE
    return next((contour for contour in contours if contour.contains(x, y)), None)
