"""The label in a browser: a badge is checked, copied and printed; the map follows the chip."""

import re

from playwright.sync_api import expect

from tests.browser.cast_label import CODE
from tests.browser.pages import PAGES
from tests.browser.test_map import settled
from tests.browser.test_searching import slugs


def test_a_code_typed_from_a_jar_is_checked(visitor):
    page = visitor("/label/")
    page.get_by_label("Le code, sous le QR").fill("o2c5 e6h-8kv")
    page.get_by_role("button", name="Vérifier").click()
    page.wait_for_url(f"**/label/verifier/{CODE}/")
    expect(page.locator("[data-verdict]")).to_have_attribute("data-verdict", "genuine")
    page.get_by_role("link", name="Voir sa page").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Le Fournil des Vaux"


def test_who_they_are_and_a_photo_stand_in_the_first_screen(visitor):
    page = visitor(PAGES["member"])
    for part in (".member-stamp", "h1", ".member-since", ".today-big", ".member-photo"):
        box = page.locator(part).bounding_box()
        assert box["y"] < 800, part


def test_the_lines_to_paste_are_copied(visitor):
    page = visitor(PAGES["member's badge"], permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copier").first.click()
    page.get_by_text("Copié.").first.wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    signed = r' data-badge-signe="http://[^"]*/badge/\w+\.json"'
    image = r'<img src="http://[^"]*"'
    assert re.match(rf'<a href="http://[^"]*/label/verifier/\w+/"{signed}>{image}', copied)


def test_the_card_is_printed_alone_on_one_sheet(visitor):
    page = visitor(PAGES["member's card"], screen="desktop")
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
    page.emulate_media(media="print")
    expect(page.locator(".stall-card")).to_be_visible()
    expect(page.locator("h1")).to_be_hidden()
    card = page.locator(".stall-card").bounding_box()
    assert 390 < card["width"] < 400


def test_the_chip_filters_the_pins_without_a_new_page(visitor):
    page = visitor("/annuaire/?ou=Rambouillet&rayon=50&vue=carte", screen="desktop")
    settled(page)
    page.get_by_role("link", name="Label", exact=True).click()
    page.wait_for_url("**label=1**")
    page.wait_for_function(
        """() => {
            const cards = [...document.querySelectorAll(".search-list [data-listing]")];
            return cards.length && cards.every((card) => "labelled" in card.dataset);
        }"""
    )
    pins = page.evaluate("document.querySelector('listing-map').view.pins.map((pin) => pin.slug)")
    listed = slugs(page)
    assert "fiche-complete" in listed
    assert sorted(pins) == sorted(listed)
