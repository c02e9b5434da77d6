"""The map of a search: on a telephone and beside the list, by finger and by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import GROUND
from tests.browser.test_searching import slugs

AROUND = "/annuaire/?ou=Rambouillet&rayon=50"
CHEESE = "/annuaire/?ou=Rambouillet&rayon=50&categorie=fromager-fermier"
ON_MAP = f"{CHEESE}&vue=carte"
# Chooses whatever stands on the map by itself; the cast stands at five places, far apart.
PIN, CLUSTER, CHOSEN = ".pin", ".cluster", ".pin.is-chosen"
FOCUSED = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"


def names(page, what=PIN):
    """How the buttons of the map are called, in the order in which Tab goes through them."""
    return [button.get_attribute("aria-label") for button in page.locator(what).all()]


def drawn(page, count, what=PIN):
    """Wait for so many of them."""
    page.wait_for_function(
        "([what, count]) => document.querySelectorAll(what).length === count", arg=[what, count]
    )


def settled(page):
    """Wait until our own pins are there, and not only those of the list's page."""
    page.wait_for_function("() => document.querySelector('listing-map').view?.found.tiled")


def test_from_a_search_to_a_shop_and_to_the_next(visitor):
    page = visitor(CHEESE)
    expect(page.locator("listing-map")).to_be_hidden()
    page.get_by_role("link", name="Carte (4)").click()
    page.wait_for_url("**vue=carte**")
    drawn(page, 4)
    expect(page.locator(".search-list .cards")).to_be_hidden()
    assert page.get_by_role("status").filter(has_text="4 adresses sur la carte").count() == 1
    assert names(page)[0] == "Zélie, fromages du Parc, Fromager fermier, ouvert"

    page.locator(PIN).first.click()
    sheet = page.get_by_role("region", name="Adresse choisie")
    expect(sheet.get_by_role("link", name="Zélie, fromages du Parc")).to_be_visible()
    assert sheet.get_by_role("link", name="Appeler").get_attribute("href") == "tel:0639981107"
    assert "1/4" in sheet.inner_text().replace("\n", "")
    sheet.get_by_role("button", name="Adresse suivante").click()
    expect(sheet.get_by_role("link", name="Yourtes et Tommes")).to_be_visible()
    assert "2/4" in sheet.inner_text().replace("\n", "")
    assert page.url.endswith("/yourtes-et-tommes")

    page.reload()
    sheet.get_by_role("link", name="Yourtes et Tommes").wait_for()
    sheet.get_by_role("link", name="Yourtes et Tommes").click()
    page.wait_for_url("**/annuaire/fiche/yourtes-et-tommes/")
    page.go_back()
    sheet.get_by_role("link", name="Yourtes et Tommes").wait_for()
    page.get_by_role("link", name="Liste", exact=True).click()
    expect(page.locator(".search-list .cards")).to_be_visible()
    assert "vue=" not in page.url


def test_a_finger_that_goes_sideways_brings_the_next_one(visitor):
    page = visitor(ON_MAP)
    drawn(page, 4)
    page.locator(PIN).first.click()
    box = page.locator(".sheet-card").bounding_box()
    y = box["y"] + 40
    touch = page.context.new_cdp_session(page)
    for kind, points in (
        ("touchStart", [{"x": 300, "y": y}]),
        ("touchMove", [{"x": 200, "y": y}]),
        ("touchMove", [{"x": 120, "y": y}]),
        ("touchEnd", []),
    ):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.locator(".sheet").get_by_role("link", name="Yourtes et Tommes").wait_for()


def test_groups_open_into_shops_and_the_list_follows(visitor):
    page = visitor(f"{AROUND}&vue=carte")
    settled(page)
    group = page.get_by_role("button", name=re.compile("Groupe de 24 adresses|24 adresses au même"))
    group.wait_for()
    # All at one place: no zooming would part them, so they are gone through one by one.
    group.click()
    sheet = page.get_by_role("region", name="Adresse choisie")
    assert "1/24" in sheet.inner_text().replace("\n", "")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()

    with page.expect_response(re.compile("bbox=")) as followed:
        page.get_by_role("button", name=re.compile("Agrandir")).click()
    assert followed.value.ok
    page.wait_for_url("**bbox=**")
    page.wait_for_function(
        """() => document.querySelector(".count").textContent
            === String(document.querySelector("listing-map").view.pins.length)"""
    )
    assert page.get_by_role("link", name="Sur la carte").count() == 1


