"""An old blog, from its export to drafts, by its author on a telephone; the worker is at work."""

import os
import re
import signal
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.cast import PASSWORD
from tests.browser.people import log_in
from tests.browser.served import ROOT

EXPORT = ROOT / "config" / "demo" / "files" / "ancien-blog.xml"


@pytest.fixture
def worker(site):
    """What does the waiting tasks of the browser's site."""
    process = subprocess.Popen(
        [sys.executable, "-m", "config.worker"], env=site.env, cwd=ROOT, start_new_session=True
    )
    yield process
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(30)


def test_an_author_brings_an_old_blog_along(site, worker, visitor):
    page = visitor("/compte/connexion/?next=/gestion/")
    page.set_default_timeout(60_000)
    log_in(page, "redaction@example.org", PASSWORD)
    page.get_by_role("link", name="Reprendre un ancien blog").click()
    page.get_by_label("Le fichier d’export").set_input_files(EXPORT)
    page.get_by_role("button", name="Lire ce blog").click()
    page.get_by_role("heading", name="Prêt, à vous de lancer").wait_for()
    page.get_by_text("brouillon de l’ancien blog").first.wait_for()
    page.get_by_role("button", name="Reprendre ces articles").click()
    page.get_by_role("heading", name="Terminé").wait_for()
    page.get_by_role("link", name="Ce que dit une haie en mars").click()
    page.wait_for_url(re.compile(r"/gestion/pages/\d+/edit/$"))
    expect(page.locator("[name=title]")).to_have_value("Ce que dit une haie en mars")
    found = "SELECT live FROM wagtailcore_page WHERE title IN (?, ?)"
    rows = site.rows(found, "Ce que dit une haie en mars", "Trois confitures de bord de chemin")
    assert rows == [(0,), (0,)]
