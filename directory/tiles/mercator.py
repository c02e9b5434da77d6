"""Web Mercator tiles, and the Morton code that makes of each tile one range of numbers.

https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames has the formulas. A point's code is that
of its cell at zoom 24: the bits of x and y by turns, so that all points of a tile lie between two
numbers, and a cell of a coarser zoom is the code shifted right.
"""

import re
from dataclasses import dataclass
from math import asinh, pi, radians, tan

DEEPEST_TILE = 20
CODE_ZOOM = 24
CELLS_ACROSS = 1 << CODE_ZOOM
# Beyond this latitude the square map ends: points there lie in its first or last row.
LAST_LAT = 85.0511287798066
# As tiles are named: no sign, no leading zero, ASCII digits only.
NUMBER = re.compile(r"0|[1-9][0-9]{0,6}", re.ASCII)


@dataclass(frozen=True)
class Tile:
    """One tile: zoom 0 to 20, x eastwards and y southwards from 0."""

    z: int
    x: int
    y: int

    @property
    def codes(self) -> tuple[int, int]:
        """The first and the last code of a point in the tile."""
        return self.cells(CODE_ZOOM)

    def cells(self, zoom: int) -> tuple[int, int]:
        """The first and the last cell of a deeper zoom in the tile."""
        depth = 2 * (zoom - self.z)
        first = morton(self.x, self.y) << depth
        return first, first + (1 << depth) - 1


def tile(z: str, x: str, y: str) -> Tile | None:
    """Read a tile's address; None for what is none."""
    if not all(NUMBER.fullmatch(text) for text in (z, x, y)):
        return None
    asked = Tile(int(z), int(x), int(y))
    across = 1 << min(asked.z, DEEPEST_TILE)
    return asked if asked.z <= DEEPEST_TILE and max(asked.x, asked.y) < across else None


def code(lat: float, lng: float) -> int:
    """The Morton code of a point in degrees; a tile's western and northern edges belong to it."""
    lat = min(max(lat, -LAST_LAT), LAST_LAT)
    x = (lng + 180) / 360
    y = (1 - asinh(tan(radians(lat))) / pi) / 2
    return morton(_cell(x), _cell(y))


def _cell(share: float) -> int:
    """The number of the cell at a share of the map's width; the last edge belongs to the last."""
    return min(max(int(share * CELLS_ACROSS), 0), CELLS_ACROSS - 1)


def morton(x: int, y: int) -> int:
    """Put the bits of two numbers below 2^32 by turns, those of x lowest."""
    return _spread(x) | _spread(y) << 1


def _spread(number: int) -> int:
    """Put a zero between each two bits."""
    number = (number | number << 16) & 0x0000FFFF0000FFFF
    number = (number | number << 8) & 0x00FF00FF00FF00FF
    number = (number | number << 4) & 0x0F0F0F0F0F0F0F0F
    number = (number | number << 2) & 0x3333333333333333
    return (number | number << 1) & 0x5555555555555555


def common_tile(first: int, last: int) -> Tile:
    """The deepest tile that holds two points, by their codes."""
    zoom = CODE_ZOOM - (((first ^ last).bit_length() + 1) // 2)
    zoom = min(zoom, DEEPEST_TILE)
    bits = f"{first >> 2 * (CODE_ZOOM - zoom):0{2 * zoom}b}" if zoom else "00"
    return Tile(zoom, x=int(bits[1::2], 2), y=int(bits[::2], 2))
