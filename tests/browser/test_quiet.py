"""Pages that load without an error, on both screens, and that keep still."""

from tests.browser.pages import PAGES


def test_no_page_writes_an_error_or_misses_a_file(visitor):
    # What the pages do is watched by `visitor`, which fails after the test; the big screen's
    # turn is in test_narrow.py.
    page = visitor("/sante/")
    for name, path in PAGES.items():
        answer = page.goto(path)
        assert answer.status < 500, name
        assert page.evaluate("document.getAnimations().length") == 0, name


def test_no_page_takes_anything_from_elsewhere_or_leaves_a_cookie(visitor):
    page = visitor("/")
    for path in (PAGES["search"], PAGES["listing, full"], PAGES["commune"], PAGES["plain page"]):
        page.goto(path)
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_who_wants_less_motion_gets_none(visitor):
    page = visitor("/", reduced_motion="reduce")
    for path in (PAGES["home"], PAGES["search"], PAGES["listing, full"]):
        page.goto(path)
        moving = page.evaluate(
            """() => [...document.querySelectorAll("*")].filter(element => {
                const style = getComputedStyle(element);
                return style.transitionDuration.split(", ").some(time => parseFloat(time) > 0)
                    || style.animationName !== "none" || style.scrollBehavior === "smooth";
            }).length"""
        )
        assert moving == 0, path