def test_a_filter_is_answered_here_and_the_list_stays_in_step(visitor):
    page = visitor(ON_MAP)
    settled(page)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate(
        """() => {
            const view = document.querySelector("listing-map").view;
            const show = view.show.bind(view);
            view.show = (search) => {
                const begun = performance.now();
                show(search);
                window.took = performance.now() - begun;
                window.atOnce = view.pins.length;
            };
        }"""
    )
    page.get_by_role("link", name="Ouvert", exact=True).click()
    assert page.evaluate("atOnce") == 2
    page.get_by_role("link", name="Ouvert retirer").wait_for()
    assert not [url for url in asked if "/carte/" in url or "/api/" in url]
    assert "ouvert=1" in page.url and "vue=carte" in page.url
    assert page.get_by_role("heading", level=1).inner_text().startswith("2 adresses ouvertes")
    assert [name.split(",")[0] for name in names(page)] == ["Zélie", "Au Bon Caillé"]
    # A measure, not a promise: machines differ.
    print(f"filter: {page.evaluate('took'):.1f} ms")

    page.go_back()
    drawn(page, 4)
    page.get_by_role("heading", name="4 adresses").wait_for()
    assert "ouvert" not in page.url


def test_without_an_answer_of_the_server_a_filter_goes_the_usual_way(visitor):
    page = visitor(ON_MAP)
    settled(page)
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('away')); }")
    with page.expect_navigation():
        page.get_by_role("link", name="Ouvert", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("2 adresses ouvertes")


def test_without_background_the_communes_are_drawn_until_it_comes_back(visitor):
    page = visitor("/sante/")
    page.context.route(f"**{GROUND}**", lambda route: route.abort())
    page.goto(ON_MAP)
    drawn(page, 4)
    page.locator('listing-map[data-ground="contours"] .map-contours canvas').first.wait_for()
    credit = page.locator(".leaflet-control-attribution").inner_text()
    assert "IGN, INSEE, La Poste, DILA" in credit and "Plan IGN" not in credit

    page.context.unroute(f"**{GROUND}**")
    page.evaluate("document.querySelector('listing-map').view.stage.ground.begun = 0")
    page.get_by_role("button", name=re.compile("Agrandir")).click()
    page.locator("listing-map:not([data-ground])").wait_for()
    expect(page.locator(".leaflet-control-attribution")).to_contain_text(
        "Plan IGN", use_inner_text=True
    )


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_without_javascript_the_list_is_complete_and_nothing_is_dead(visitor, screen):
    page = visitor(ON_MAP, screen=screen, java_script_enabled=False)
    assert len(slugs(page)) == 4
    expect(page.locator(".search-list .cards")).to_be_visible()
    expect(page.locator("listing-map")).to_be_hidden()
    expect(page.locator(".view-switch")).to_be_hidden()


def test_on_a_big_screen_list_and_map_point_at_each_other(visitor):
    page = visitor(CHEESE, screen="desktop")
    drawn(page, 4)
    page.locator('[data-listing="au-bon-caille"]').hover()
    page.locator(".pin.is-hovered").wait_for()
    assert page.locator(".pin.is-hovered").get_attribute("aria-label").startswith("Au Bon Caillé")
    page.locator(PIN).nth(1).click()
    page.locator('[data-listing="yourtes-et-tommes"][data-chosen]').wait_for()


def test_the_page_scrolls_where_the_wheel_turns_over_the_map(visitor):
    page = visitor(AROUND, screen="desktop")
    settled(page)
    zoom = page.evaluate("document.querySelector('listing-map').view.stage.zoom")
    page.locator(".map-stage").hover()
    page.mouse.wheel(0, 300)
    page.wait_for_function("() => scrollY > 100")
    page.get_by_text("Ctrl + molette pour agrandir").wait_for()
    assert page.evaluate("document.querySelector('listing-map').view.stage.zoom") == zoom
    assert "bbox" not in page.url


def test_everything_without_a_mouse(visitor):
    page = visitor(ON_MAP, screen="desktop")
    drawn(page, 4)
    page.get_by_role("link", name="Passer la carte").focus()
    page.keyboard.press("Tab")
    assert "flèches" in page.evaluate(FOCUSED)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED).startswith("Zélie, fromages du Parc")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED).startswith("Yourtes et Tommes")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "Adresse choisie"
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Yourtes et Tommes"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Adresse suivante"
    page.keyboard.press("Enter")
    page.locator(".sheet").get_by_role("link", name="Xavière").wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUSED).startswith("Xavière")
    # Nobody is kept in: Tab leads on past the map.
    for _ in range(12):
        page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('listing-map')")


def test_nothing_moves_when_the_map_comes(visitor):
    page = visitor("/sante/", screen="desktop")
    page.add_init_script(
        """window.shifts = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
            if (!entry.hadRecentInput) shifts += entry.value;
        })).observe({ type: "layout-shift", buffered: true });"""
    )
    for path in (AROUND, ON_MAP):
        page.goto(path)
        settled(page)
        assert page.evaluate("shifts") < 0.01, path


def test_words_are_answered_by_the_servers_search_once(visitor):
    page = visitor("/sante/")
    asked = []
    page.on("request", lambda request: "/api/" in request.url and asked.append(request.url))
    page.goto("/annuaire/?q=fromage&ou=Rambouillet&rayon=50&vue=carte")
    settled(page)
    drawn(page, 4)
    page.get_by_role("link", name="Ouvert", exact=True).click()
    drawn(page, 2)
    assert len(asked) == 1
