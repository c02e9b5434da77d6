"""On paper: the facts of a listing, without what one can only press."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import LISTING, PAGES


@pytest.fixture
def paper(visitor):
    """A function that opens a page as it would be printed."""

    def lay_out(path, **options):
        page = visitor(path, screen="desktop", **options)
        page.emulate_media(media="print")
        return page

    return lay_out


def test_a_listing_prints_its_facts_without_menus_and_buttons(paper):
    page = paper(LISTING)
    for shown in ("h1", "address", ".hours", ".stands"):
        assert page.locator(shown).first.is_visible(), shown
    # « Ouvert jusqu’à 19 h » would be wrong by the time somebody reads the paper.
    expect(page.locator(".today-big")).to_be_hidden()
    expect(page.get_by_text("06 39 98 11 07")).to_be_visible()
    for hidden in ("nav", ".menu-button", ".button", ".skip", ".owner", "form"):
        seen = [part for part in page.locator(hidden).all() if part.is_visible()]
        assert seen == [], hidden


def test_the_dark_scheme_prints_dark_on_light(paper):
    page = paper(LISTING, color_scheme="dark")
    ink = page.locator("h1").evaluate("title => getComputedStyle(title).color")
    assert sum(int(part) for part in ink.removeprefix("rgb(").removesuffix(")").split(",")) < 200


def test_a_commune_prints_its_list(paper):
    page = paper(PAGES["commune"])
    expect(page.locator("[data-listing]").first).to_be_visible()
    expect(page.get_by_role("navigation", name="Principal")).to_be_hidden()


def test_a_listing_fits_two_sheets(visitor):
    page = visitor(LISTING, screen="desktop")
    sheets = page.pdf(format="A4").count(b"/Type /Page\n")
    assert 1 <= sheets <= 3
