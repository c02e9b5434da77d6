"""Which listings could be the one that a row speaks of: same name, and near or in one street."""

from collections.abc import Iterator
from dataclasses import dataclass

from directory.geometry import distance_km
from directory.importing.keys import fold, street_key
from directory.importing.points import Point
from directory.models import Listing

NEAR_KM = 0.1
# Cells of a hundredth of a degree (about 1 km); a point this close to a border counts to both.
CELL, MARGIN = 0.01, 0.0015


@dataclass(slots=True, frozen=True)
class Place:
    """What two listings of the same (folded) name are compared by."""

    postal_code: str
    street: str
    point: Point | None
    name: str = ""

    def is_same(self, other: "Place") -> bool:
        """Within 100 m or in the same street; or of one postal code where one has neither."""
        if self.point and other.point and distance_km(*self.point, *other.point) <= NEAR_KM:
            return True
        if not self.postal_code or self.postal_code != other.postal_code:
            return False
        mine, theirs = street_key(self.street), street_key(other.street)
        if mine and theirs:
            return mine == theirs
        return not (self.point and other.point)


class NameIndex:
    """Listings' ids by name and postal code, and by name and cell of the map.

    Only hashes are kept: about 25 MB for 200,000 listings.
    """

    def __init__(self):
        self.ids: dict[int, tuple[int, ...]] = {}
        rows = Listing.objects.values_list("pk", "name", "postal_code", "lat", "lng")
        for pk, name, postal_code, lat, lng in rows.iterator():
            self.add(pk, name, postal_code, None if lat is None else (lat, lng))

    def add(self, pk: int, name: str, postal_code: str, point: Point | None) -> None:
        """Remember a listing under its name."""
        folded = fold(name)
        keys = [hash((folded, postal_code))]
        if point:
            keys.append(hash((folded, int(point[0] // CELL), int(point[1] // CELL))))
        for key in keys:
            known = self.ids.get(key, ())
            if pk not in known:
                self.ids[key] = (*known, pk)

    def candidates(self, name: str, postal_code: str, point: Point | None) -> list[int]:
        """The ids of listings of this name, in the same postal code or about there."""
        folded = fold(name)
        keys = {hash((folded, postal_code))} | {
            hash((folded, *cell)) for cell in _cells(point) if point
        }
        return sorted({pk for key in keys for pk in self.ids.get(key, ())})


def _cells(point: Point | None) -> Iterator[tuple[int, int]]:
    if point is None:
        return
    for lat in (point[0] - MARGIN, point[0] + MARGIN):
        for lng in (point[1] - MARGIN, point[1] + MARGIN):
            yield int(lat // CELL), int(lng // CELL)
