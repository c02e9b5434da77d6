"""axe-core finds nothing on the writing desk's own pages either, in both schemes and sizes."""

import re

import pytest

from tests.browser.cast import PASSWORD
from tests.browser.people import log_in
from tests.browser.test_axe import violations

EDITORS = {
    "first page": "/gestion/",
    "teams": "/gestion/magazines/equipes/",
    "signature": "/gestion/magazines/moi/",
    "an old blog": "/gestion/magazines/reprises/",
}
JOINING = "/magazines/le-fanal/devenir-contributeur/"


def logged_in(visitor, name, path):
    """A page behind the login, without movement."""
    page = visitor(f"/compte/connexion/?next={path}", screen="desktop", reduced_motion="reduce")
    log_in(page, f"{name}@example.org", PASSWORD)
    # The login's own address names the path too.
    page.wait_for_url(re.compile(f"//[^/]+{re.escape(path)}$"))
    return page


@pytest.mark.parametrize("name", EDITORS)
def test_an_editor_s_page_has_no_violation(visitor, name):
    page = logged_in(visitor, "lea", EDITORS[name])
    page.locator("main h2, main h1, main form").first.wait_for()
    assert violations(page) == ""


def test_the_article_s_editor_has_no_violation(visitor):
    page = logged_in(visitor, "lea", "/gestion/")
    page.get_by_role("link", name="Revient de loin").first.click()
    page.locator("[name=title]").wait_for()
    page.locator(".desk-saved").wait_for()
    page.wait_for_timeout(1500)
    assert violations(page) == ""


def test_the_wish_to_write_has_no_violation(visitor):
    page = logged_in(visitor, "volontaire", JOINING)
    assert violations(page) == ""
    page.get_by_label("Votre nom, comme il sera lu").fill("")
    with page.expect_navigation():
        page.get_by_role("button", name="Envoyer ma demande").click()
    assert violations(page) == ""
    page.goto(f"{JOINING}merci/")
    assert violations(page) == ""
