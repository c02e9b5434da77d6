"""The one flow: a file comes in, a resident with a telephone finds a cheesemonger and goes."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.served import ROOT

FILE = Path(__file__).parent / "data" / "paris.csv"


@pytest.fixture(scope="session")
def paris(site):
    """An invented file in the form of the city's open data, brought in by the command."""
    order = ["--source", "Commerces de Paris", "--licence", "ODbL"]
    return subprocess.run(
        [sys.executable, "manage.py", "import_listings", FILE, *order],
        env=site.env,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


def distances(page):
    """What the cards say, in kilometres, in their order."""
    return [
        float(data.get_attribute("value").replace(",", "."))
        for data in page.locator(".search-list .card-far data").all()
    ]


def test_the_file_comes_in_and_the_row_without_a_name_is_told(paris):
    assert paris.returncode == 2, paris.stderr
    assert "rows=8 created=7 updated=0 unchanged=0 merged=0 failed=1" in paris.stdout


@pytest.mark.parametrize("javascript", [True, False], ids=["with_js", "without_js"])
def test_a_resident_finds_cheese_nearest_first_and_goes_there(paris, visitor, javascript):
    page = visitor("/", java_script_enabled=javascript)
    page.get_by_label("Que cherchez-vous ?").fill("fromage")
    page.get_by_label("Où ?").fill("75007")
    page.get_by_role("button", name="Chercher").click()

    page.wait_for_url("**/annuaire/?**")
    assert "q=fromage" in page.url and "ou=75007" in page.url
    found = distances(page)
    assert len(found) == 4
    assert found == sorted(found)
    slugs = [card.get_attribute("data-listing") for card in page.locator("[data-listing]").all()]
    assert slugs[0] == "l-affineur" or "affineur" in slugs[0]
    assert "pain-et-fils" not in slugs

    page.locator("[data-listing] a").first.click()
    page.wait_for_url("**/annuaire/fiche/**")
    assert page.get_by_role("heading", level=1).inner_text().casefold().endswith("affineur")
    route = page.get_by_role("link", name="Itinéraire")
    assert re.search(r"openstreetmap\.org/.*48\.8569", route.get_attribute("href"))
    expect(page.get_by_text("Importé de Commerces de Paris")).to_be_visible()


def test_a_listing_with_a_telephone_can_be_called_from_the_first_screen(visitor):
    page = visitor("/annuaire/fiche/fiche-complete/")
    call = page.get_by_role("link", name="Appeler")
    expect(call).to_have_attribute("href", "tel:0639981107")
    box = call.bounding_box()
    assert box["y"] + box["height"] <= 844
    assert box["height"] >= 44
    expect(page.get_by_role("link", name="Itinéraire")).to_be_visible()
