"""axe-core finds nothing, with all its rules, on each kind of page, on both screens and schemes."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import SCREENS
from tests.browser.pages import BOOKLET, LISTING, PAGES

AXE = Axe()
# No rule that is on by default needs the style sheets loaded once more.
ALL_RULES = {"resultTypes": ["violations"], "preload": False}
# The dark scheme has other colours and nothing else.
COLOURS = ALL_RULES | {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
}
# The size and the scheme change under the same page: it is loaded once.
VIEWS = [
    ("phone", "light", ALL_RULES),
    ("phone", "dark", COLOURS),
    ("desktop", "dark", COLOURS),
    ("desktop", "light", ALL_RULES),
]


def violations(page):
    """What axe says against the page in each view, one line for each rule and place."""
    found = []
    page.evaluate(AXE.axe_script)
    for screen, scheme, options in VIEWS:
        page.set_viewport_size(SCREENS[screen]["viewport"])
        page.emulate_media(color_scheme=scheme)
        # Colours that are still on their way from the other scheme are nobody's.
        page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished))")
        results = page.evaluate("options => axe.run(options)", options)
        for rule in results["violations"]:
            for node in rule["nodes"]:
                why = " ".join(node["failureSummary"].split())
                found.append(f"{screen} {scheme}: {rule['id']} {node['target']} {why}")
    return "\n".join(found)


def test_axe_sees_what_is_wrong_in_either_scheme(visitor):
    page = visitor("/nulle-part/", reduced_motion="reduce")
    page.evaluate(
        """() => {
            document.querySelector("h1").style.color = "light-dark(#ccc, #333)";
            document.querySelector("main").removeAttribute("id");
            document.querySelector("h1 + p").setAttribute("aria-colour", "red");
        }"""
    )
    found = violations(page)
    assert "phone light: color-contrast ['h1']" in found
    assert "desktop dark: color-contrast ['h1']" in found
    assert "aria-valid-attr" in found and "region" in found


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_violation(visitor, name):
    page = visitor(PAGES[name], reduced_motion="reduce")
    assert violations(page) == ""


def test_the_booklet_of_an_issue_has_no_violation(visitor):
    page = visitor(BOOKLET, reduced_motion="reduce")
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
