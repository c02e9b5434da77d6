"""A tile with more listings than a browser should hold: how many there are, and where."""

from django.db.models import Count, F, QuerySet, Sum

from directory.models import Listing, MapCell
from directory.tiles.mercator import CODE_ZOOM, Tile
from directory.tiles.triggers import ZOOMS
from home.prepared import Prepared

MOST_PINS = 5000
# A tile has 16 × 16 clusters at most.
DEPTH = 4
# The counted cells add up millionths of a degree.
UNIT = 1_000_000
COUNTS = Prepared(
    lambda zoom, first, last: (
        MapCell.objects.filter(zoom=zoom, code__range=(first, last))
        .order_by()
        .values("zoom")
        .annotate(total=Sum("count"))
        .values_list("total")
    )
)


def is_complete(tile: Tile) -> bool:
    """Whether the tile has few enough listings to show each."""
    zoom = counted_zoom(tile.z)
    if zoom is None:
        # The engine stops counting beyond.
        some = Listing.objects.on_map().in_tile(tile).order_by()[: MOST_PINS + 1]
        return some.count() <= MOST_PINS
    return sum(count for (count,) in COUNTS.rows(zoom, *tile.cells(zoom))) <= MOST_PINS


def clusters(tile: Tile) -> list[tuple[float, float, int]]:
    """[(lat, lng, count)]: the tile's clusters, each in the middle of its listings."""
    fine = tile.z + DEPTH
    zoom = counted_zoom(fine)
    if zoom is None:
        unit, here = 1, Listing.objects.on_map().in_tile(tile)
        sums = grouped(here, "cell", CODE_ZOOM - fine).annotate(
            total=Count("pk"), lat=Sum("public_lat"), lng=Sum("public_lng")
        )
    else:
        unit, here = UNIT, MapCell.objects.filter(zoom=zoom, code__range=tile.cells(zoom))
        sums = grouped(here, "code", zoom - fine).annotate(
            total=Sum("count"), lat=Sum("lat_sum"), lng=Sum("lng_sum")
        )
    return [
        (round(float(lat) / unit / total, 5), round(float(lng) / unit / total, 5), total)
        for lat, lng, total in sums.values_list("lat", "lng", "total")
    ]


def counted_zoom(at_least: int) -> int | None:
    """The coarsest zoom whose cells are counted and small enough; None: count the listings."""
    return next((zoom for zoom in ZOOMS if zoom >= at_least), None)


def grouped(rows: QuerySet, column: str, zooms: int) -> QuerySet:
    """Rows grouped into cells that many zooms coarser, in order."""
    coarse = F(column).bitrightshift(2 * zooms)
    return rows.annotate(coarse=coarse).values("coarse").order_by("coarse")
