"""The directory as one file: the tile that holds every listing of the map."""

from django.db.models import Max, Min
from django.urls import reverse

from directory.models import Listing
from directory.tiles import mercator
from home.versions import remembered


def whole_tile() -> mercator.Tile:
    """The deepest tile with all listings of the map; the whole world's where there is none."""
    ends = Listing.objects.on_map().aggregate(first=Min("cell"), last=Max("cell"))
    if ends["first"] is None:
        return mercator.Tile(0, 0, 0)
    return mercator.common_tile(ends["first"], ends["last"])


def address() -> str:
    """Where that tile is found; over 5,000 listings it is only a summary."""
    tile = remembered("whole tile", whole_tile)
    return reverse("map_tile", args=[tile.z, tile.x, tile.y])
