"""A missing address, from a resident's phone to the search: the whole way, by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import log_in, mail_to
from tests.browser.test_axe import violations

NAME = "Safranière des Longs Prés"
PROPOSER = "lise-propose@example.org"
MODERATOR = ("benevole@example.org", "secret")
READING_MS = 2100


@pytest.fixture(scope="module")
def moderator(site):
    """A volunteer with a password."""
    site.python(
        "-c",
        "import django; django.setup();"
        "from django.contrib.auth.models import Group; from home.models import User;"
        f"user = User.objects.create_user({MODERATOR[0]!r}, {MODERATOR[1]!r});"
        "user.groups.add(Group.objects.get(name='Bénévoles'))",
    )


def type_into(page, label, text):
    """Reach a field by its label and type, as a keyboard does."""
    page.get_by_label(label, exact=True).focus()
    page.keyboard.type(text)


def test_a_proposal_goes_from_a_phone_to_the_search(site, visitor, moderator):
    page = visitor("/annuaire/?q=safran&ou=Dourdan")
    page.get_by_role("link", name="Proposer une adresse").press("Enter")
    expect(page.get_by_label("Commune", exact=True)).to_have_value("Dourdan")
    assert violations(page) == ""
    page.get_by_label("Comment cela s’appelle ?").fill("")
    type_into(page, "Comment cela s’appelle ?", NAME)
    type_into(page, "Qu’y trouve-t-on ?", "Safran en pistils, sirop")
    page.get_by_label("Commune", exact=True).fill("")
    type_into(page, "Commune", "dourd")
    option = page.get_by_role("listbox").get_by_role("option", name="Dourdan (91410)", exact=True)
    option.wait_for()
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Commune", exact=True)).to_have_value("Dourdan (91410)")
    type_into(page, "Horaires", "samedi 9h-12h30")
    type_into(page, "Votre adresse e-mail", PROPOSER)
    page.wait_for_timeout(READING_MS)
    page.keyboard.press("Enter")
    page.wait_for_url("**/demande/envoyee/")
    assert violations(page) == ""

    text = mail_to(site, PROPOSER)
    assert NAME not in text
    page.goto(re.search(r"http://\S+/confirmer/\S+", text)[0])
    expect(page.get_by_role("main")).to_contain_text(NAME, use_inner_text=True)
    assert violations(page) == ""
    page.get_by_role("button", name="confirmer").press("Enter")
    page.get_by_role("heading", name="C’est confirmé. Merci.").wait_for()
    assert violations(page) == ""

    page.goto("/gestion/annuaire/demandes/")
    log_in(page, *MODERATOR)
    page.get_by_role("link", name=NAME).press("Enter")
    page.get_by_role("button", name="Publier", exact=True).press("Enter")
    page.get_by_text("Une réponse part par mail.").wait_for()

    found = visitor("/annuaire/?q=safran&ou=Dourdan")
    expect(found.get_by_role("link", name=NAME).first).to_be_visible()
    text = mail_to(site, PROPOSER)
    assert re.search(r"http://\S+/annuaire/fiche/saf\S+", text)


def test_without_javascript_the_server_asks_which_commune_and_which_listing(site, visitor):
    page = visitor("/annuaire/proposer/", java_script_enabled=False)
    page.get_by_label("Comment cela s’appelle ?").fill("Le fournil des vaux")
    page.get_by_label("Commune", exact=True).fill("78120")
    page.get_by_label("Votre adresse e-mail").fill("paul.ailleurs@example.org")
    page.wait_for_timeout(READING_MS)
    page.get_by_role("button", name="Envoyer la proposition").click()
    page.get_by_label("Rambouillet (78120)").check()
    page.get_by_role("button", name="Envoyer la proposition").click()
    expect(page.get_by_role("heading", name="Est-ce celle-ci ?")).to_be_visible()
    page.get_by_role("button", name="Non, c’en est une autre").click()
    page.wait_for_url("**/demande/envoyee/")
    kept = site.rows(
        "SELECT state FROM directory_listingrequest WHERE email = ?", "paul.ailleurs@example.org"
    )
    assert kept == [("a-confirmer",)]


def test_the_pages_of_a_proposal_have_no_violation(visitor):
    page = visitor("/annuaire/proposer/", reduced_motion="reduce")
    page.get_by_label("Comment cela s’appelle ?").fill("Fournil des Vaux")
    page.get_by_label("Commune", exact=True).fill("78120")
    page.get_by_label("Votre adresse e-mail").fill("pas une adresse")
    page.wait_for_timeout(READING_MS)
    page.get_by_role("button", name="Envoyer la proposition").click()
    page.get_by_role("alert").wait_for()
    assert violations(page) == ""
    page.get_by_label("Votre adresse e-mail").fill("lise@example.org")
    page.get_by_label("Rambouillet (78120)").check()
    page.get_by_role("button", name="Envoyer la proposition").click()
    page.get_by_role("heading", name="Est-ce celle-ci ?").wait_for()
    assert violations(page) == ""
    page.get_by_label("Commune", exact=True).fill("")
    page.get_by_label("Commune", exact=True).press_sequentially("ramb")
    page.get_by_role("listbox").get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert violations(page) == ""
