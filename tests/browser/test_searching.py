"""Looking for something on a telephone, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

JAVASCRIPT = pytest.mark.parametrize("javascript", [True, False], ids=["with_js", "without_js"])
CHEESE = "/annuaire/?q=fromage&ou=Rambouillet&rayon=50"


def slugs(page, within=".search-list > .cards"):
    """The slugs of the cards, in order."""
    cards = page.locator(f"{within} [data-listing]").all()
    return [card.get_attribute("data-listing") for card in cards]


@JAVASCRIPT
def test_nearest_comes_first_whatever_the_names(visitor, javascript):
    page = visitor(CHEESE, java_script_enabled=javascript)
    assert slugs(page) == [
        "zelie-fromages-du-parc",
        "yourtes-et-tommes",
        "xaviere-chevrerie",
        "au-bon-caille",
    ]


@JAVASCRIPT
def test_open_now_stands_in_the_address_and_going_back_takes_it_off(visitor, javascript):
    page = visitor(CHEESE, java_script_enabled=javascript)
    page.get_by_role("link", name="Ouvert", exact=True).click()
    page.wait_for_url("**ouvert=1**")
    assert "q=fromage" in page.url and "ou=Rambouillet" in page.url and "rayon=50" in page.url
    assert slugs(page) == ["zelie-fromages-du-parc", "au-bon-caille"]

    page.go_back()
    assert "ouvert" not in page.url
    assert len(slugs(page)) == 4


def test_unknown_hours_stand_apart_and_never_count_as_open(visitor):
    page = visitor(f"{CHEESE}&ouvert=1")
    apart = page.get_by_role("region", name="Horaires inconnus (1)")
    expect(apart).to_contain_text("Appelez avant de passer", use_inner_text=True)
    assert slugs(page, ".apart") == ["xaviere-chevrerie"]
    assert page.get_by_role("heading", level=1).inner_text().startswith("2 adresses ouvertes")
    assert apart.bounding_box()["y"] > page.locator(".cards").first.bounding_box()["y"]


@JAVASCRIPT
def test_nothing_near_widens_and_says_so(visitor, javascript):
    page = visitor("/annuaire/?q=chèvre&ou=Houdan&rayon=5", java_script_enabled=javascript)
    said = page.get_by_role("heading", level=1).inner_text()
    assert said == "Rien à moins de 5 km. Les 3 plus proches\N{NO-BREAK SPACE}:"
    assert len(slugs(page)) == 3


@JAVASCRIPT
def test_an_unknown_place_is_said_plainly(visitor, javascript):
    page = visitor("/annuaire/?q=fromage&ou=Zzyzxqvland", java_script_enabled=javascript)
    said = page.get_by_role("heading", level=1).inner_text()
    assert "Nous ne trouvons pas" in said and "Zzyzxqvland" in said
    assert slugs(page) == []
    expect(page.get_by_label("Où ?")).to_have_value("Zzyzxqvland")


def test_a_misspelt_place_brings_suggestions_that_lead_on(visitor):
    page = visitor("/annuaire/?q=fromage&ou=Saint-Arn")
    page.get_by_role("main").get_by_role("link", name="Saint-Arnoult").first.click()
    page.wait_for_url("**ou=Saint-Arnoult**")
    assert "q=fromage" in page.url


def test_pages_of_results_lead_on_and_back(visitor):
    page = visitor("/annuaire/?q=primeur&ou=Houdan")
    assert len(slugs(page)) == 20
    page.get_by_role("link", name="Suivante").click()
    page.wait_for_url("**page=2**")
    assert len(slugs(page)) == 4
    expect(page.locator(".cards").first).to_have_attribute("start", "21")
    page.get_by_role("link", name="Précédente").click()
    assert "page=" not in page.url


def test_the_typed_search_can_be_changed_where_it_stands(visitor):
    page = visitor(CHEESE)
    page.get_by_text("modifier").click()
    what = page.get_by_label("Que cherchez-vous ?")
    expect(what).to_have_value("fromage")
    what.fill("pain")
    what.press("Enter")
    page.wait_for_url("**q=pain**")
    assert slugs(page) == ["fiche-complete", "maison-des-vaux"]
