"""Pages of communes and categories."""

import re

import pytest

from directory.models import Commune
from tests import factories

pytestmark = pytest.mark.django_db


def listed(response):
    """The slugs of the listings shown, in order."""
    return re.findall(r'data-listing="([^"]*)"', response.content.decode())


def test_a_commune_shows_its_listings_by_name(client):
    factories.listing("Zoé")
    factories.listing("Anselme")
    factories.listing("Ailleurs", commune="Dourdan")
    response = client.get("/annuaire/commune/rambouillet/")
    assert listed(response) == ["anselme", "zoe"]
    assert "2 adresses à Rambouillet (78120)" in response.content.decode()


def test_a_commune_without_listings_says_so(client):
    Commune.objects.get(insee="78310")
    response = client.get("/annuaire/commune/houdan/")
    assert response.status_code == 200
    assert "Personne encore à Houdan" in response.content.decode()


def test_a_category_in_a_commune_shows_both(client):
    factories.listing("Crème", category="cremerie")
    factories.listing("Pain", category="boulangerie")
    assert listed(client.get("/annuaire/commune/rambouillet/cremerie/")) == ["creme"]


def test_a_family_gathers_its_trades(client):
    factories.listing("Crème", category="cremerie")
    factories.listing("Chèvre", category="fromager-fermier", commune="Dourdan")
    response = client.get("/annuaire/categorie/fromage-lait-oeufs/")
    assert listed(response) == ["chevre", "creme"]
    assert "/annuaire/commune/dourdan/fromage-lait-oeufs/" in response.content.decode()


def test_homonymous_communes_have_their_code_in_the_address():
    slugs = set(Commune.objects.filter(name="Saint-Arnoult").values_list("slug", flat=True))
    assert slugs == {f"saint-arnoult-{code}" for code in ("14557", "41201", "60566", "76557")}


def test_the_list_of_communes_counts_published_listings_only(client):
    factories.listing("Vue")
    factories.listing("Brouillon", commune="Dourdan", live=False)
    page = client.get("/annuaire/commune/").content.decode()
    assert "rambouillet" in page
    assert "dourdan" not in page


@pytest.mark.parametrize(
    "path",
    [
        "commune/nulle-part/",
        "commune/rambouillet/rien/",
        "categorie/rien/",
        "commune/rambouillet/?page=-1",
        "categorie/cremerie/?page=abc",
    ],
)
def test_what_does_not_exist_is_not_found(client, path):
    assert client.get(f"/annuaire/{path}").status_code == 404
