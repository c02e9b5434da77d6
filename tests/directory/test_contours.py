"""Contours: what is packed comes out again, borders stay shared, points find their commune."""

import gzip
import json

from hypothesis import given
from hypothesis import strategies as st

from directory.places import contours
from directory.places.communes import CONTOURS, bundled_contours
from directory.places.town_halls import Ground

coordinates = st.integers(-1_800_000, 1_800_000)
near = st.integers(0, 6)


def closed(points):
    return [*points, points[0]]


def rings(numbers):
    loops = st.lists(st.tuples(numbers, numbers), min_size=3, max_size=12, unique=True)
    return st.lists(loops.map(closed), min_size=1, max_size=3)


def turned(ring):
    """The ring from its smallest point on, so that rings compare whatever their start."""
    loop = ring[:-1]
    start = min(range(len(loop)), key=lambda i: loop[i:] + loop[:i])
    return loop[start:] + loop[:start]


def unpacked(shapes):
    arcs, references = contours.encode(shapes)
    return contours.decode(json.loads(json.dumps(arcs)), json.loads(json.dumps(references)))


@given(st.dictionaries(st.sampled_from("abcd"), rings(coordinates), min_size=1))
def test_what_is_encoded_is_decoded(shapes):
    found = unpacked(shapes)
    for owner, loops in shapes.items():
        assert [turned(ring) for ring in found[owner]] == [turned(ring) for ring in loops]


@given(st.dictionaries(st.sampled_from("abcd"), rings(near), min_size=2))
def test_shapes_that_share_many_borders_are_decoded_too(shapes):
    found = unpacked(shapes)
    for owner, loops in shapes.items():
        assert [turned(ring) for ring in found[owner]] == [turned(ring) for ring in loops]


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_degrees_are_rounded_to_a_ten_thousandth(lng, lat):
    geometry = {
        "type": "Polygon",
        "coordinates": [[[lng, lat], [lng + 1, lat], [lng, lat + 1], [lng, lat]]],
    }
    (ring,) = contours.rings_of(geometry)
    assert ring[0] == (round(lng * 10_000), round(lat * 10_000))


def square(x, y, size=10):
    return closed([(x, y), (x + size, y), (x + size, y + size), (x, y + size)])


def test_a_shared_border_is_stored_once():
    arcs, references = contours.encode({"west": [square(0, 0)], "east": [square(10, 0)]})
    assert len(arcs) == 3
    shared = {abs(n + 1) if n < 0 else n for n in references["west"][0]} & {
        abs(n + 1) if n < 0 else n for n in references["east"][0]
    }
    assert len(shared) == 1


def test_the_outline_of_neighbours_has_no_inner_border():
    (ring,) = contours.outline([[square(0, 0)], [square(10, 0)]])
    assert abs(contours.area(ring)) == 200
    assert len(ring) == 7


def test_a_line_is_thinned_within_the_tolerance():
    line = [(0, 0), (10, 1), (20, 0), (30, 9), (40, 0)]
    assert contours.simplify(line, 2) == [(0, 0), (20, 0), (30, 9), (40, 0)]


def test_a_hole_is_outside():
    rings_with_hole = [square(0, 0, 30), square(10, 10, 10)]
    assert contours.inside(rings_with_hole, 5, 5)
    assert not contours.inside(rings_with_hole, 15, 15)


def test_the_middle_of_a_bent_shape_lies_inside():
    bent = closed([(0, 0), (40, 0), (40, 40), (0, 40), (0, 38), (36, 38), (36, 2), (0, 2)])
    assert contours.inside([bent], *contours.middle_of([bent]))


def test_the_shipped_contours_are_small_and_name_their_source():
    raw = CONTOURS.read_bytes()
    assert len(gzip.compress(raw, 9)) < 60_000
    assert "IGN, INSEE, La Poste, DILA — Licence Ouverte 2.0" in raw.decode()


def test_a_town_hall_lies_in_its_own_commune():
    communes, departments = bundled_contours()
    for commune in communes:
        x, y = commune.label
        point = y / contours.SCALE, x / contours.SCALE
        assert Ground(commune.rings, point).holds(point), commune.name
    assert {"78", "91", "28", "75"} <= {department.code for department in departments}


def test_points_find_their_commune():
    communes, _ = bundled_contours()
    assert contours.point_in_commune(communes, 48.6452, 1.8197).name == "Rambouillet"
    assert contours.point_in_commune(communes, 48.8569, 2.3200).code == "75107"
    assert contours.point_in_commune(communes, 0, 0) is None
