"""« Corriger · Gérer · Retirer » from a telephone."""

import pytest
from playwright.sync_api import expect

LISTING = "/annuaire/fiche/fiche-complete/"
JAVASCRIPT = pytest.mark.parametrize("javascript", [True, False], ids=["with_js", "without_js"])
# Whoever sends a form faster than two seconds after it came is taken for a robot.
READING_MS = 2100


@JAVASCRIPT
def test_an_error_keeps_what_was_typed_and_the_corrected_form_arrives(site, visitor, javascript):
    text = f"Ouvert aussi le dimanche matin, de 9 h à 12 h (essai {javascript})."
    page = visitor(LISTING, java_script_enabled=javascript)
    page.get_by_role("link", name="Corriger", exact=True).click()
    page.get_by_label("Horaires", exact=True).fill("dimanche 9h-12h")
    page.get_by_label("Autre chose, ou une précision").fill(text)
    page.get_by_label("Votre adresse e-mail").fill("pas une adresse")
    page.wait_for_timeout(READING_MS)
    page.get_by_role("button", name="Envoyer la correction").click()

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Votre adresse e-mail", use_inner_text=True)
    expect(page.get_by_label("Autre chose, ou une précision")).to_have_value(text)
    expect(page.get_by_label("Horaires", exact=True)).to_have_value("dimanche 9h-12h")

    page.get_by_label("Votre adresse e-mail").fill("lise@example.org")
    page.wait_for_timeout(READING_MS)
    page.get_by_role("button", name="Envoyer la correction").click()
    # Without JavaScript there is no proof of work: the mailed link stands in for it.
    page.wait_for_url("**/merci/" if javascript else "**/demande/envoyee/")
    heading = "Demande reçue" if javascript else "Un dernier geste"
    assert page.get_by_role("heading", level=1).inner_text() == heading
    state = "en-attente" if javascript else "a-confirmer"
    kept = site.rows(
        "SELECT kind, listing_name, email, state FROM directory_listingrequest WHERE message = ?",
        text,
    )
    assert kept == [("corriger", "Le Fournil des Vaux", "lise@example.org", state)]


def test_an_empty_form_says_what_is_missing_and_leads_to_the_field(visitor):
    page = visitor(f"{LISTING}gerer/")
    page.wait_for_timeout(READING_MS)
    page.get_by_role("button", name="Envoyer la demande").click()
    page.get_by_role("alert").wait_for()
    links = page.get_by_role("alert").get_by_role("link")
    expect(links).to_have_count(3)
    links.first.click()
    focused = page.evaluate("document.activeElement.labels[0].textContent")
    assert focused == "Votre nom"


def test_who_sends_twice_by_going_back_is_not_lost(site, visitor):
    page = visitor(f"{LISTING}retirer/")
    page.get_by_label("Pourquoi, et qui vous êtes").fill("J’arrête à la fin du mois.")
    page.get_by_label("Votre adresse e-mail").fill("paul@example.org")
    page.wait_for_timeout(READING_MS)
    page.get_by_role("button", name="Demander le retrait").click()
    page.wait_for_url("**/merci/")
    page.get_by_role("link", name="Revenir à la fiche").click()
    assert page.url.endswith(LISTING)
