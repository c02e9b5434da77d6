"""« C’est mon activité », from a listing on a telephone to a volunteer's yes; axe at each step."""

import re

from playwright.sync_api import expect

from tests.browser.cast import PASSWORD
from tests.browser.pages import LISTING
from tests.browser.people import log_in, mail_to
from tests.browser.test_accounts import press, titled
from tests.browser.test_axe import violations

ON_FILE = "bonjour@fournil-des-vaux.example"
POTTER, JUDGE = "solene@example.org", "juge@example.org"


def make_people(site):
    """Two people with passwords; one of them decides."""
    site.python(
        "-c",
        "import django; django.setup();"
        "from django.contrib.auth.models import Group;"
        "from home.models import User;"
        f"User.objects.create_user({POTTER!r}, {PASSWORD!r}, display_name='Solène');"
        f"judge = User.objects.create_user({JUDGE!r}, {PASSWORD!r}, display_name='Monique');"
        "judge.groups.add(Group.objects.get(name='Bénévoles'));"
        "from label.models import Charter; from django.utils import timezone;"
        "Charter.objects.create(title='La charte', text='<p>Fait ici, par nous.</p>',"
        " published_at=timezone.now())",
    )


def test_from_the_listing_to_a_yes(site, visitor):
    make_people(site)
    page = visitor(LISTING)
    page.get_by_role("region", name="C’est votre activité").get_by_role(
        "link", name="Gérer"
    ).click()
    titled(page, "Est-ce votre fiche ?")
    press(page, "Oui, c’est mon activité")
    log_in(page, POTTER, PASSWORD)
    titled(page, "Est-ce votre fiche ?")
    press(page, "Oui, c’est mon activité")
    titled(page, "Comment vous reconnaître ?")
    page.get_by_role("region", name="Un code au contact").get_by_role("button").click()
    titled(page, "Le code reçu")
    text = mail_to(site, ON_FILE)
    page.get_by_label("Le code reçu").fill(re.search(r"\d{4}-\d{4}", text)[0])
    press(page, "Valider")
    titled(page, "Qui êtes-vous ?")
    press(page, "Continuer")
    titled(page, "La charte")
    page.get_by_role("checkbox").check()
    press(page, "Envoyer ma demande")
    titled(page, "Demande reçue")
    expect(page.get_by_text("Rien ne change tant")).to_have_count(1)

    desk = visitor("/gestion/annuaire/demandes/?genre=demande-gestion", screen="desktop")
    log_in(desk, JUDGE, PASSWORD)
    # The newest comes last.
    desk.get_by_role("main").locator(".annuaire-queue a").last.click()
    desk.get_by_role("heading", name="Ce qui le montre").wait_for()
    desk.get_by_text("Au clavier").click()
    desk.get_by_label("Ces touches répondent").check()
    desk.locator("body").press("a")
    desk.get_by_text("acceptée").first.wait_for()

    page.reload()
    page.get_by_role("heading", name="Vous gérez cette fiche").wait_for()
    press(page, "Inviter quelqu’un")
    titled(page, "Qui gère cette fiche")
    assert violations(page) == ""
