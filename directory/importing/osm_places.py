"""Where an OpenStreetMap element is: its own point, its centre, or the middle of its shape."""

from collections.abc import Iterable

Point = tuple[float, float]
MAX_NODES = 2_000  # OpenStreetMap's own limit for a way


class Places:
    """Nodes and ways that are only referred to, looked up in the file itself.

    Relations refer to ways and ways to nodes, so that two rounds find everything.
    """

    def __init__(self):
        self.nodes: dict[int, Point | None] = {}
        self.ways: dict[int, list[int]] = {}
        self.wanted = False

    def want(self, elements: Iterable[dict]) -> None:
        """Remember what these elements refer to."""
        for element in elements:
            self._want_nodes(_refs(element.get("nodes")))
            for member in _members(element):
                if member.get("type") == "way" and _is_id(member.get("ref")):
                    self.ways.setdefault(member["ref"], [])
                    self.wanted = True
                elif member.get("type") == "node":
                    self._want_nodes(_refs([member.get("ref")]))

    def _want_nodes(self, refs: list[int]) -> None:
        for ref in refs:
            self.wanted = self.wanted or ref not in self.nodes
            self.nodes.setdefault(ref, None)

    def look_up(self, elements: Iterable[object]) -> None:
        """Go through the file once; `wanted` says whether another round is needed."""
        self.wanted = False
        for element in elements:
            if not isinstance(element, dict) or not _is_id(number := element.get("id")):
                continue
            if element.get("type") == "node" and number in self.nodes:
                self.nodes[number] = _pair(element) or self.nodes[number]
            elif element.get("type") == "way" and self.ways.get(number) == []:
                self.ways[number] = _refs(element.get("nodes"))
                self._want_nodes(self.ways[number])


def middle(element: dict, places: Places | None) -> Point | None:
    """Latitude and longitude in degrees, or None where nothing says it.

    Without `places`, only what the element itself says.
    """
    for own in (element, element.get("center")):
        if point := _pair(own):
            return point
    bounds = element.get("bounds")
    if isinstance(bounds, dict):
        corners = [
            {"lat": bounds.get("minlat"), "lon": bounds.get("minlon")},
            {"lat": bounds.get("maxlat"), "lon": bounds.get("maxlon")},
        ]
        if all(map(_pair, corners)):
            return _middle_of(map(_pair, corners))
    return _middle_of(_positions(element, places))


def _positions(element: dict, places: Places | None) -> Iterable[Point | None]:
    """All positions of a shape, of its members too."""
    for part in (element, *_members(element)):
        yield _pair(part)
        yield from map(_pair, _list(part.get("geometry"))[:MAX_NODES])
        if places:
            refs = _refs(part.get("nodes"))
            ref = part.get("ref")
            if part.get("type") == "node" and _is_id(ref):
                refs = [ref]
            elif part.get("type") == "way" and _is_id(ref):
                refs = places.ways.get(ref, [])
            yield from (places.nodes.get(node) for node in refs)


def _middle_of(points: Iterable[Point | None]) -> Point | None:
    """The middle of the frame around these points."""
    known = [point for point in points if point]
    if not known:
        return None
    lats, lngs = zip(*known, strict=True)
    return (min(lats) + max(lats)) / 2, (min(lngs) + max(lngs)) / 2


def _members(element: dict) -> list[dict]:
    return [m for m in _list(element.get("members"))[:MAX_NODES] if isinstance(m, dict)]


def _refs(value: object) -> list[int]:
    return [ref for ref in _list(value)[:MAX_NODES] if _is_id(ref)]


def _list(value: object) -> list:
    return value if isinstance(value, list) else []


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _pair(value: object) -> Point | None:
    """The point of {"lat": …, "lon": …}; NaN and what lies off the globe is none."""
    if not isinstance(value, dict):
        return None
    lat, lng = value.get("lat"), value.get("lon")
    if not (_is_degree(lat, 90) and _is_degree(lng, 180)):
        return None
    return float(lat), float(lng)


def _is_degree(value: object, most: int) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -most <= value <= most
