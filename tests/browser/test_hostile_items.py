"""Hundreds of hostile publications on each page that shows any, without any policy to help."""

import json
import re
import tempfile

import pytest
from defusedxml.ElementTree import fromstring

from tests.browser import cast_hostile
from tests.browser.conftest import SCREENS
from tests.browser.people import log_in
from tests.browser.served import Served

# Whatever a payload may call tells us; it runs before anything of the page.
WATCH = """for (const name of ["alert", "confirm", "prompt", "print", "open"])
    window[name] = (...said) => { window.called(name, location.href, String(said)); };"""
# Sets off what waits for somebody, and names the links that are none of the web.
TRY = """() => {
    const kinds = ["mouseover", "focus", "toggle", "load", "error", "pointerenter", "click"];
    for (const part of document.querySelectorAll("[data-item] *, main *"))
        for (const kind of kinds)
            if (kind !== "click" || !part.closest("a, button, summary, form, input, label"))
                part.dispatchEvent(new Event(kind, { bubbles: false }));
    const odd = [...document.querySelectorAll("main *")].flatMap((one) =>
        one.getAttributeNames().filter((name) => /^on|^style$|^srcdoc$/.test(name)));
    const known = ["http:", "https:", "mailto:", "tel:", "geo:"];
    const schemes = [...document.links].map((one) => one.protocol);
    return [odd, schemes.filter((one) => !known.includes(one))];
}"""
# The parts of RSS and Atom that hold HTML.
MARKED_UP = re.compile(r"(?:^|\})(?:description|encoded|content|summary)$")
# The administration's own templates have styles of their own.
DESK = "/gestion/"


@pytest.fixture(scope="module")
def hostile():
    """A site of its own, so that nobody else meets what stands there; `pages` are to be seen."""
    served = Served(tempfile.mkdtemp(prefix="hostile-site-"))
    try:
        served.python("-m", "config.prepare")
        served.pages = json.loads(
            served.python("-m", "tests.browser.cast_hostile").splitlines()[-1]
        )
        served.start()
        yield served
    finally:
        served.stop()


@pytest.fixture
def watched(browser, hostile):
    """A page whose calls and whose requests to others are listed: `(page, calls, foreign)`."""
    context = browser.new_context(
        **SCREENS["desktop"], base_url=hostile.url, bypass_csp=True, service_workers="block"
    )
    context.set_default_timeout(30_000)
    calls, foreign = [], []
    context.expose_binding("called", lambda _source, *said: calls.append(said))
    context.add_init_script(WATCH)

    def refuse(route):
        foreign.append(route.request.url)
        route.abort()

    context.route(re.compile(f"^(?!{re.escape(hostile.url)}/|data:|blob:|about:)"), refuse)
    yield context.new_page(), calls, foreign
    context.close()


def test_the_watch_sees_what_is_not_cleaned(watched, hostile):
    page, calls, foreign = watched
    page.goto("/sante/")
    page.set_content(f"{cast_hostile.RUNS[2]}<img src=https://x.example/pixel>")
    page.wait_for_timeout(500)
    assert calls and "https://x.example/pixel" in foreign


def test_nothing_runs_on_any_page_that_shows_them(watched, hostile):
    page, calls, foreign = watched
    assert len(cast_hostile.payloads()) > 250
    page.goto("/compte/connexion/?next=/mon-espace/")
    log_in(page, cast_hostile.OWNER, cast_hostile.PASSWORD)
    page.wait_for_url(re.compile(r"//[^/]+/mon-espace/$"))
    trouble, shown = {}, 0
    for name, path in hostile.pages.items():
        answer = page.goto(path)
        assert answer.status == 200, (name, answer.status)
        assert page.url == hostile.url + path, name
        odd, schemes = page.evaluate(TRY)
        shown += page.locator("[data-item]").count()
        odd = [] if path.startswith(DESK) else odd
        if odd or schemes or calls or foreign:
            trouble[name] = [odd, schemes, calls.copy(), foreign.copy()]
            calls.clear(), foreign.clear()
    assert trouble == {}, trouble
    assert shown > 400


def test_nothing_runs_of_what_others_take_from_us(watched):
    page, calls, foreign = watched
    shown = 0
    for path in ("/flux/mur.rss", "/flux/mur.atom", "/flux/mur/producteur/epreuve.rss"):
        page.goto(path)
        feed = fromstring(page.request.get(path).text())
        # What a feed reader takes for HTML, as one without any care shows it.
        texts = [one.text for one in feed.iter() if one.text and MARKED_UP.search(one.tag)]
        page.goto("/sante/")
        page.set_content("".join(f"<article>{text}</article>" for text in texts))
        page.evaluate(TRY)
        shown += len(texts)
        addresses = [one.text or one.get("href") for one in feed.iter() if one.tag.endswith("link")]
        assert all(address.startswith(("http://", "https://")) for address in addresses)
    assert shown > 60
    path, taken = "/api/v1/items?limit=100", []
    while path:
        page.goto(path)
        told = page.request.get(path).json()
        taken += told["items"]
        path = told.get("next")
    assert len(taken) > 400
    addresses = {one[name] for one in taken for name in ("url", "author_url")} - {"", None}
    assert all(address.startswith(("http://", "https://")) for address in addresses)
    assert (calls, foreign) == ([], [])
