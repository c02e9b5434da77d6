"""Everything by keyboard, and one always sees where one is."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import LISTING, PAGES

MOST = 400
# The focused element, whether one sees that it is, and whether it lies in the window.
FOCUSED = """() => {
    const element = document.activeElement;
    if (element === document.body || element === document.documentElement) return null;
    const box = element.getBoundingClientRect();
    // A card's link fills its card, and the card wears the ring.
    const rings = [element, element.closest(".card, .story")].filter(Boolean).map(part => {
        const style = getComputedStyle(part);
        const told = ["rgb(27, 79, 138)", "rgb(255, 215, 106)"].includes(style.outlineColor);
        return told && style.outlineStyle === "solid" ? parseFloat(style.outlineWidth) : 0;
    });
    const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0 && box.height > 0;
    return {
        name: (element.innerText || element.name || element.id || "").trim().slice(0, 60),
        path: element.outerHTML.slice(0, 120),
        ring: Math.max(...rings),
        inside,
    };
}"""


def walk(page):
    """Press Tab from the beginning of the page to its end; return each stop."""
    stops = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            return stops
        stops.append(stop)
    raise AssertionError(f"no end after {MOST} stops: {stops[-3:]}")


@pytest.mark.parametrize("screen", ["phone", "desktop"])
@pytest.mark.parametrize(
    "name",
    [
        *("home", "search", "listing, full", "markets", "request", "404", "wall", "take down"),
        *("letter", "check", "signed badge, altered", "member's badge"),
    ],
)
def test_tab_walks_through_the_whole_page_and_always_shows_where_it_is(visitor, name, screen):
    page = visitor(PAGES[name], screen=screen)
    stops = walk(page)
    assert stops[0]["name"] == "Aller au contenu"
    assert len(stops) > 10
    unseen = [stop["path"] for stop in stops if stop["ring"] < 2 or not stop["inside"]]
    assert unseen == []
    repeated = [a["path"] for a, b in zip(stops, stops[1:], strict=False) if a == b]
    assert repeated == []


def test_backwards_leads_out_again(visitor):
    page = visitor(PAGES["search"])
    page.get_by_role("link", name="Zélie, fromages du Parc").focus()
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if page.evaluate(FOCUSED) is None:
            return
    raise AssertionError("caught")


def test_the_skip_link_leads_to_the_content(visitor):
    page = visitor("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"
    page.keyboard.press("Tab")
    inside = page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert inside


def test_the_menu_opens_with_enter_and_closes_with_escape(visitor):
    page = visitor("/")
    menu = page.get_by_role("navigation", name="Principal")
    expect(menu).to_be_hidden()
    button = page.get_by_role("button", name="Menu")
    button.focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#menu').contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()


def test_the_menu_of_a_telephone_opens_leads_on_and_closes(visitor):
    page = visitor("/")
    page.get_by_role("button", name="Menu").tap()
    menu = page.get_by_role("navigation", name="Principal")
    page.get_by_role("button", name="Fermer").tap()
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Menu").tap()
    menu.get_by_role("link", name="Communes").tap()
    page.wait_for_url("**/annuaire/commune/")
    expect(page.get_by_role("navigation", name="Principal")).to_be_hidden()


def test_a_big_screen_shows_the_menu_without_a_button(visitor):
    page = visitor("/", screen="desktop")
    expect(page.get_by_role("navigation", name="Principal")).to_be_visible()
    expect(page.get_by_role("button", name="Menu")).to_be_hidden()


def test_a_search_a_filter_and_a_listing_without_a_mouse(visitor):
    page = visitor("/")
    page.get_by_label("Que cherchez-vous ?").focus()
    page.keyboard.type("fromage")
    page.keyboard.press("Tab")
    page.keyboard.type("Rambouillet")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=fromage**")

    distance = page.locator("summary.chip", has_text="km")
    distance.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    while "50 km" not in page.evaluate(FOCUSED)["name"]:
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**rayon=50**")

    for _ in range(60):
        page.keyboard.press("Tab")
        if "Zélie" in page.evaluate(FOCUSED)["name"]:
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/annuaire/fiche/zelie-fromages-du-parc/")
    expect(page.get_by_role("link", name="Appeler")).to_be_visible()


def test_after_an_anchor_in_the_errors_typing_goes_into_the_field(visitor):
    page = visitor(f"{LISTING}retirer/")
    page.get_by_role("button", name="Demander le retrait").click()
    page.get_by_role("alert").get_by_role("link").first.focus()
    page.keyboard.press("Enter")
    why = page.get_by_label("Pourquoi, et qui vous êtes")
    expect(why).to_be_focused()
    page.keyboard.type("Bonjour")
    expect(why).to_have_value("Bonjour")
