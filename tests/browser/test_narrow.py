"""Nothing sticks out sideways: a small telephone, a big screen at 200 %, large letters."""

import pytest

from tests.browser.pages import LISTING, PAGES

WIDTHS = {"320 px": (320, 640), "1440 px at 200 %": (720, 450), "390 px": (390, 844)}
# Elements that stick out to the right, those inside a box that scrolls by itself left aside.
STICKING_OUT = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.body.querySelectorAll("*")]
        .filter(element => element.getBoundingClientRect().right > width + 1)
        .map(element => `${element.tagName}.${element.className.baseVal ?? element.className}`)
        .slice(0, 10);
}"""


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways(visitor, width):
    page = visitor("/", screen="desktop")
    page.set_viewport_size(dict(zip(("width", "height"), WIDTHS[width], strict=True)))
    for name, path in PAGES.items():
        page.goto(path)
        assert page.evaluate(STICKING_OUT) == [], name


def test_letters_of_twice_the_size_still_fit_a_tablet(visitor):
    page = visitor("/", screen="desktop")
    page.set_viewport_size({"width": 768, "height": 1024})
    for name, path in PAGES.items():
        page.goto(path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate(STICKING_OUT) == [], name


def test_what_is_touched_is_large_enough(visitor):
    page = visitor("/")
    for path in ("/", PAGES["search"], LISTING, PAGES["request"]):
        page.goto(path)
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, summary, select, a.button, a.chip, "
                + "input:not([type=hidden], [type=checkbox], [tabindex='-1'])")]
                .filter(element => element.checkVisibility())
                .map(element => [element.outerHTML.slice(0, 90), element.getBoundingClientRect()])
                .filter(([, box]) => box.width && (box.height < 43.5 || box.width < 43.5))
                .map(([html, box]) => `${box.width}×${box.height} ${html}`)"""
        )
        assert small == [], path
