"""axe-core finds nothing, with all its rules, on each kind of page, on both screens and schemes."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import SCREENS
from tests.browser.pages import LISTING, PAGES

AXE = Axe()
# The sizes change and the scheme changes under the same page: it is loaded once.
VIEWS = [(screen, scheme) for screen in ("phone", "desktop") for scheme in ("light", "dark")]
VIOLATIONS = {"resultTypes": ["violations"]}


def violations(page):
    """What axe says against the page in each view, one line for each rule and place."""
    found = []
    page.evaluate(AXE.axe_script)
    for screen, scheme in VIEWS:
        page.set_viewport_size(SCREENS[screen]["viewport"])
        page.emulate_media(color_scheme=scheme)
        results = page.evaluate("options => axe.run(options)", VIOLATIONS)
        for rule in results["violations"]:
            for node in rule["nodes"]:
                why = " ".join(node["failureSummary"].split())
                found.append(f"{screen} {scheme}: {rule['id']} {node['target']} {why}")
    return "\n".join(found)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_violation(visitor, name):
    page = visitor(PAGES[name], reduced_motion="reduce")
    assert violations(page) == ""


def test_a_form_with_errors_has_no_violation(visitor):
    page = visitor(f"{LISTING}gerer/", reduced_motion="reduce")
    page.get_by_label("Votre adresse e-mail").fill("pas une adresse")
    page.get_by_role("button", name="Envoyer la demande").click()
    page.get_by_role("alert").wait_for()
    assert violations(page) == ""


def test_open_filters_and_the_open_menu_have_no_violation(visitor):
    page = visitor(PAGES["search"], reduced_motion="reduce")
    page.get_by_text("modifier").click()
    page.locator("summary.chip").last.click()
    assert violations(page) == ""
    page.set_viewport_size(SCREENS["phone"]["viewport"])
    page.get_by_role("button", name="Menu").click()
    assert violations(page) == ""
