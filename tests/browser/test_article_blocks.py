"""An article's blocks in front of a reader: by key, by finger, without scripts, on paper."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_axe import violations
from tests.browser.test_weight import SHIFTS, WATCH_SHIFTS

ARTICLE = "/magazines/le-cahier/tous-les-blocs/"
HOSTILE = "/magazines/le-cahier/textes-hostiles/"
PLACE = ".gallery-steps output"
SEEN = """strip => [...strip.children].findIndex(slide =>
    Math.abs(slide.getBoundingClientRect().left - strip.getBoundingClientRect().left) < 4)"""
PLAYER = "https://www.youtube-nocookie.com/"


def settled(page, number):
    """Wait until the gallery shows this photo, counted from 1."""
    page.wait_for_function(
        f"number => ({SEEN})(document.querySelector('.gallery-strip')) === number - 1", arg=number
    )


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_the_gallery_goes_by_buttons_and_keys(visitor, screen):
    page = visitor(ARTICLE, screen=screen)
    page.locator(PLACE).scroll_into_view_if_needed()
    expect(page.locator(PLACE)).to_have_text("1 sur 3", use_inner_text=True)
    page.get_by_role("button", name="Photo suivante").click()
    settled(page, 2)
    expect(page.locator(PLACE)).to_have_text("2 sur 3", use_inner_text=True)
    page.locator(".gallery-strip").focus()
    for key, number in [("ArrowRight", 3), ("ArrowRight", 3), ("Home", 1), ("End", 3)]:
        page.keyboard.press(key)
        settled(page, number)
        expect(page.locator(PLACE)).to_have_text(f"{number} sur 3", use_inner_text=True)
    top = page.evaluate("scrollY")
    page.get_by_role("button", name="Photo précédente").click()
    settled(page, 2)
    assert page.evaluate("scrollY") == top


def test_a_finger_moves_the_gallery_and_the_position_follows(visitor):
    page = visitor(ARTICLE)
    strip = page.locator(".gallery-strip")
    strip.scroll_into_view_if_needed()
    # Photos above come as they are scrolled by; only then the strip stays where it is.
    page.wait_for_load_state("networkidle")
    strip.scroll_into_view_if_needed()
    box = strip.bounding_box()
    touch = page.context.new_cdp_session(page)

    def finger(kind, share=None):
        spot = {"x": box["x"] + box["width"] * share, "y": box["y"] + 60} if share else None
        touch.send(
            "Input.dispatchTouchEvent",
            {"type": f"touch{kind}", "touchPoints": [spot] if spot else []},
        )

    finger("Start", 0.9)
    for step in range(8, 1, -1):
        finger("Move", step / 10)
    finger("End")
    settled(page, 2)
    page.wait_for_function(f"document.querySelector('{PLACE}').textContent === '2 sur 3'")


def test_without_scripts_everything_is_there(visitor):
    page = visitor(ARTICLE, java_script_enabled=False)
    expect(page.locator(".gallery-steps")).to_have_count(0)
    page.locator(".gallery-links a").nth(2).click()
    left, right = (
        page.locator(name).bounding_box()["x"]
        for name in (".gallery-strip", ".gallery-strip > li:nth-child(3)")
    )
    assert abs(left - right) < 4
    expect(page.locator("#adresses [data-listing]")).to_have_count(3)
    expect(page.locator("listing-map")).to_be_hidden()
    link = page.locator("a.embed-box")
    assert link.get_attribute("href").startswith("https://www.youtube.com/watch")


def test_a_player_is_asked_nothing_before_a_click(browser, site):
    context = browser.new_context(base_url=site.url, viewport={"width": 1440, "height": 900})
    asked = []

    def answer(route):
        asked.append(route.request)
        route.fulfill(body="<p>lecteur</p>", content_type="text/html")

    context.route(lambda url: not url.startswith(site.url), answer)
    page = context.new_page()
    page.goto(ARTICLE, wait_until="networkidle")
    page.mouse.wheel(0, 20_000)
    page.wait_for_load_state("networkidle")
    assert asked == []
    page.locator("a.embed-box").focus()
    page.keyboard.press("Enter")
    page.frame_locator(".embed iframe").get_by_text("lecteur").wait_for()
    assert [one.url.startswith(PLAYER) for one in asked] == [True]
    frame = page.locator(".embed iframe")
    assert "allow-top-navigation" not in frame.get_attribute("sandbox")
    expect(frame).to_have_attribute("title", "Le façonnage")
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    # A frame of any other host is refused by the page's own policy.
    with page.expect_console_message(lambda message: "frame-src" in message.text):
        page.evaluate("document.body.append(document.createElement('iframe'))")
        page.evaluate("document.body.lastChild.src = 'https://evil.example/'")
    assert len(asked) == 1
    context.close()


def test_the_map_shows_the_listings_beside_it(visitor):
    page = visitor(ARTICLE, screen="desktop")
    page.locator("listing-map").scroll_into_view_if_needed()
    page.locator("listing-map .pin, listing-map [class*=pin]").first.wait_for()
    expect(page.locator("#adresses [data-listing]")).to_have_count(3)


def test_no_hostile_text_calls_alert(visitor):
    page = visitor("/sante/")
    page.add_init_script(
        "window.calls = 0; for (const name of ['alert', 'confirm', 'prompt', 'print'])"
        " window[name] = () => { calls += 1; };"
    )
    page.goto(HOSTILE, wait_until="networkidle")
    # Whatever waits for the mouse, a focus or a click inside of the texts.
    page.evaluate(
        """() => { for (const part of document.querySelectorAll(".blocks *"))
            for (const kind of ["mouseover", "focus", "toggle", "load", "error", "pointerenter"])
                part.dispatchEvent(new Event(kind)); }"""
    )
    page.wait_for_timeout(500)
    assert page.evaluate("calls") == 0
    found = page.evaluate(
        """() => [...document.querySelectorAll(".blocks *")].flatMap((part) =>
            [...part.attributes].filter(({ name }) => name.startsWith("on") || name === "style")
                .map(({ name }) => `${part.tagName} ${name}`))"""
    )
    assert found == []
    foreign = ".blocks :is(iframe, object, embed, form, input, style, link, meta, base, math)"
    assert page.locator(foreign).count() == 0
    running = '.blocks script:not([type="application/ld+json"])'
    assert page.locator(running).count() == 0
    assert page.title().startswith("Textes hostiles")


def test_axe_finds_nothing(visitor):
    page = visitor(ARTICLE, reduced_motion="reduce")
    assert violations(page) == ""


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_nothing_jumps_and_nothing_is_wider_than_the_screen(visitor, screen):
    page = visitor("/sante/", screen=screen)
    page.add_init_script(WATCH_SHIFTS)
    page.goto(ARTICLE, wait_until="networkidle")
    for _ in range(8):
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(100)
    assert page.evaluate(SHIFTS) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_paper_there_is_the_recipe_and_no_dead_player(visitor):
    page = visitor(ARTICLE, screen="desktop", color_scheme="dark")
    page.emulate_media(media="print")
    for shown in (".recipe-steps", ".recipe-ingredients", ".practical", "table", "#adresses"):
        assert page.locator(shown).first.is_visible(), shown
    expect(page.locator(".gallery-strip img").last).to_be_visible()
    for hidden in ("listing-map", ".gallery-steps", ".gallery-links", ".embed .photo"):
        seen = [part for part in page.locator(hidden).all() if part.is_visible()]
        assert seen == [], hidden
    after = "part => getComputedStyle(part, '::after').content"
    assert "youtube.com" in page.locator(".embed-box").evaluate(after)
