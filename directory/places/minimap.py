"""A listing's little map: an inline drawing from the shipped contours, without tiles or scripts.

The window is 12 km wide and 9 km high around the point, 480 by 360 units; names are placed for
the stylesheet's 13 and 16 units. Borders are drawn in tenths of a unit, so that whole numbers
keep their paths short.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from directory.geometry import KM_PER_DEGREE, shrink
from directory.places.communes import bundled_contours
from directory.places.contours import SCALE, Contour

WIDTH, HEIGHT = 480, 360
UNITS_PER_KM = 40
FINE = 10
NAME_SIZE, HERE_SIZE = 13, 16
LETTER = 0.56  # of a sign's height: its mean width
MARGIN = 6
SCALE_KM = 2
PIN_BOX = (WIDTH / 2 - 16, HEIGHT / 2 - 40, WIDTH / 2 + 16, HEIGHT / 2 + 6)
AROUND_BOX = (WIDTH / 2 - 4, HEIGHT / 2 - 4, WIDTH / 2 + 4, HEIGHT / 2 + 4)
SCALE_BOX = (0, HEIGHT - 30, SCALE_KM * UNITS_PER_KM + 50, HEIGHT)

Box = tuple[float, float, float, float]


class Name(NamedTuple):
    """A commune's name with the middle of its line's foot, in units."""

    text: str
    x: int
    y: int
    is_here: bool


class Window:
    """The piece of country shown; flat, true to scale at its middle."""

    def __init__(self, lat: float, lng: float):
        self.lat, self.lng = lat, lng
        self._up = KM_PER_DEGREE * UNITS_PER_KM / SCALE
        self._right = self._up * shrink(lat)
        half_x, half_y = WIDTH / 2 / self._right, HEIGHT / 2 / self._up
        x, y = lng * SCALE, lat * SCALE
        self.box = (x - half_x, y - half_y, x + half_x, y + half_y)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point in 1/10,000 degree as units from the upper left corner."""
        west, _, _, north = self.box
        return (x - west) * self._right, (north - y) * self._up

    def shows(self, contour: Contour) -> bool:
        """Whether the contour's box meets the window."""
        west, south, east, north = contour.box
        left, bottom, right, top = self.box
        return west <= right and east >= left and south <= top and north >= bottom

    def path(self, contour: Contour) -> str:
        """The contour as an SVG path in tenths of a unit, each step relative to the last."""
        parts = []
        for ring in contour.rings:
            points = [
                (round(x * FINE), round(y * FINE)) for x, y in (self.place(*p) for p in ring[:-1])
            ]
            (x, y), *rest = points
            steps = []
            for next_x, next_y in rest:
                if (next_x, next_y) != (x, y):
                    steps.append(f"{next_x - x} {next_y - y}")
                    x, y = next_x, next_y
            parts.append(f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z".replace(" -", "-"))
        return "".join(parts)


def minimap(lat: float, lng: float, insee: str, approximate: bool = False) -> dict | None:
    """The context of `directory/_minimap.html`; None where the contours do not reach.

    `lat` and `lng` (degrees) are the public point. When it is `approximate` a circle stands
    for the pin, since the commune is all that may be known.
    """
    if not (math.isfinite(lat) and math.isfinite(lng) and abs(lat) < 89):
        return None
    window = Window(lat, lng)
    contours = [contour for contour in bundled_contours()[0] if window.shows(contour)]
    here = next((contour for contour in contours if contour.code == insee), None)
    if not contours:
        return None
    return {
        "title": title(here, approximate),
        "communes": [window.path(contour) for contour in contours if contour is not here],
        "here": window.path(here) if here else "",
        "names": names(window, contours, here, approximate),
        "approximate": approximate,
        "scale_km": SCALE_KM,
    }


def title(here: Contour | None, approximate: bool) -> str:
    """What the drawing shows, for those who do not see it."""
    around = f"{here.name} et les communes autour" if here else "les communes autour"
    return f"Carte : {around}" if approximate else f"Carte du lieu : {around}"


def names(
    window: Window, contours: list[Contour], here: Contour | None, approximate: bool
) -> list[Name]:
    """The names that fit without touching each other, the pin or the scale; large ones first."""
    taken = [AROUND_BOX if approximate else PIN_BOX, SCALE_BOX]
    placed = []
    ranked = sorted(contours, key=lambda c: (c is not here, -c.population, c.code))
    for contour in ranked:
        size = HERE_SIZE if contour is here else NAME_SIZE
        text = short(contour.name)
        x, y = window.place(*contour.label)
        for dy in (0, 18, -18, 36, -52) if contour is here else (0, 12, -12):
            box = _box(text, x, y + dy, size)
            if _within(box) and not any(_touch(box, other) for other in taken):
                taken.append(box)
                placed.append(Name(text, round(x), round(y + dy), contour is here))
                break
    return placed


def short(name: str) -> str:
    """A name for a small map: "Paris 7e Arrondissement" is "Paris 7e"."""
    return name.removesuffix(" Arrondissement").replace("'", "’")


def _box(text: str, x: float, y: float, size: int) -> Box:
    half = len(text) * size * LETTER / 2
    return x - half, y - size * 0.8, x + half, y + size * 0.3


def _within(box: Box) -> bool:
    left, top, right, bottom = box
    return (
        left >= MARGIN and top >= MARGIN and right <= WIDTH - MARGIN and bottom <= HEIGHT - MARGIN
    )


def _touch(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
