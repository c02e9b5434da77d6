"""Pages of communes and categories."""

import re

import pytest

from directory.models import Commune
from directory.views.places import by_commune, communes_shown
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


def test_those_that_deliver_count_where_they_are_shown(client):
    baker = factories.listing("Pain qui roule", commune="Dourdan")
    baker.serves.set([factories.commune("Houdan"), factories.commune("Dourdan")])
    baker.save()
    rolling = factories.listing("Sans point", commune=None)
    rolling.serves.set([factories.commune("Houdan")])
    rolling.save()
    factories.listing("Chez elle", commune="Houdan")
    hidden = factories.listing("Brouillon", commune="Dourdan", live=False)
    hidden.serves.set([factories.commune("Limours")])
    hidden.save()

    shown = {place.name: place.shown for place in communes_shown()}

    assert shown == {"Dourdan": 1, "Houdan": 3}
    for name, number in shown.items():
        page = client.get(f"/annuaire/commune/{name.lower()}/").content.decode()
        assert f"{number} adresse" in page
    index = client.get("/annuaire/commune/").content.decode()
    assert "houdan" in index and "limours" not in index


def test_a_category_counts_those_that_deliver(client):
    cheese = factories.listing("Fromage qui roule", commune="Dourdan", category="cremerie")
    cheese.serves.set([factories.commune("Houdan")])
    cheese.save()
    factories.listing("Autre métier", commune="Limours", category="boulangerie")
    found = by_commune(factories.category("cremerie"))
    assert [(name, count) for name, _, count in found] == [("Dourdan", 1), ("Houdan", 1)]


def test_communes_are_counted_in_one_query(django_assert_num_queries):
    for number in range(6):
        factories.listing(f"Ferme {number}", commune=["Dourdan", "Houdan", "Limours"][number % 3])
    with django_assert_num_queries(1):
        assert len(communes_shown()) == 3
