"""A producer with a telephone: hours, a closure, a photo, a post; axe on each page of theirs."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from config.demo import loading
from tests.browser.cast import PASSWORD
from tests.browser.cast_made_here import PRODUCER
from tests.browser.people import log_in
from tests.browser.test_axe import violations

MINE = "/mon-espace/fiche/poterie-des-etangs/"
# Only a button opens it: whoever comes back to its address finds words.
DOWNLOAD = "/mon-espace/mes-donnees/telecharger/"
PAGES = [
    DOWNLOAD,
    *("/mon-espace/", "/mon-espace/publier/", "/mon-espace/publications/"),
    *("/mon-espace/partager/", "/mon-espace/partager/?url=x&photo=1"),
    *("/mon-espace/mes-donnees/", "/mon-espace/mes-donnees/supprimer/"),
    *(MINE, f"{MINE}texte/", f"{MINE}horaires/", f"{MINE}marches/", f"{MINE}photos/"),
]


@pytest.fixture
def space(visitor):
    """Open a page of one's space as the producer, on a telephone."""

    def arrive(path="/mon-espace/"):
        page = visitor(f"/compte/connexion/?next={path}", reduced_motion="reduce")
        log_in(page, PRODUCER, PASSWORD)
        page.wait_for_url(lambda url: urlsplit(url).path == path)
        return page

    return arrive


def test_no_page_of_ones_space_has_a_violation(space):
    page, found = space(), {}
    for path in PAGES:
        page.goto(path)
        found[path] = violations(page)
    assert not {path: said for path, said in found.items() if said}


def test_no_door_s_words_stick_out_of_it(space):
    page = space()
    # The longest of the doors, whoever they are for.
    page.locator(".doors a").first.evaluate("one => one.lastChild.textContent = 'Autocollants'")
    for width in (320, 390, 720, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        out = page.locator(".doors a").evaluate_all(
            """all => all.filter(one => {
                const words = document.createRange();
                words.selectNodeContents(one);
                const inner = one.clientWidth - parseFloat(getComputedStyle(one).paddingRight);
                const edge = one.getBoundingClientRect().left + one.clientLeft + inner;
                return words.getBoundingClientRect().right > edge + 1;
            }).map(one => one.textContent)"""
        )
        assert out == [], width


def test_hours_and_a_closure_are_seen_then_published(space):
    page = space()
    page.get_by_role("link", name="Horaires, congés").click()
    page.get_by_label("Horaires", exact=True).fill("quand il fait beau")
    page.get_by_role("button", name="Voir avant de publier").click()
    page.get_by_role("alert").wait_for()
    assert violations(page) == ""
    hours = page.get_by_label("Horaires", exact=True)
    expect(hours).to_have_value("quand il fait beau")
    hours.fill("mardi au samedi 9h-12h30")
    page.get_by_role("button", name="Voir avant de publier").click()
    page.get_by_text("Rien n’est encore publié").wait_for()
    assert violations(page) == ""
    page.get_by_role("button", name="Reprendre").click()
    expect(page.get_by_label("Horaires", exact=True)).to_have_value("mardi au samedi 9h-12h30")
    page.get_by_role("button", name="Publier tout de suite").click()
    page.get_by_text("C’est en ligne.").wait_for()
    page.get_by_role("link", name="Voir la page").click()
    page.get_by_role("heading", name="Poterie des Étangs", level=1).wait_for()
    table = page.get_by_role("region", name="Horaires").inner_text().replace("\xa0", " ")
    assert "9 h – 12 h 30" in table


def test_a_post_with_a_photo_stands_on_the_local_production_page(space):
    page = space("/mon-espace/publier/")
    page.get_by_label("Que voulez-vous dire ?").fill("Trois théières, une seule verse droit.")
    page.get_by_label("Une photo").set_input_files(loading.HERE / "drawings" / "ceramiste.webp")
    page.get_by_role("button", name="Publier tout de suite").click()
    page.get_by_text("C’est en ligne.").wait_for()
    page.goto("/fait-ici/poterie/")
    post = page.locator("[data-post]").first
    expect(post).to_contain_text("Trois théières", use_inner_text=True)
    expect(post.get_by_role("link", name="#mis78")).to_be_visible()
