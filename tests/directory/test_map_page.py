"""What the search page hands to its map, and the card of a pin that is not on the page."""

import pytest

from directory.models import Tombstone
from tests import factories

pytestmark = pytest.mark.django_db


def page(client, **asked):
    """The search page for these parameters."""
    return client.get("/annuaire/", asked).content.decode()


def test_list_and_map_lead_to_each_other_with_the_same_search(client):
    factories.listing("La Chèvrerie", category="fromager-fermier")
    shown = page(client, ou="Rambouillet", rayon="25")
    assert 'href="?ou=Rambouillet&amp;rayon=25&amp;vue=carte" data-to="carte"' in shown
    assert "Carte (1)" in shown and 'data-view="liste"' in shown

    on_map = page(client, ou="Rambouillet", rayon="25", vue="carte")
    assert 'data-view="carte"' in on_map
    assert 'href="?ou=Rambouillet&amp;rayon=25&amp;ouvert=1&amp;vue=carte"' in on_map
    assert 'href="?ou=Rambouillet&amp;rayon=25" data-to="liste"' in on_map


def test_an_unknown_view_is_the_list(client):
    answer = client.get("/annuaire/", {"vue": "zzz"})
    assert answer.status_code == 200
    assert 'data-view="liste"' in answer.content.decode()


def test_a_hidden_address_gives_the_map_its_communes_point(client):
    hidden = {"hide_address": True, "visits": "aucune", "lat": 48.6, "lng": 1.9}
    place = factories.listing("Savons de Claire", **hidden).commune
    shown = page(client)
    assert f'data-lat="{place.lat:.5f}" data-lng="{place.lng:.5f}" data-approximate' in shown
    assert "48.6000" not in shown


def test_who_delivers_there_counts_as_near_and_a_draft_is_not_told(client):
    rambouillet = factories.commune("Rambouillet")
    for name, live in (("Tournée du lait", True), ("Tournée secrète", False)):
        made = factories.listing(name, commune="Houdan", live=live)
        made.serves = [rambouillet]
        made.save()
    shown = page(client, ou="Rambouillet", rayon="2")
    assert 'data-served="tournee-du-lait"' in shown
    assert "tournee-secrete" not in shown


def test_a_card_alone_for_a_pin(client):
    factories.listing("La Chèvrerie", category="fromager-fermier", phone="0639981107")
    answer = client.get("/annuaire/fiche/la-chevrerie/vignette/")
    assert 'data-listing="la-chevrerie"' in answer.content.decode()
    assert 'data-phone="0639981107"' in answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex"


def test_no_card_of_what_nobody_may_see(client):
    factories.listing("Pas encore", live=False)
    Tombstone.objects.create(slug="retiree")
    assert client.get("/annuaire/fiche/pas-encore/vignette/").status_code == 404
    assert client.get("/annuaire/fiche/nulle-part/vignette/").status_code == 404
    assert client.get("/annuaire/fiche/retiree/vignette/").status_code == 410
