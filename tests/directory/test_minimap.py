"""The little map of a listing: a drawing without tiles, scripts or style attributes."""

import re
import xml.etree.ElementTree as ET

import pytest
from django.template.loader import render_to_string

from directory.places.minimap import minimap

RAMBOUILLET = (48.6452, 1.8297, "78517")
SAINT_ARNOULT = (48.5713, 1.9401, "78537")


def drawn(context):
    markup = render_to_string("directory/_minimap.html", {"map": context})
    return markup, ET.fromstring(markup)  # noqa: S314 -- our own markup


def texts(context):
    return [name.text for name in context["names"]]


def test_a_listing_is_drawn_in_its_commune_with_names_around():
    context = minimap(*RAMBOUILLET, approximate=False)
    markup, svg = drawn(context)
    assert context["here"]
    assert texts(context)[0] == "Rambouillet"
    assert "Gazeran" in texts(context)
    assert svg.get("role") == "img"
    assert "Rambouillet" in markup.partition("</title>")[0]
    assert "2 km" in markup
    assert "style=" not in markup
    assert len(markup) < 8_000


def test_a_hidden_address_gets_a_circle_and_no_pin():
    markup, _ = drawn(minimap(*SAINT_ARNOULT, approximate=True))
    assert "minimap-around" in markup
    assert "minimap-pin" not in markup


def test_paths_hold_whole_numbers_only():
    context = minimap(*SAINT_ARNOULT)
    for path in [*context["communes"], context["here"]]:
        assert re.fullmatch(r"(?:M-?\d+ ?-?\d+l[-\d ]+z)+", path)


def test_names_do_not_overlap():
    for place in [RAMBOUILLET, SAINT_ARNOULT, (48.8569, 2.32, "75107")]:
        names = minimap(*place)["names"]
        boxes = [
            (n.x - len(n.text) * 3.6, n.y - 10, n.x + len(n.text) * 3.6, n.y + 3) for n in names
        ]
        for i, (left, top, right, bottom) in enumerate(boxes):
            for other in boxes[i + 1 :]:
                assert (
                    right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
                )


def test_an_unknown_commune_is_drawn_without_highlight():
    context = minimap(48.6452, 1.8297, "")
    assert context["here"] == ""
    assert "Gazeran" in texts(context)


@pytest.mark.parametrize(
    "point", [(45.76, 4.84), (0, 0), (float("nan"), 1.8), (90, 0), (-90, 180), (1e300, 1e300)]
)
def test_there_is_no_map_where_the_contours_do_not_reach(point):
    assert minimap(*point, "78517") is None
