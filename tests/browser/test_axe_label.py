"""axe-core finds nothing on the pages of a claim and of one's own space, in both schemes."""

import json
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from config.demo import loading
from tests.browser.cast import PASSWORD
from tests.browser.cast_claims import CLAIMANT
from tests.browser.people import log_in
from tests.browser.test_axe import violations

# All sizes of a photo are made while it is sent, on whatever machine this is.
SLOW = 120_000
DRAWING = loading.HERE / "drawings" / "vannier.webp"


@pytest.fixture(scope="module")
def addresses(site):
    """{name: path} of a claim in each state and of what their author may open."""
    return json.loads(site.python("-m", "tests.browser.cast_claims").splitlines()[-1])


@pytest.fixture
def claimant(visitor):
    """Open a page as the claimant, on a telephone."""

    def arrive(path):
        page = visitor(f"/compte/connexion/?next={path}", reduced_motion="reduce")
        log_in(page, CLAIMANT, PASSWORD)
        page.wait_for_url(lambda url: urlsplit(url).path == path)
        return page

    return arrive


def test_no_page_of_a_claim_or_of_ones_space_has_a_violation(claimant, addresses):
    page, found = claimant("/mon-espace/"), {}
    for name, path in addresses.items():
        page.goto(path)
        assert page.locator("h1").count() == 1, name
        found[name] = violations(page)
    assert not {name: said for name, said in found.items() if said}


def test_the_code_for_ones_website_is_copied_whole(claimant, addresses):
    page = claimant(addresses["site"])
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for number in range(2):
        page.get_by_role("button", name="Copier").nth(number).click()
        expect(page.get_by_text("Copié.")).to_have_count(number + 1)
        shown = page.locator("copy-text code").nth(number).inner_text()
        assert page.evaluate("navigator.clipboard.readText()") == shown


def test_errors_and_previews_of_ones_label_page_have_no_violation(claimant, addresses):
    page = claimant(addresses["my page"])
    page.get_by_label("Votre histoire, en quelques mots").fill("Je tresse l’osier.")
    page.get_by_label("Une photo").set_input_files(DRAWING)
    page.get_by_label("E-mail montré aux visiteurs").fill("pas une adresse")
    look(page)
    page.get_by_role("alert").wait_for(timeout=SLOW)
    expect(page.get_by_text("Votre photo est gardée")).to_be_visible()
    assert violations(page) == ""
    page.get_by_label("E-mail montré aux visiteurs").fill("")
    page.get_by_role("button", name="Voir avant de publier").click()
    page.get_by_text("Rien n’est encore publié").wait_for()
    expect(page.locator(".member-photo img")).to_be_visible()
    assert violations(page) == ""
    page.get_by_role("button", name="Reprendre").click()
    page.get_by_text("Votre photo est gardée").wait_for()
    page.get_by_role("button", name="Publier tout de suite").click()
    page.get_by_text("C’est en ligne.").wait_for()
    page.goto(addresses["my label page"])
    expect(page.get_by_role("main")).to_contain_text("Je tresse l’osier.", use_inner_text=True)
    expect(page.locator(".member-photo img")).to_be_visible()


def test_a_post_with_its_photo_is_seen_before_it_is_published(claimant, addresses):
    page = claimant("/mon-espace/publier/")
    page.get_by_label("Une photo").set_input_files(DRAWING)
    look(page)
    page.get_by_role("alert").wait_for(timeout=SLOW)
    assert violations(page) == ""
    page.get_by_label("Que voulez-vous dire ?").fill("Trois paniers, un seul tient droit.")
    page.get_by_role("button", name="Voir avant de publier").click()
    page.get_by_text("Rien n’est encore publié").wait_for()
    expect(page.locator(".post-photo img")).to_be_visible()
    assert violations(page) == ""
    page.get_by_role("button", name="Publier", exact=True).click()
    page.get_by_text("C’est en ligne.").wait_for()
    page.get_by_role("link", name="Voir la publication").first.click()
    page.locator(".post-photo img").wait_for()
    expect(page.get_by_role("main")).to_contain_text("Trois paniers", use_inner_text=True)


def test_ones_label_page_is_written_and_published_with_the_keyboard_alone(claimant, addresses):
    page = claimant(addresses["my places"])
    place = page.get_by_label("Autre lieu").first
    reach(page, place)
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("Halle aux grains")
    see = page.get_by_role("button", name="Voir avant de publier")
    reach(page, see)
    page.keyboard.press("Enter")
    page.get_by_text("Rien n’est encore publié").wait_for()
    publish = page.get_by_role("button", name="Publier", exact=True)
    reach(page, publish)
    page.keyboard.press("Enter")
    page.get_by_text("C’est en ligne.").wait_for()
    page.goto(addresses["my label page"])
    expect(page.get_by_role("main")).to_contain_text("Halle aux grains", use_inner_text=True)


def look(page):
    """Ask for the preview; the photo that goes along takes its time."""
    see = page.get_by_role("button", name="Voir avant de publier")
    see.click(no_wait_after=True, timeout=SLOW)


def reach(page, field, most=80):
    """Press Tab until this has the focus; fails where the keyboard never gets there."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if field.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError("Tab never gets there")
