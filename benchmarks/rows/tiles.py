"""The map's tiles: cached, made anew, summed up, and how much they weigh."""

import gzip
import json
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import brotli
import orjson
from django.db import connection

from benchmarks.bench import Bench
from benchmarks.row import Row, at_most
from benchmarks.visit import forget_pages, queries_of, run_again
from directory.models import Listing

PINS = 1000
MOST_PINS = 5000
ZOOMS = range(5, 17)
COLUMNS = (
    *("public_lat", "public_lng", "slug", "name", "category_id", "hours"),
    *("trading_state", "kind", "visits", "hide_address"),
)


@dataclass(frozen=True)
class Tile:
    """A square of the map (Web Mercator), and how many public points lie in it."""

    zoom: int
    x: int
    y: int
    points: int

    @property
    def address(self) -> str:
        """Where the site serves it."""
        return f"/carte/{self.zoom}/{self.x}/{self.y}.json"

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        across = 2**self.zoom

        def lat(y):
            return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / across))))

        west, east = (x / across * 360 - 180 for x in (self.x, self.x + 1))
        return west, lat(self.y + 1), east, lat(self.y)


def tile_of(lat: float, lng: float, zoom: int) -> tuple[int, int]:
    """The x and y of the tile that holds a point."""
    across = 2**zoom
    angle = math.radians(lat)
    y = (1 - math.asinh(math.tan(angle)) / math.pi) / 2
    return int((lng + 180) / 360 * across), int(y * across)


@lru_cache(maxsize=1)
def tiles(_engine: str, _size: int) -> list[Tile]:
    """Every tile that has a point, at each zoom."""
    shown = Listing.objects.public().trading().exclude(public_lat=None)
    points = list(shown.values_list("public_lat", "public_lng"))
    return [
        Tile(zoom, x, y, number)
        for zoom in ZOOMS
        for (x, y), number in Counter(tile_of(*point, zoom) for point in points).items()
    ]


def complete_tile(bench: Bench, about: int) -> Tile:
    """The complete tile whose number of points is nearest to `about`."""
    complete = [one for one in tiles(bench.engine, bench.size) if one.points <= MOST_PINS]
    return min(complete, key=lambda one: abs(one.points - about))


def tile(bench: Bench) -> Iterator[Row]:
    """A tile of about a thousand pins: from the cache, and made anew."""
    found = complete_tile(bench, PINS)
    titles = {
        "tile-cached": "une tuile, en cache",
        "tile": "la même, faite à neuf",
        "tile-304": "la même, déjà connue (304)",
    }
    if not bench.is_there(found.address):
        for name, title in titles.items():
            yield Row(name, title, absent="/carte/… n’est pas encore là")
        return
    row = bench.again("tile-cached", titles["tile-cached"], found.address)
    row.facts["pins"] = len(pins(bench, found))
    yield row.promise(at_most(1.2, row.ratio, "×"))
    ours, floor = bench.time(
        lambda: bench.visitor.get(found.address), lambda: bare_pins(found), forget_pages
    )
    row = Row("tile", titles["tile"], ours, floor, "SQL de ces lignes + orjson")
    row.facts |= {"pins": found.points, "queries": len(queries_of(bench.visitor, found.address))}
    yield row.promise(at_most(2, row.ratio, "×"))
    yield bench.not_modified("tile-304", titles["tile-304"], found.address)


def pins(bench: Bench, found: Tile) -> list:
    """The pins that the site puts into a tile."""
    return json.loads(bench.plain_body(found.address)).get("pins", [])


def bare_pins(found: Tile) -> bytes:
    """The rows of a tile straight from the database, as JSON: what no tile can do without."""
    west, south, east, north = found.box
    # The names are constants of ours, the values are passed as parameters.
    sql = (
        f"SELECT {', '.join(COLUMNS)} FROM directory_listing "  # noqa: S608
        "WHERE live AND public_lat BETWEEN %s AND %s AND public_lng BETWEEN %s AND %s "
        "AND trading_state <> %s"
    )
    closed = Listing.Trading.CLOSED.value
    with connection.cursor() as cursor:
        cursor.execute(sql, [south, north, west, east, closed])
        return orjson.dumps(cursor.fetchall())


def clusters(bench: Bench) -> Iterator[Row]:
    """The SQL of a tile that is too full for pins."""
    title = "groupes d’une tuile trop pleine (SQL)"
    found = max(tiles(bench.engine, bench.size), key=lambda one: (one.points, one.zoom))
    if found.points <= MOST_PINS:
        yield Row("clusters", title, absent=f"aucune tuile n’a plus de {MOST_PINS} fiches")
        return
    if not bench.is_there(found.address):
        yield Row("clusters", title, absent="/carte/… n’est pas encore là")
        return
    noted = queries_of(bench.visitor, found.address)
    ours, page = bench.time(
        lambda: run_again(noted), lambda: bench.visitor.get(found.address), lambda: None
    )
    row = Row("clusters", title, ours)
    answer = json.loads(bench.plain_body(found.address))
    row.facts |= {"points": found.points, "clusters": len(answer.get("clusters", ()))}
    yield row.promise(at_most(20, ours.median, "ms"))
    row = bench.first_view("clusters-tile", "la même tuile, faite à neuf", [found.address])
    row.facts |= {"queries": len(noted)}
    yield row


def weight(bench: Bench) -> Iterator[Row]:
    """Bytes of a listing in the file that holds the whole directory of a territory."""
    title = "poids d’une fiche dans la tuile"
    found = complete_tile(bench, MOST_PINS)
    if not bench.is_there(found.address):
        yield Row("weight", title, absent="/carte/… n’est pas encore là")
        return
    body = bench.plain_body(found.address)
    number = max(1, len(pins(bench, found)))
    row = Row("weight", title)
    row.facts |= {
        "pins": number,
        "gzip": round(len(gzip.compress(body, 6, mtime=0)) / number, 1),
        "brotli": round(len(brotli.compress(body, quality=5)) / number, 1),
    }
    yield row.promise(at_most(30, row.facts["gzip"], "octets"))
