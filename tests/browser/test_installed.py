"""Without network on a telephone: what was read stays readable, the directory can be searched."""

import pytest

from tests.browser.conftest import SCREENS
from tests.browser.pages import LISTING
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
    assert phone.get_by_text("page gardée le").count() == 0


def test_elsewhere_the_directory_is_searched_by_name_and_pages_are_found_again(phone):
    phone.context.set_offline(True)
    phone.goto("/annuaire/commune/")
    phone.get_by_role("heading", name="Pas de réseau", level=1).wait_for()
    phone.get_by_label("Un nom, un métier").fill("zélie FROMAG")
    found = phone.get_by_role("link", name="Zélie, fromages du Parc")
    assert found.get_attribute("href") == "/annuaire/fiche/zelie-fromages-du-parc/"
    assert (
        phone.get_by_role("link", name="Itinéraire").first.get_attribute("href").startswith("geo:")
    )
    assert violations(phone) == ""
    read = phone.get_by_role("region", name="Déjà lu, donc gardé")
    read.get_by_role("link", name="Le Fournil des Vaux").click()
    phone.get_by_role("status").filter(has_text="page gardée le").wait_for()


def test_nothing_of_one_person_is_kept(phone):
    for path in ("/compte/connexion/", "/mon-espace/", "/gestion/"):
        phone.goto(path)
    kept = phone.evaluate(
        """async () => {
            const kept = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
            const requests = await Promise.all(kept.map((cache) => cache.keys()));
            return requests.flat().map((request) => new URL(request.url).pathname);
        }"""
    )
    assert {"/", LISTING} <= set(kept)
    private = ("/compte/", "/mon-espace/", "/gestion/")
    assert [path for path in kept if path.startswith(private)] == []
