"""Our wall and map within a page of another origin, in a real browser."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import GROUND, SCREENS, SVG, TILE, Trouble
from tests.browser.pages import LISTING

# A town hall's page: its style is loud, and its script says a height that is not ours to say.
PAGE = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Mairie</title>
<style>* {{ color: red !important; font-size: 40px !important }}</style>
<script src="/mairie.js"></script>
<h1>Mairie</h1>{lines}</html>"""
SCRIPT = """
window.heard = [];
addEventListener("message", ({ origin, data, source }) => heard.push([origin, data, source]));
"""


class Mairie(BaseHTTPRequestHandler):
    """Serves the page with the lines that were copied."""

    pages, policy = None, ""

    def do_GET(self):
        """The page at this address, or its script."""
        is_script = self.path == "/mairie.js"
        body = SCRIPT if is_script else self.pages.get(self.path)
        self.send_response(200 if body else 404)
        kind = "text/javascript" if is_script else "text/html"
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        if self.policy and not is_script:
            self.send_header("Content-Security-Policy", self.policy)
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
    server.pages, server.handler = pages, handler
    # Another name of this machine: a site of its own to a browser, not only another port.
    server.url = f"http://localhost:{server.server_address[1]}"
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


@pytest.fixture
def guest(browser, site, mairie):
    """Show some lines in the town hall's page: `guest(lines)`; nothing may go wrong behind it."""
    made, trouble = [], Trouble()

    def arrive(lines, page=PAGE, policy="", before=None, **options):
        mairie.pages["/"], mairie.handler.policy = page.format(lines=lines), policy
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
        tab = context.new_page()
        if before:
            before(tab)
        tab.goto(mairie.url, wait_until="domcontentloaded" if before else "load")
        return tab

    yield arrive
    for context in made:
        assert context.cookies() == []
        context.close()
    trouble.check()


