"""Without network on a telephone: what was read stays readable, the directory can be searched."""

import pytest
from playwright.sync_api import expect

from tests.browser.cast import PASSWORD
from tests.browser.cast_made_here import PRODUCER
from tests.browser.conftest import SCREENS
from tests.browser.pages import LISTING
from tests.browser.people import log_in
from tests.browser.test_axe import violations

CONTROLLED = "() => navigator.serviceWorker.controller !== null"
KEPT = "async (name) => (await (await caches.open(name)).keys()).length"


@pytest.fixture
def phone(browser, site):
    """A telephone whose worker has taken over and has read one listing."""
    context = browser.new_context(**SCREENS["phone"], base_url=site.url, locale="fr-FR")
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto("/")
    page.wait_for_function(CONTROLLED)
    page.goto(LISTING)
    page.wait_for_function("async () => (await caches.match(location.href)) !== undefined")
    page.wait_for_function(f"async () => await ({KEPT})('carte-1') > 0")
    yield page
    context.close()


def test_a_page_that_was_read_is_there_without_network_and_says_so(phone):
    title = phone.get_by_role("heading", level=1).inner_text()
    phone.context.set_offline(True)
    phone.reload()
    assert phone.get_by_role("heading", level=1).inner_text() == title
    phone.get_by_role("status").filter(has_text="Pas de réseau : page gardée le").wait_for()
    phone.context.set_offline(False)
    phone.reload()
    phone.get_by_role("heading", level=1).wait_for()
    expect(phone.get_by_text("page gardée le")).to_have_count(0)


def test_elsewhere_the_directory_is_searched_by_name_and_pages_are_found_again(phone):
    phone.context.set_offline(True)
    phone.goto("/annuaire/commune/")
    phone.get_by_role("heading", name="Pas de réseau", level=1).wait_for()
    phone.get_by_label("Un nom, un métier").fill("zélie FROMAG")
    found = phone.get_by_role("link", name="Zélie, fromages du Parc")
    expect(found).to_have_attribute("href", "/annuaire/fiche/zelie-fromages-du-parc/")
    assert (
        phone.get_by_role("link", name="Itinéraire").first.get_attribute("href").startswith("geo:")
    )
    assert violations(phone) == ""
    read = phone.get_by_role("region", name="Déjà lu, donc gardé")
    read.get_by_role("link", name="Le Fournil des Vaux").click()
    phone.get_by_role("status").filter(has_text="page gardée le").wait_for()


# Everything that the worker keeps: {path: its words}.
ALL_KEPT = """async () => {
    const kept = {};
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            const { pathname, search } = new URL(request.url);
            kept[pathname + search] = await (await cache.match(request)).text();
        }
    }
    return kept;
}"""


def test_nothing_of_one_person_is_kept(phone):
    for path in ("/compte/connexion/", "/mon-espace/", "/gestion/"):
        phone.goto(path)
    before = phone.evaluate(ALL_KEPT)
    assert {"/", LISTING} <= set(before)
    phone.goto("/compte/connexion/?next=/mon-espace/")
    log_in(phone, PRODUCER, PASSWORD)
    phone.get_by_role("heading", name="Bonjour Lise").wait_for()
    # With a session no page is kept, public ones neither; what was kept before stays as it was.
    for path in ("/mon-espace/publications/", "/mon-espace/partager/", "/", "/marches/", LISTING):
        phone.goto(path)
    phone.goto("/compte/deconnexion/")
    phone.get_by_role("main").get_by_role("button", name="Se déconnecter").click()
    phone.get_by_role("main").wait_for()
    after = phone.evaluate(ALL_KEPT)
    private = ("/compte/", "/mon-espace/", "/gestion/")
    assert [path for path in after if path.startswith(private)] == []
    assert "/marches/" not in after and "/marches/" not in before
    named = [path for path, words in after.items() if "Bonjour Lise" in words or PRODUCER in words]
    assert named == []
    phone.context.set_offline(True)
    assert phone.evaluate("fetch('/mon-espace/').then(() => 'kept', () => 'nothing')") == "nothing"


def test_a_page_that_changed_replaces_the_one_that_was_kept(phone):
    stale = """async (path) => {
        const cache = await caches.open("pages-1");
        await cache.put(path, new Response("<main id=x><h1>Vieux</h1></main>",
            { headers: { "Content-Type": "text/html; charset=utf-8" } }));
    }"""
    phone.evaluate(stale, LISTING)
    phone.context.set_offline(True)
    phone.goto(LISTING)
    phone.get_by_role("heading", name="Vieux").wait_for()
    phone.context.set_offline(False)
    phone.goto(LISTING)
    assert phone.get_by_role("heading", level=1).inner_text() != "Vieux"
    phone.wait_for_function(
        "async (path) => !(await (await caches.match(path)).text()).includes('Vieux')", arg=LISTING
    )


def test_another_version_of_the_site_throws_away_what_the_one_before_kept(phone):
    phone.evaluate(
        """async () => {
            await (await caches.open("pages-0")).put("/vieux", new Response("x"));
            await (await caches.open("coquille-1")).put("/static/vieux.css", new Response("x"));
            const one = await navigator.serviceWorker.getRegistration();
            await one.unregister();
            await navigator.serviceWorker.register("/hors-ligne.js");
        }"""
    )
    phone.wait_for_function(
        """async () => !(await caches.keys()).includes("pages-0")
            && !(await caches.match("/static/vieux.css"))"""
    )
    kept = phone.evaluate(ALL_KEPT)
    assert "/hors-ligne/" in kept and any(path.startswith("/carte/") for path in kept)


def test_a_shared_photo_waits_for_the_form_and_for_nothing_else(phone):
    photo = "async () => (await caches.match('/photo', { cacheName: 'partage-1' })) !== undefined"
    share = """async () => {
        const given = new FormData();
        given.set("text", "Regardez https://reseau.example/p/1");
        given.set("photo", new File(["x"], "x.png", { type: "image/png" }));
        const { url } = await fetch("/mon-espace/partage-recu/", { method: "POST", body: given });
        return url;
    }"""
    assert "photo%3D1" in phone.evaluate(share)
    assert phone.evaluate(photo)
    phone.goto("/annuaire/")
    phone.wait_for_function(f"async () => !(await ({photo})())")
