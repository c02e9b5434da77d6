"""Our wall and map within a page of another origin, in a real browser."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.browser.conftest import GROUND, SCREENS, SVG, TILE, Trouble

# A town hall's page: its style is loud, and its script says a height that is not ours to say.
PAGE = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Mairie</title>
<style>* {{ color: red !important; font-size: 40px !important }}</style>
<script src="/mairie.js"></script>
<h1>Mairie</h1>{lines}</html>"""
SCRIPT = """
window.heard = [];
addEventListener("message", ({ origin, data }) => heard.push([origin, data]));
"""


class Mairie(BaseHTTPRequestHandler):
    """Serves the page with the lines that were copied."""

    pages = None

    def do_GET(self):
        """The page at this address, or its script."""
        is_script = self.path == "/mairie.js"
        body = SCRIPT if is_script else self.pages.get(self.path)
        self.send_response(200 if body else 404)
        kind = "text/javascript" if is_script else "text/html"
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.end_headers()
        self.wfile.write((body or "").encode())

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture(scope="module")
def mairie():
    """Another origin; `mairie.pages` are its pages, `mairie.url` where they are."""
    pages = {"/favicon.ico": " "}
    handler = type("Pages", (Mairie,), {"pages": pages})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.pages, server.url = pages, f"http://127.0.0.1:{server.server_address[1]}"
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


@pytest.fixture
def guest(browser, site, mairie):
    """Show some lines in the town hall's page: `guest(lines)`; nothing may go wrong behind it."""
    made, trouble = [], Trouble()

    def arrive(lines, **options):
        mairie.pages["/"] = PAGE.format(lines=lines)
        context = browser.new_context(**SCREENS["desktop"], locale="fr-FR", **options)
        context.set_default_timeout(15_000)
        made.append(context)
        context.route(
            f"{site.url}{GROUND}**", lambda route: route.fulfill(body=TILE, content_type=SVG)
        )
        context.on("console", trouble.on_console)
        context.on("weberror", lambda error: trouble.console.append(str(error.error)))
        context.on("requestfailed", trouble.on_failed)
        context.on("response", trouble.on_response)
        page = context.new_page()
        page.goto(mairie.url)
        return page

    yield arrive
    for context in made:
        assert context.cookies() == []
        context.close()
    trouble.check()


def copied(visitor, query=""):
    """The two texts of /integrer/."""
    page = visitor(f"/integrer/{query}", screen="desktop")
    return [page.locator("#cadre").input_value(), page.locator("#script").input_value()]


@pytest.mark.parametrize("way", [0, 1])
def test_the_wall_stands_in_another_sites_page_with_its_own_look(visitor, guest, way):
    lines = copied(visitor, "?theme=sombre&hauteur=500")[way]
    page = guest(lines)
    inside = page.frame_locator("iframe")
    title = inside.get_by_text("Cuisson d’automne")
    title.wait_for()
    assert title.evaluate("one => getComputedStyle(one).color") == "rgb(242, 235, 220)"
    assert page.locator("iframe").get_attribute("title")
    assert inside.locator("form, input").count() == 0
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_the_script_fits_the_height_and_believes_nobody_else(visitor, guest, site):
    page = guest(copied(visitor)[1])
    frame = page.frame_locator("iframe")
    frame.get_by_text("Cuisson d’automne").wait_for()
    fits = """() => {
        const told = heard.filter(([, data]) => data?.faitIciHauteur).at(-1);
        return told && document.querySelector("iframe").height == Math.ceil(told[1].faitIciHauteur);
    }"""
    page.wait_for_function(fits)
    assert page.evaluate("heard.every(([origin]) => origin !== location.origin)")
    before = page.locator("iframe").get_attribute("height")
    page.evaluate("postMessage({ faitIciHauteur: 4321 }, '*')")
    page.wait_for_function("heard.some(([, data]) => data?.faitIciHauteur === 4321)")
    assert page.locator("iframe").get_attribute("height") == before


def test_the_map_works_there_and_leads_to_the_site(visitor, guest, site):
    page = guest(copied(visitor, "?quoi=carte&hauteur=600")[0])
    inside = page.frame_locator("iframe")
    pin = inside.locator(".pin, .cluster").first
    pin.wait_for()
    assert inside.locator(".embed-foot a").get_attribute("href") == f"{site.url}/annuaire/"
    assert inside.locator("base").get_attribute("target") == "_blank"


@pytest.mark.parametrize("way", [0, 1])
def test_without_javascript_there_is_the_frame_or_a_link(visitor, guest, site, way):
    page = guest(copied(visitor)[way], java_script_enabled=False)
    if way == 0:
        page.frame_locator("iframe").get_by_text("Cuisson d’automne").wait_for()
    else:
        link = page.get_by_role("link", name="Les publications")
        assert link.get_attribute("href") == f"{site.url}/mur/"


def test_no_other_page_of_ours_lets_itself_be_framed(browser, site, mairie):
    mairie.pages["/autre"] = f'<!doctype html><iframe src="{site.url}/mur/"></iframe>'
    page = browser.new_page()
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(f"{mairie.url}/autre")
    assert any("frame" in text.lower() for text in refused)
    page.close()


def test_hostile_words_run_nothing(visitor):
    page = visitor("/sante/")
    page.add_init_script("window.alert = () => { window.alerted = true }")
    for path in ("/mur/?etiquette=marchedenoel", "/embed/mur?etiquette=marchedenoel"):
        page.goto(path)
        card = page.locator("[data-item]")
        card.locator(".post-words").click()
        assert card.locator("script, svg[onload], img[onerror], [onclick], style").count() == 0
        assert page.evaluate("window.alerted") is None


def test_choices_show_at_once_and_can_be_copied(visitor):
    page = visitor(
        "/integrer/", screen="desktop", permissions=["clipboard-read", "clipboard-write"]
    )
    page.get_by_label("Seulement ce mot-dièse").fill("marchedenoel")
    page.wait_for_function(
        "() => document.querySelector('#cadre').value.includes('etiquette=marchedenoel')"
    )
    inside = page.frame_locator(".configure-frame")
    inside.get_by_role("link", name="Méchant", exact=True).wait_for()
    page.get_by_role("button", name="Copier").first.click()
    page.get_by_text("Copié.").first.wait_for()
    assert "etiquette=marchedenoel" in page.evaluate("navigator.clipboard.readText()")


def test_an_author_takes_theirs_away(visitor, site):
    page = visitor("/mur/?etiquette=marchedenoel")
    page.get_by_role("link", name="Retirez-la").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("C’est votre publication")
    assert page.get_by_role("button", name="Retirer cette publication").is_visible()
