"""The frame of every page: what the settings of the site put into it."""

import pytest
from django.urls import reverse

from home.models import SiteSettings
from tests import factories

pytestmark = pytest.mark.django_db


def settings(**values):
    """Change the site's settings."""
    site = SiteSettings.load()
    for name, value in values.items():
        setattr(site, name, value)
    site.save()


def test_the_site_has_the_name_contact_and_notices_of_its_settings(client):
    settings(
        site_name="Fait en Vexin",
        around="& autour",
        territory_name="Vexin",
        banner="Essai en cours",
        contact_email="bonjour@vexin.example",
        contact_phone="0199000102",
        legal_notice="<p>Éditeur : l’association</p>",
    )
    page = client.get("/").content.decode()
    for shown in (
        "<title>Fait en Vexin &amp; autour – Vexin</title>",
        "Essai en cours",
        'href="mailto:bonjour@vexin.example"',
        "01 99 00 01 02",
        "Éditeur : l’association",
    ):
        assert shown in page.replace("\xa0", " ")


def test_the_home_page_shows_what_was_tagged_with_the_label(client):
    settings(hashtags="vexin", label_name="Fait en Vexin")
    factories.listing("Sans rien")
    factories.listing("Poterie", tags=["vexin"])
    page = client.get("/").content.decode()
    assert "#vexin" in page
    assert 'data-listing="poterie"' in page
    assert 'data-listing="sans-rien"' not in page


def test_an_empty_site_has_a_home_page_without_gaps(client):
    page = client.get("/").content.decode()
    assert "Que cherchez-vous" in page
    assert "Samedi matin" not in page


def test_a_page_that_does_not_exist_offers_the_search(client):
    response = client.get("/rien-du-tout/")
    assert response.status_code == 404
    assert reverse("directory:search") in response.content.decode()