# No doctype, everything unset, every frame bent out of shape, and a name that we might use.
HOSTILE = """<html lang="fr"><meta charset="utf-8"><title>Mairie</title>
<style>* {{ all: unset; color: red !important; font-size: 40px !important }}
iframe {{ border: 20px dotted lime !important; height: 40px !important; width: 30px !important;
max-height: 40px !important; display: none }}</style>
<script src="/mairie.js"></script><h1 class="post item embed">Mairie</h1>
<p id="frame" data-theme="sombre">Avis</p>{lines}</html>"""
PLAIN = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Mairie</title>
<script src="/mairie.js"></script><h1>Mairie</h1>{lines}</html>"""
# Whatever a script could leave behind in the page around it.
LEFT = """() => ({
    names: Object.keys(window).filter((name) => !/^[0-9]+$/.test(name)).sort(),
    styles: document.styleSheets.length,
    looks: ["h1", "#frame", "body"].map((one) => {
        const look = getComputedStyle(document.querySelector(one));
        return [look.color, look.fontSize, look.display, look.backgroundColor];
    }),
    title: document.title,
    kept: [document.cookie, localStorage.length, sessionStorage.length],
})"""
FITS = """() => {
    const told = (frame) => heard.filter(([, data, from]) => from === frame.contentWindow).at(-1);
    const walls = [...document.querySelectorAll("iframe[src*='/embed/mur']")];
    return walls.length && walls.every((frame) => told(frame)
        && frame.clientHeight === Math.ceil(told(frame)[1].faitIciHauteur));
}"""


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
    expect(inside.locator("form, input")).to_have_count(0)
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


@pytest.mark.parametrize("way", [0, 1])
def test_a_hostile_page_and_ours_leave_each_other_alone(visitor, guest, way):
    lines = copied(visitor, "?theme=clair")[way]
    bare = guest("", page=HOSTILE).evaluate(LEFT)
    page = guest(lines, page=HOSTILE)
    if way == 1:
        page.wait_for_function(FITS)
        box = page.locator("iframe").bounding_box()
        assert box["width"] == page.evaluate("document.body.clientWidth") and box["x"] == 0
    else:
        # A bare frame has no defence: the page around it may hide it, not change what it shows.
        page.add_style_tag(content="iframe { display: block !important }")
        page.locator("iframe").scroll_into_view_if_needed()
    title = page.frame_locator("iframe").get_by_text("Cuisson d’automne")
    title.wait_for(state="attached")
    look = title.evaluate("one => [getComputedStyle(one).color, getComputedStyle(one).fontSize]")
    assert look[0] == "rgb(28, 35, 30)" and look[1] != "40px"
    expect(page.frame_locator("iframe").locator("form, input")).to_have_count(0)
    left = page.evaluate(LEFT)
    assert left | {"styles": 0} == bare | {"styles": 0}
    assert left["styles"] == bare["styles"] + (way == 0)


def test_several_stand_on_one_page_each_with_its_height_though_the_script_is_there_twice(
    visitor, guest, site
):
    script = f'<script src="{site.url}/embed/fait-ici.js" async></script>'
    place = '<div data-fait-ici="{}"{}>Le mur</div>'
    lines = place.format("mur", ' data-nombre="1"') + script + place.format("mur", "") + script
    page = guest(lines + place.format("carte", ' data-hauteur="400"'))
    page.wait_for_function(FITS)
    walls = page.locator("iframe[src*='/embed/mur']")
    assert (walls.count(), page.locator("iframe").count()) == (2, 3)
    one, six = (walls.nth(number).bounding_box()["height"] for number in (0, 1))
    assert one < six
    listing_map = page.locator("iframe[src*='/embed/carte']")
    assert listing_map.bounding_box()["height"] == 400
    # A page that is put together later asks again, and nothing is made twice.
    page.add_script_tag(url=f"{site.url}/embed/fait-ici.js")
    expect(page.locator("iframe")).to_have_count(3)
    listing_map.scroll_into_view_if_needed()
    listing_map.content_frame.locator(".pin, .cluster").first.wait_for()


def test_what_a_page_puts_in_later_or_shows_later_becomes_a_frame_that_fits(guest, site):
    script = f'<script src="{site.url}/embed/fait-ici.js" async></script>'
    place = '<div data-fait-ici="mur">Le mur</div>'
    page = guest(f'{script}<section hidden>{place}</section><main id="later"></main>', page=PLAIN)
    hidden = page.locator("section iframe")
    expect(hidden).to_have_count(1)
    expect(hidden).to_be_hidden()
    page.evaluate("document.querySelector('section').hidden = false")
    page.wait_for_function(FITS)
    for _ in range(2):
        # As pages do that never load a second time: away, and back again.
        page.evaluate("html => { document.querySelector('#later').innerHTML = html }", place)
        later = page.locator("#later iframe")
        expect(later).to_have_attribute("title", "Le mur")
        later.scroll_into_view_if_needed()
        page.wait_for_function(FITS)
    page.evaluate("document.querySelector('#later').append(document.createElement('div'))")
    page.evaluate("document.querySelector('#later').lastChild.dataset.faitIci = 'carte'")
    expect(page.locator("iframe[src*='/embed/carte']")).to_have_count(1)
    assert page.locator("iframe").count() == 3


@pytest.mark.parametrize("way", [0, 1])
def test_a_strict_policy_that_names_our_site_is_enough(visitor, guest, site, way):
    lines = copied(visitor)[way]
    policy = f"default-src 'self' {site.url}"
    page = guest(lines, page=PLAIN, policy=policy)
    page.frame_locator("iframe").get_by_text("Cuisson d’automne").wait_for()
    if way == 1:
        page.wait_for_function(FITS)


@pytest.mark.parametrize("way", [0, 1])
def test_our_site_being_slow_holds_up_nothing_of_theirs(visitor, guest, site, way):
    held, slow, lines = [], [True], copied(visitor)[way]

    def answer(route):
        if slow:
            held.append(route)
        else:
            route.continue_()

    page = guest(lines, before=lambda tab: tab.route(f"{site.url}/embed/**", answer))
    page.get_by_role("heading", name="Mairie").click()
    # The page around it is read, and answers, while ours has not said a word.
    assert page.evaluate("document.readyState") in ("interactive", "complete")
    for _ in range(200):
        if held:
            break
        page.wait_for_timeout(50)
    assert held
    slow.clear()
    for route in held:
        route.continue_()
    page.frame_locator("iframe").get_by_text("Cuisson d’automne").wait_for()


def test_the_map_works_there_and_leads_to_the_site(visitor, guest, site):
    page = guest(copied(visitor, "?quoi=carte&hauteur=600")[0])
    inside = page.frame_locator("iframe")
    pin = inside.locator(".pin, .cluster").first
    pin.wait_for()
    assert inside.locator(".embed-foot a").get_attribute("href") == f"{site.url}/annuaire/"
    expect(inside.locator("base")).to_have_attribute("target", "_blank")


@pytest.mark.parametrize("way", [0, 1])
def test_without_javascript_there_is_the_frame_or_a_link(visitor, guest, site, way):
    page = guest(copied(visitor)[way], java_script_enabled=False)
    if way == 0:
        page.frame_locator("iframe").get_by_text("Cuisson d’automne").wait_for()
    else:
        link = page.get_by_role("link", name="Les publications")
        assert link.get_attribute("href") == f"{site.url}/mur/"


@pytest.mark.parametrize("way", [0, 1])
def test_a_page_tried_on_ones_own_disk_shows_it(visitor, browser, tmp_path, way):
    tried = tmp_path / "essai.html"
    tried.write_text(PLAIN.format(lines=copied(visitor)[way]))
    page = browser.new_page()
    page.goto(tried.as_uri())
    expect(page.frame_locator("iframe").get_by_text("Cuisson d’automne")).to_be_attached()
    page.close()


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


def test_only_what_matters_for_the_choice_is_asked(visitor):
    page = visitor("/integrer/", screen="desktop")
    number = page.get_by_label("Combien de publications")
    around = page.get_by_label("Autour de la commune (km)")
    expect(number).to_be_visible()
    expect(around).to_be_hidden()
    page.get_by_label("Que voulez-vous montrer ?").select_option("carte")
    page.wait_for_function("() => document.querySelector('#cadre').value.includes('/embed/carte')")
    expect(around).to_be_visible()
    expect(number).to_be_hidden()
    # The right column is the new choice's, all of it.
    page.frame_locator(".configure-frame").locator(".pin, .cluster").first.wait_for()
    assert page.locator(".configure-frame").get_attribute("title").startswith("La carte")
    assert 'data-fait-ici="carte"' in page.locator("#script").input_value()


def test_an_author_takes_theirs_away(visitor, site):
    page = visitor("/mur/?etiquette=marchedenoel")
    page.get_by_role("link", name="Retirez-la").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("C’est votre publication")
    expect(page.get_by_role("button", name="Retirer cette publication")).to_be_visible()


def card_of(guest_page):
    """The card within the only frame."""
    return guest_page.frame_locator("iframe")


def told(site, path, width):
    """The html that the site hands out for one of its pages."""
    question = urlencode({"url": site.url + path, "maxwidth": width})
    with urlopen(f"{site.url}/oembed?{question}") as answer:  # noqa: S310 -- our own server
        return json.load(answer)["html"]


@pytest.mark.parametrize("width", [300, 600])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_card_fills_its_frame_and_nothing_is_cut_or_scrolls(guest, site, width, scheme):
    page = guest(told(site, LISTING, width), color_scheme=scheme)
    inside = card_of(page)
    name = inside.get_by_role("heading", level=1)
    name.wait_for()
    assert page.locator("blockquote").is_hidden()
    sizes = name.evaluate("""() => {
        const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
        const site = document.querySelector(".framed-site").getBoundingClientRect();
        return [scrollWidth - clientWidth, scrollHeight - clientHeight, clientHeight - site.bottom];
    }""")
    assert sizes[0] <= 0 and sizes[1] <= 0 and sizes[2] >= 0
    ink = name.locator("a").evaluate("one => getComputedStyle(one).color")
    assert ink == ("rgb(28, 35, 30)" if scheme == "light" else "rgb(242, 235, 220)")
    with page.context.expect_page() as opened:
        name.get_by_role("link").click()
    assert opened.value.url == site.url + LISTING


def test_a_host_that_trusts_nobody_gets_a_card_that_still_leads_to_the_page(guest, site):
    """WordPress: attributes taken away, a sandbox without windows, messages by a sign."""
    html = told(site, LISTING, 600).replace("<blockquote hidden>", "<blockquote>")
    sign = "a1b2c3"
    html = html.replace('" width=', f'#?secret={sign}" sandbox="allow-scripts" width=')
    page = guest(html)
    assert page.locator("blockquote a").get_attribute("href") == site.url + LISTING
    card_of(page).get_by_role("heading", level=1).get_by_role("link").click()
    page.wait_for_function("heard.some(([, data]) => data?.message === 'link')")
    heard = page.evaluate("heard.map(([, data]) => data)")
    said = {data["message"]: data for data in heard if "message" in data}
    assert said["link"] == {"message": "link", "value": site.url + LISTING, "secret": sign}
    assert said["height"]["value"] >= 200


def test_without_a_sign_a_card_says_nothing_to_its_host(guest, site):
    page = guest(told(site, LISTING, 600))
    card_of(page).get_by_role("heading", level=1).wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate("heard.length") == 0
