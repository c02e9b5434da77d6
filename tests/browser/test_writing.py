"""From a volunteer's wish to write to a reader with a telephone: three people, one refused."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.cast import PASSWORD
from tests.browser.people import log_in

TITLE = "Un matin à la fromagerie"
WAGTAIL_LOOKS_AFTER = 2500  # ms, from when on the editor notices what is typed


@pytest.fixture
def desk(visitor):
    """Open the administration as somebody."""

    def arrive(name, path="/gestion/"):
        page = visitor(f"/compte/connexion/?next={path}", screen="desktop")
        log_in(page, f"{name}@example.org", PASSWORD)
        page.wait_for_url(re.compile(re.escape(path)))
        return page

    return arrive


def saved(page):
    """Wait until what was typed is kept."""
    page.locator(".desk-saved").get_by_text(re.compile(r"^Enregistré à \d+ h \d\d$")).wait_for()


def act(page, name):
    """One of the actions at the editor's foot, behind its arrow or in front."""
    foot = page.locator("footer")
    foot.get_by_role("button", name="Plus d'actions").click()
    foot.get_by_role("button", name=re.compile(name)).first.click()


def write(page, title):
    """Begin an article with this title."""
    page.get_by_role("link", name="Écrire pour La Gazette").click()
    page.locator("[name=title]").wait_for()
    page.wait_for_timeout(WAGTAIL_LOOKS_AFTER)
    page.locator("[name=title]").press_sequentially(title)
    page.get_by_role("textbox", name="Chapeau").press_sequentially("Il gèle à pierre fendre.")
    saved(page)


def test_from_a_wish_to_a_reader(site, visitor, desk):
    mona = desk("volontaire", "/magazines/gazette/devenir-contributeur/")
    mona.get_by_label("Votre nom, comme il sera lu").fill("Mona Ser")
    mona.get_by_label("Ce que vous aimeriez raconter").fill("Les fromageries du canton.")
    mona.get_by_role("button", name="Envoyer ma demande").click()
    mona.get_by_role("heading", name="Merci, c’est bien arrivé").wait_for()

    editor = desk("redaction")
    editor.get_by_role("link", name="1 personne aimerait écrire").click()
    editor.get_by_role("button", name="Accueillir dans l’équipe").click()
    editor.get_by_text("reçoit votre réponse").wait_for()

    mona.goto("/gestion/")
    write(mona, TITLE)
    act(mona, "Soumettre à la rédaction")
    mona.wait_for_url(re.compile(r"/gestion/pages/\d+/$"))

    editor.goto("/gestion/")
    editor.get_by_role("link", name=TITLE).first.click()
    address = editor.url
    act(editor, "À reprendre")
    editor.get_by_label("Ce qu’il faudrait reprendre").fill("Le nom du fromage manque.")
    editor.locator(".modal button[type=submit], .modal input[type=submit]").click()
    editor.wait_for_url(re.compile(r"/gestion/pages/\d+/$"))

    stranger = desk("autre")
    answer = stranger.request.get(address)
    assert answer.status in (302, 403, 404) or not answer.url.startswith(address)
    assert TITLE not in answer.text()

    mona.goto("/gestion/")
    mona.get_by_text("Le nom du fromage manque.").wait_for()
    mona.get_by_role("link", name=TITLE).first.click()
    mona.locator("[name=title]").wait_for()
    mona.wait_for_timeout(WAGTAIL_LOOKS_AFTER)
    mona.get_by_role("textbox", name="Chapeau").press_sequentially(" La tomme s’appelle Lucie.")
    saved(mona)
    act(mona, "[Ss]oumettre.* à la rédaction")
    mona.wait_for_url(re.compile(r"/gestion/pages/\d+/$"))

    editor.goto(address)
    editor.locator("footer").get_by_role("button", name="Accepter et Publier").click()
    editor.wait_for_url(re.compile(r"/gestion/pages/\d+/$"))

    reader = visitor("/magazines/gazette/")
    reader.get_by_role("link", name=TITLE).first.click()
    reader.get_by_role("heading", name=TITLE, level=1).wait_for()
    reader.get_by_text("La tomme s’appelle Lucie.").wait_for()
    reader.get_by_role("link", name="Mona Ser").first.wait_for()


def test_a_session_that_ends_costs_no_text(desk):
    page = desk("redaction")
    write(page, "Texte en cours")
    page.context.clear_cookies()
    page.locator("footer").get_by_role("button", name="Enregistrer le brouillon").click()
    page.get_by_role("alert").get_by_text("Votre session est finie").wait_for()
    expect(page.locator("[name=title]")).to_have_value("Texte en cours")
