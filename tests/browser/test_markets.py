"""Saturday morning on a telephone: a day, a place, who stands there; without JavaScript too."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.pages import PAGES, SATURDAY, TUESDAY

RAMBOUILLET = {"latitude": 48.6444, "longitude": 1.8308}


def names(page):
    """The markets that are on, in order."""
    return [
        card.locator("h2").inner_text() for card in page.locator("#marches-liste article").all()
    ]


def test_from_the_home_page_to_who_sells_bread_on_saturday(visitor):
    page = visitor("/")
    page.locator("#samedi").get_by_role("link", name=re.compile("samedi")).first.click()
    page.wait_for_url("**/marches/?jour=*")
    page.get_by_role("link", name="Jour suivant").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dimanche", use_inner_text=True)
    page.goto(f"/marches/?jour={SATURDAY}")
    page.get_by_label("Près de quelle commune").fill("Rambouillet")
    page.get_by_role("button", name="Voir", exact=True).click()
    page.wait_for_url("**ou=Rambouillet**")
    # The day stays with the place.
    assert f"jour={SATURDAY}" in page.url
    assert names(page) == ["Marché du Samedi", "Marché du Donjon"]
    first = page.locator("#marches-liste article").first
    expect(first).to_have_attribute("data-listing", "marche-du-samedi")
    assert float(first.get_attribute("data-lat")) == pytest.approx(48.645, abs=0.01)
    expect(first).to_contain_text("pain au levain", use_inner_text=True)
    box = first.bounding_box()
    assert box["y"] < 844
    first.get_by_role("link", name="Le Fournil des Vaux").click()
    page.wait_for_url("**/annuaire/fiche/fiche-complete/")
    expect(page.get_by_role("link", name="Suivre dans mon agenda")).to_be_visible()


def test_around_me_sorts_by_my_own_place(visitor):
    page = visitor(
        f"/marches/?jour={SATURDAY}", geolocation=RAMBOUILLET, permissions=["geolocation"]
    )
    page.get_by_role("button", name="Autour de moi").click()
    page.wait_for_url("**lat=48.644**")
    assert f"jour={SATURDAY}" in page.url
    assert names(page)[0] == "Marché du Samedi"


def test_what_is_called_off_or_unknown_or_elsewhere_stands_apart(visitor):
    page = visitor(PAGES["markets"])
    off = page.get_by_role("region", name="Pas de marché ce jour-là")
    expect(off).to_contain_text("Travaux sur la place", use_inner_text=True)
    assert (
        "Marché des Inconnus" in page.get_by_role("region", name="Horaires inconnus").inner_text()
    )
    assert (
        "Devant la mairie, Limours"
        in page.get_by_role("region", name="points de vente").inner_text()
    )


def test_a_day_is_chosen_without_javascript(visitor):
    page = visitor(PAGES["markets"], java_script_enabled=False)
    assert len(names(page)) == 2
    page.get_by_text("Un autre jour").click()
    page.get_by_label("Quel jour").fill(str(TUESDAY))
    page.get_by_role("button", name="Voir ce jour").click()
    assert f"jour={TUESDAY}" in page.url and "ou=Rambouillet" in page.url
    expect(page.locator("main")).to_contain_text("Prochain marché", use_inner_text=True)
    expect(page.get_by_role("button", name="Copier la liste")).to_be_hidden()
    page.goto(PAGES["markets"])
    page.get_by_role("link", name="En texte simple").click()
    expect(page.locator("body")).to_contain_text("• Marché du Samedi", use_inner_text=True)


def test_the_list_is_copied_and_sent(visitor):
    page = visitor(PAGES["markets"], permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copier la liste").click()
    page.get_by_text("Liste copiée.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Marché du Donjon" in copied and "pleurotes" in copied
    assert page.get_by_role("link", name="Par SMS").get_attribute("href").startswith("sms:?&body=")


def test_all_by_keyboard(visitor):
    page = visitor(PAGES["markets"], screen="desktop")
    page.get_by_role("link", name="Jour suivant").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**jour={SATURDAY + timedelta(days=1)}**")
    page.get_by_text("Un autre jour").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Quel jour")).to_be_visible()


def test_the_list_prints_for_the_bakery_s_wall(visitor):
    page = visitor(PAGES["markets"], screen="desktop")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Le Fournil des Vaux")).to_be_visible()
    for hidden in ("nav", "form", "button", "aside", ".chip"):
        assert [part for part in page.locator(hidden).all() if part.is_visible()] == [], hidden
    expect(page.get_by_text("Cette liste, à jour")).to_be_visible()
    assert page.pdf(format="A4").count(b"/Type /Page\n") <= 2
