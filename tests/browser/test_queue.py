"""The volunteers' list on a telephone and a big screen: axe, no scrolling sideways, keys, undo."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.cast import PASSWORD
from tests.browser.cast_queue import TITLES, VOLUNTEER
from tests.browser.people import log_in
from tests.browser.test_axe import violations
from tests.browser.test_axe_label import reach
from tests.browser.test_narrow import SIZES, STICKING_OUT

QUEUE = "/gestion/annuaire/demandes/"
OTHERS = {
    "questions": f"{QUEUE}?etat=precision",
    "handled": f"{QUEUE}?etat=traitees",
    "one kind": f"{QUEUE}?genre=publication",
    "members": "/gestion/label/membres/",
    "sign with somebody": "/gestion/label/membres/add/",
    "posts": "/gestion/label/publications/",
    "facts": "/gestion/label/faits/",
    "charter": "/gestion/label/charte/",
    "one kind, collected": f"{QUEUE}?genre=collectee",
    "sources": "/gestion/label/sources/",
    "follow a source": "/gestion/label/sources/add/",
    "health of sources": "/gestion/label/sources/sante/",
    "import of sources": "/gestion/label/sources/importer/",
    "the coming letter": "/gestion/lettre/",
    "hashtags of a moment": "/gestion/label/moments/",
    "a hashtag of a moment": "/gestion/label/moments/add/",
}


@pytest.fixture
def desk(visitor):
    """The list, with a volunteer in front of it: `desk(screen="desktop")`."""

    def opened(**options):
        page = visitor(f"/compte/connexion/?next={QUEUE}", reduced_motion="reduce", **options)
        log_in(page, VOLUNTEER, PASSWORD)
        page.wait_for_url(re.compile(f"//[^/]+{re.escape(QUEUE)}$"))
        return page

    return opened


def open_case(page, title):
    """From the list to a case."""
    page.goto(QUEUE)
    page.locator(".annuaire-queue").get_by_role("link", name=title, exact=True).click()
    page.get_by_role("heading", name=re.compile(re.escape(title))).first.wait_for()


def unfold(page):
    """Open all that is folded in the case: nothing may hide there."""
    page.locator("main details:not([open]) > summary").evaluate_all(
        "all => all.forEach((one) => { one.parentElement.open = true; })"
    )


def faults(page):
    """What axe says, and what sticks out at any size."""
    found = [violations(page)]
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{width}: {one}" for one in page.evaluate(STICKING_OUT)]
    return [one for one in found if one]


def test_the_list_has_no_violation_and_fits(desk):
    page = desk()
    assert faults(page) == []


@pytest.mark.parametrize("kind", TITLES)
def test_a_case_has_no_violation_and_fits(desk, kind):
    page = desk()
    open_case(page, TITLES[kind])
    unfold(page)
    assert faults(page) == []


def test_the_other_lists_have_no_violation_and_fit(desk):
    page = desk()
    found = {}
    for name, path in OTHERS.items():
        page.goto(path)
        page.locator("main").wait_for()
        found[name] = faults(page)
    assert {name: what for name, what in found.items() if what} == {}


def test_a_member_s_page_has_no_violation_and_fits(desk):
    page = desk()
    page.goto("/gestion/label/membres/?state=membre")
    page.get_by_role("link", name="Reliures de la Sente").click()
    page.get_by_role("button", name="La personne s’en va").wait_for()
    unfold(page)
    assert faults(page) == []


def test_ones_own_case_has_no_buttons_and_says_why(desk):
    page = desk()
    open_case(page, TITLES["own signature"])
    page.get_by_text("quelqu’un d’autre la décide").wait_for()
    assert page.get_by_role("button", name="Accepter").count() == 0


def make_cases(site, name):
    """A post and a signature of this test alone; returns their titles."""
    post, signature = f"{name}, le mot", f"{name}, la signature"
    site.python(
        "-c",
        "import django; django.setup();"
        "from tests import factories as directory; from tests.label import factories;"
        f"factories.post('Bonjour', author=directory.user({name!r} + '@example.org'),"
        f" listing=directory.listing({post!r}), state='en-attente', published_at=None);"
        f"factories.member(holder={signature!r}, slug={name!r}, state='en-attente', since=None)",
    )
    return post, signature


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_a_volunteer_publishes_takes_it_back_and_goes_on(site, desk, screen):
    post, signature = make_cases(site, f"ronde-{screen}")
    page = desk(screen=screen)
    open_case(page, post)
    page.get_by_role("button", name="Publier").click()
    told = page.get_by_text("publiée.")
    told.wait_for()
    # The oldest case is open now, and the way back is there.
    page.get_by_role("link", name="Plus tard").wait_for()
    page.get_by_role("link", name="Annuler").click()
    page.get_by_role("button", name="Annuler : remettre en attente").click()
    page.get_by_text("en attente.").first.wait_for()
    page.get_by_role("button", name="Publier").wait_for()

    open_case(page, signature)
    page.get_by_text("Refuser").first.click()
    page.get_by_label("Motif, pour l’équipe").fill("Hors du territoire")
    page.get_by_role("button", name="Refuser").click()
    page.get_by_text(f"{signature} : refusée.").wait_for()
    page.get_by_role("link", name="Annuler").click()
    page.get_by_role("button", name="Annuler la réponse : remettre en attente").wait_for()


def test_keys_answer_only_once_they_are_switched_on(site, desk):
    post, _signature = make_cases(site, "clavier")
    page = desk(screen="desktop")
    open_case(page, post)
    here = page.url
    page.locator("body").press("r")
    expect(page.locator("#refuse-reply")).to_be_hidden()
    page.locator("queue-keys summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.locator("body").press("r")
    page.locator("#refuse-reply").wait_for()
    # Now one types: letters are letters.
    page.keyboard.type("apprs")
    expect(page.locator("#refuse-reply")).to_have_value("apprs")
    assert page.url == here
    page.locator("main h2").first.click()
    page.locator("body").press("p")
    page.locator("#ask-reply").wait_for()
    page.locator("main h2").first.click()
    page.locator("body").press("a")
    page.get_by_text("publiée.").wait_for()
    page.goto(here)
    page.locator("queue-keys summary").click()
    page.get_by_label("Ces touches répondent").uncheck()
    page.locator("main h2").first.click()
    page.locator("body").press("r")
    expect(page.locator("#refuse-reply")).to_be_hidden()


def make_collected(site, number):
    """So many publications that have waited longest of all."""
    site.python(
        "-c",
        "import django; django.setup();"
        "from datetime import timedelta; from django.utils import timezone;"
        "from tests.label import factories; old = timezone.now() - timedelta(days=400);"
        f"[factories.item('<p>Bol no %d</p>' % one, author='Clavier', state='en-attente',"
        " url='https://clavier.example/%d' % one,"
        f" seen_at=old, published_at=old) for one in range({number})]",
    )


def test_ten_collected_publications_are_decided_with_the_keyboard_alone(site, desk):
    make_collected(site, 10)
    page = desk(screen="desktop")
    first = page.locator(".annuaire-queue").get_by_role("link", name="Clavier").first
    reach(page, first)
    page.keyboard.press("Enter")
    reach(page, page.locator("queue-keys summary"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for number in range(10):
        page.get_by_role("heading", name="Clavier").first.wait_for()
        here = page.url
        if number % 5 == 4:
            page.keyboard.press("r")
            page.keyboard.type("Rien à voir avec nous")
            reach(page, page.get_by_role("button", name="Refuser"), most=4)
            page.keyboard.press("Enter")
        else:
            page.keyboard.press("a")
        page.wait_for_url(lambda url, here=here: url != here)
    found = site.rows("SELECT state, COUNT(*) FROM label_item WHERE author = 'Clavier' GROUP BY 1")
    assert dict(found) == {"publiee": 8, "refusee": 2}


def test_a_source_that_cannot_be_followed_says_why_and_the_word_is_mended(desk):
    page = desk(screen="desktop")
    page.goto("/gestion/label/sources/add/")
    page.get_by_role("textbox", name="Adresse").fill("https://www.instagram.com/zelie/")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("instagram.com ne laisse rien lire").wait_for()
    assert faults(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("textbox", name="Adresse").fill("@zelie@serveur.invalid")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Pour l’instant").wait_for()
    page.get_by_role("link", name="Santé").click()
    with page.expect_download() as given:
        page.get_by_role("link", name="Exporter la liste (OPML)").click()
    assert "https://serveur.invalid/@zelie" in given.value.path().read_text()
