"""Nothing sticks out sideways: a small telephone, a big screen at 200 %, large letters."""

from tests.browser.pages import LISTING, PAGES

# The smallest telephone, a usual one, and a big screen at 200 %.
SIZES = [(320, 640), (390, 844), (720, 450)]
# Elements that stick out to the right, those inside a box that scrolls by itself left aside.
STICKING_OUT = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.body.querySelectorAll("*")]
        .filter(element => element.getBoundingClientRect().right > width + 1)
        .map(element => `${element.tagName}.${element.className.baseVal ?? element.className}`)
        .slice(0, 10);
}"""


def test_no_page_scrolls_sideways(visitor):
    page = visitor("/", screen="desktop")
    for name, path in PAGES.items():
        page.goto(path)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(STICKING_OUT) == [], (name, width)


def test_letters_of_twice_the_size_still_fit_a_tablet(visitor):
    page = visitor("/", screen="desktop")
    page.set_viewport_size({"width": 768, "height": 1024})
    # As in the browser's own settings: widths in rem, in media queries too, follow.
    settings = {"fontSizes": {"standard": 32, "fixed": 26}}
    page.context.new_cdp_session(page).send("Page.setFontSizes", settings)
    for name in ("home", "search", "listing, full", "commune", "markets", "request", "plain page"):
        page.goto(PAGES[name])
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        assert page.evaluate(STICKING_OUT) == [], name


def test_the_site_s_name_takes_two_lines_on_the_smallest_telephone(visitor):
    page = visitor("/annuaire/")
    page.set_viewport_size({"width": 320, "height": 640})
    lines = (
        "one => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight)"
    )
    assert page.locator(".masthead .brand-words").evaluate(lines) < 2.5


def test_what_is_touched_is_large_enough(visitor):
    page = visitor("/")
    for path in ("/", PAGES["search"], LISTING, PAGES["markets"], PAGES["request"]):
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
