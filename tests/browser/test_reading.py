"""Reading on a telephone and a big screen: the magazine, an article, a search; on paper too."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import ARTICLE, MAGAZINE
from tests.browser.test_weight import SHIFTS, WATCH_SHIFTS


def test_from_the_home_page_to_an_article_and_on(visitor):
    page = visitor("/")
    page.get_by_role("link", name="Tous les articles").click()
    page.get_by_role("link", name="Le Bissac").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Le Bissac"
    page.goto(ARTICLE)
    assert page.get_by_role("heading", level=1).inner_text().startswith("Un matin")
    page.get_by_role("link", name="Article suivant").click()
    page.wait_for_url("**/carnet-de-saison-no-1/")
    page.get_by_role("link", name="Article précédent").click()
    page.wait_for_url(f"**{ARTICLE}")


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_nothing_jumps_while_one_reads(visitor, screen):
    page = visitor("/sante/", screen=screen)
    page.add_init_script(WATCH_SHIFTS)
    for path in (MAGAZINE, ARTICLE, f"{MAGAZINE}numero-2/", "/recherche/?q=fromage"):
        page.goto(path, wait_until="networkidle")
        page.mouse.wheel(0, 3000)
        assert page.evaluate(SHIFTS) == [], path


def test_the_first_picture_comes_first_and_fits(visitor):
    page = visitor(ARTICLE)
    image = page.locator(".article-image img")
    expect(image).to_have_attribute("fetchpriority", "high")
    assert page.locator("img[fetchpriority=high]").count() == 1
    width = image.evaluate("image => image.naturalWidth")
    assert 0 < width <= 1200
    assert not page.evaluate("document.querySelector('.article-end img').complete")


def test_the_link_can_be_copied(visitor):
    page = visitor(ARTICLE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copier le lien").click()
    page.get_by_text("Lien copié.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(ARTICLE) and copied.startswith("http")


def test_without_scripts_the_mail_link_is_enough(visitor):
    page = visitor(ARTICLE, java_script_enabled=False)
    link = page.get_by_role("link", name="Envoyer par e-mail")
    assert link.get_attribute("href").startswith("mailto:?subject=Un%20matin")
    expect(page.get_by_role("button", name="Copier le lien")).to_be_hidden()


def test_somebody_who_types_is_offered_titles_and_goes_there_by_keyboard(visitor):
    page = visitor("/")
    page.get_by_role("link", name="Rechercher").click()
    field = page.get_by_role("combobox", name="Chercher dans tout le site")
    # At once: one question, so that no older answer is replaced under the arrow.
    field.fill("chèvreri")
    option = page.get_by_role("option", name="Un matin à la chèvrerie")
    option.wait_for()
    count = page.get_by_role("option").count()
    for _ in range(count):
        field.press("ArrowDown")
        if option.get_attribute("aria-selected") == "true":
            break
    field.press("Enter")
    page.wait_for_url(f"**{ARTICLE}")


def test_enter_without_a_choice_searches(visitor):
    page = visitor("/recherche/")
    field = page.get_by_label("Chercher dans tout le site")
    field.fill("fromage")
    field.press("Enter")
    page.wait_for_url("**/recherche/?q=fromage")
    expect(page.locator("[data-listing]")).to_have_count(4)
    expect(page.locator("[data-article]")).to_have_count(12)


def test_an_article_prints_for_a_bakery_s_wall(visitor):
    page = visitor(ARTICLE, screen="desktop", color_scheme="dark")
    page.emulate_media(media="print")
    for shown in ("h1", ".article-image img", ".prose p", ".article-end", ".article-end img"):
        assert page.locator(shown).first.is_visible(), shown
    for hidden in ("nav", ".button", ".share", ".menu-button", ".masthead-search", "form"):
        seen = [part for part in page.locator(hidden).all() if part.is_visible()]
        assert seen == [], hidden
    ink = page.locator("h1").evaluate("title => getComputedStyle(title).color")
    assert ink == "rgb(0, 0, 0)"
    assert page.pdf(format="A4").count(b"/Type /Page\n") <= 3


@pytest.mark.parametrize("path", [MAGAZINE, ARTICLE, f"{MAGAZINE}numero-2/", "/recherche/?q=pain"])
def test_nothing_sticks_out_of_a_narrow_screen(visitor, path):
    page = visitor(path)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
