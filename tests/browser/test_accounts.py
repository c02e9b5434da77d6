"""An account from its first day: sign-up, link, code, second factor, out and in again."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import log_in, mail_to
from tests.browser.test_axe import violations
from tests.home.accounts import telephone

EMAIL, PHRASE = "lise@example.org", "le four chauffe au bois"
READING_MS = 2100


def press(page, name):
    """Press a button or a link of the page itself, as a keyboard does."""
    main = page.get_by_role("main")
    found = main.get_by_role("button", name=name, exact=True)
    found.or_(main.get_by_role("link", name=name, exact=True)).first.press("Enter")


def titled(page, title):
    """Wait for a page by its title, and look at it with axe."""
    page.get_by_role("heading", name=title, level=1).wait_for()
    assert violations(page) == ""


@pytest.mark.parametrize("screen", ["phone"])
def test_from_sign_up_to_the_second_factor_by_keyboard(site, visitor, screen):
    page = visitor("/compte/", screen=screen)
    titled(page, "Se connecter")
    press(page, "S’inscrire")
    titled(page, "S’inscrire")
    page.get_by_label("Votre nom").press_sequentially("Lise des Vaux")
    page.keyboard.press("Tab")
    page.keyboard.type(EMAIL)
    page.keyboard.press("Tab")
    page.keyboard.type(PHRASE)
    page.wait_for_timeout(READING_MS)
    page.keyboard.press("Enter")
    titled(page, "Un lien à ouvrir")

    text = mail_to(site, EMAIL)
    page.goto(re.search(r"http://\S+/confirmer/\S+", text)[0])
    titled(page, "Confirmer votre adresse")
    press(page, "Oui, confirmer")
    titled(page, "Mon compte")
    expect(page.get_by_label("Votre nom")).to_have_value("Lise des Vaux")
    press(page, "Se déconnecter")
    page.wait_for_url(f"{site.url}/")

    page.goto("/compte/connexion/")
    page.get_by_role("region", name="Avec un code").get_by_label("Adresse e-mail").fill(EMAIL)
    page.keyboard.press("Enter")
    titled(page, "Le code reçu par mail")
    text = mail_to(site, EMAIL)
    page.get_by_label("Code reçu").fill(re.search(r"\d{4}-\d{4}", text)[0])
    page.keyboard.press("Enter")
    titled(page, "Mon compte")

    press(page, "Activer le second facteur")
    titled(page, "Est-ce bien vous ?")
    page.get_by_label("Votre mot de passe").fill(PHRASE)
    page.keyboard.press("Enter")
    titled(page, "Activer le second facteur")
    drawing = page.get_by_role("img", name="Code à viser")
    assert drawing.evaluate("image => image.complete && image.naturalWidth") > 0
    secret = page.locator(".account-key").inner_text()
    page.get_by_label("Code affiché").fill(telephone(secret))
    page.keyboard.press("Enter")
    titled(page, "Vos codes de secours")
    expect(page.get_by_role("main").locator("code")).to_have_count(10)
    press(page, "Mon compte")
    titled(page, "Mon compte")
    press(page, "Se déconnecter")
    page.wait_for_url(f"{site.url}/")

    page.goto("/compte/connexion/?next=/marches/")
    log_in(page, EMAIL, PHRASE)
    titled(page, "Le code de votre téléphone")
    page.get_by_label("Code").fill("000000")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert violations(page) == ""
    page.get_by_label("Code").fill(telephone(secret, 1))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.url}/marches/")
    page.goto("/gestion/")
    titled(page, "Cette page est réservée.")


def test_it_works_without_javascript(site, visitor):
    page = visitor("/compte/inscription/", java_script_enabled=False)
    page.get_by_label("Votre nom").fill("Marc")
    page.get_by_label("Adresse e-mail").fill("marc@example.org")
    page.wait_for_timeout(READING_MS)
    press(page, "S’inscrire")
    page.get_by_role("heading", name="Un lien à ouvrir").wait_for()
    text = mail_to(site, "marc@example.org")
    page.goto(re.search(r"http://\S+/confirmer/\S+", text)[0])
    press(page, "Oui, confirmer")
    page.get_by_role("heading", name="Mon compte", level=1).wait_for()


@pytest.mark.parametrize("path", ["/compte/connexion/", "/compte/inscription/"])
def test_forms_with_mistakes_have_no_violation(visitor, path):
    page = visitor(path, reduced_motion="reduce")
    page.get_by_role("main").get_by_role("button").last.click()
    page.get_by_role("alert").wait_for()
    assert violations(page) == ""
