"""/annuaire/: what a resident sees for what they typed."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.utils import timezone

from directory.models import HoursException
from tests import factories

pytestmark = pytest.mark.django_db

SATURDAY_TEN = datetime(2026, 11, 21, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture(autouse=True)
def saturday_morning(monkeypatch):
    """It is Saturday, ten o'clock, in every test of this file."""
    monkeypatch.setattr(timezone, "now", lambda: SATURDAY_TEN)


def listed(response):
    """The slugs of the results, in order."""
    return re.findall(r'data-listing="([^"]*)"', response.content.decode())


def text(response):
    """The page without its tags, spaces made plain."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_nearest_cheesemaker_comes_first(client):
    factories.listing("Loin", category="fromager-fermier", commune="Dourdan")
    factories.listing("Tout près", category="cremerie")
    factories.listing("Boulange", category="boulangerie")

    response = client.get("/annuaire/", {"q": "fromage", "ou": "78120", "rayon": "40"})

    assert listed(response) == ["tout-pres", "loin"]
    assert "2 adresses" in text(response)


def test_the_trade_counts_more_than_a_word_in_passing(client):
    factories.listing("Marché de tous", products=["fromage"], category="marche")
    factories.listing("Zoé, crémière", category="cremerie")

    response = client.get("/annuaire/", {"q": "fromage"})

    assert listed(response) == ["zoe-cremiere", "marche-de-tous"]


def test_open_now_keeps_unknown_hours_apart_and_leaves_the_closed_out(client):
    factories.listing("Ouverte", hours="Sa 09:00-12:00")
    factories.listing("Fermée", hours="Mo 09:00-12:00")
    factories.listing("Inconnue", hours="")

    response = client.get("/annuaire/", {"ouvert": "1"})

    assert listed(response) == ["ouverte", "inconnue"]
    assert "1 adresse ouverte" in text(response)
    assert "Horaires inconnus (1)" in text(response)


def test_open_now_knows_exceptional_days(client):
    shop = factories.listing("En congés", hours="Sa 09:00-12:00")
    day = SATURDAY_TEN.date()
    shop.exceptions = [HoursException(start=day, end=day, note="congés")]
    shop.save()

    assert listed(client.get("/annuaire/", {"ouvert": "1"})) == []


def test_a_shop_closed_for_good_is_no_longer_found(client):
    factories.listing("Finie", trading_state="ferme-definitivement")
    assert listed(client.get("/annuaire/")) == []


def test_nothing_near_widens_by_itself_and_says_so(client):
    for name in ("Un", "Deux", "Trois", "Quatre"):
        factories.listing(name, commune="Dourdan")

    response = client.get("/annuaire/", {"ou": "Houdan", "rayon": "5"})

    assert "Rien à moins de 5 km. Les 3 plus proches :" in text(response)
    assert len(listed(response)) == 3


def test_an_unknown_place_is_said_plainly(client):
    factories.listing()
    response = client.get("/annuaire/", {"ou": "Xyzzyville"})
    assert "Nous ne trouvons pas « Xyzzyville »" in text(response)
    assert listed(response) == []


def test_a_typing_error_is_mended_and_said(client):
    factories.listing("Zoé, crémière", category="cremerie")
    response = client.get("/annuaire/", {"q": "fromgae"})
    assert listed(response) == ["zoe-cremiere"]
    assert "Résultats pour « fromage »" in text(response)


def test_categories_are_counted_within_the_search(client):
    factories.listing("A", category="cremerie")
    both = factories.listing("B", category="fromager-fermier")
    both.more_categories = [factories.category("laiterie")]
    both.save()

    response = client.get("/annuaire/")

    counts = {row[0].slug: row[1] for row in response.context["facet"]}
    assert counts == {"fromage-lait-oeufs": 2}
    opened = client.get("/annuaire/", {"categorie": "fromage-lait-oeufs"}).context["facet"]
    assert {row[0].slug: row[1] for row in opened} == {
        "fromage-lait-oeufs": 2,
        "cremerie": 1,
        "fromager-fermier": 1,
        "laiterie": 1,
    }


def test_who_delivers_to_a_commune_is_found_there(client):
    van = factories.listing("Camion", commune=None, itinerant=True)
    van.serves = [factories.commune("Houdan")]
    van.save()
    assert listed(client.get("/annuaire/", {"ou": "Houdan"})) == ["camion"]


def test_the_state_is_in_the_address(client):
    factories.listing("A", category="cremerie", tags=["bio"])
    response = client.get(
        "/annuaire/",
        {"etiquette": "#Bio", "ou": "Rambouillet", "rayon": "5", "genre": "producteur"},
    )
    assert listed(response) == ["a"]
    assert response.context["criteria"].query() == (
        "ou=Rambouillet&rayon=5&etiquette=bio&genre=producteur"
    )


def test_a_point_of_ones_own_is_kept_by_the_form_until_a_place_is_typed(client):
    factories.listing("Ici", commune="Rambouillet")
    factories.listing("Là", commune="Houdan")
    around = {"lat": "48.644", "lng": "1.831", "rayon": "2.5"}

    page = client.get("/annuaire/", around)

    assert listed(page) == ["ici"]
    html = page.content.decode()
    for kept in ('name="lat" value="48.644"', 'name="lng" value="1.831"', 'value="2.5" selected'):
        assert kept in html
    assert listed(client.get("/annuaire/", around | {"ou": "Houdan"})) == ["la"]


def test_pages_beyond_the_last_show_the_last(client):
    for number in range(25):
        factories.listing(f"Fiche {number:02}")
    assert len(listed(client.get("/annuaire/", {"page": "2"}))) == 5
    assert len(listed(client.get("/annuaire/", {"page": "99"}))) == 5


def test_the_box_of_a_map_limits_the_results(client):
    factories.listing("Dedans", commune="Rambouillet")
    factories.listing("Dehors", commune="Dourdan")
    response = client.get("/annuaire/", {"bbox": "1.7,48.6,1.9,48.7"})
    assert listed(response) == ["dedans"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"lat": "abc", "lng": "1"},
        {"lat": "nan", "lng": "nan"},
        {"lat": "48"},
        {"bbox": "2,49,1,48"},
        {"bbox": "1,2,3"},
        {"rayon": "-3"},
        {"rayon": "1e999"},
        {"page": "-1"},
        {"genre": "fusée"},
        {"q": "x" * 10_000},
        {"q": "a\x00b"},
    ],
)
def test_an_impossible_value_gets_a_message(client, wrong):
    factories.listing()
    response = client.get("/annuaire/", wrong)
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()


def test_unknown_parameters_are_ignored(client):
    factories.listing("A")
    assert listed(client.get("/annuaire/", {"utm_source": "x"})) == ["a"]


@pytest.mark.parametrize(
    "question",
    [{"q": "fromage", "ou": "Rambouillet"}, {"q": "fromage", "ou": "Rambouillet", "ouvert": "1"}],
)
@pytest.mark.parametrize("number", [10, 200])
def test_the_search_page_takes_at_most_twelve_queries(
    client, django_assert_max_num_queries, question, number
):
    for each in range(number):
        factories.listing(f"Fromagerie {each}", category="cremerie", hours="Sa 09:00-12:00")
    client.get("/annuaire/", question)
    cache.clear()
    with django_assert_max_num_queries(12):
        assert client.get("/annuaire/", question).status_code == 200


def test_where_all_are_closed_the_nearest_open_ones_are_named(client):
    factories.listing("Fermée ici", hours="Mo 09:00-12:00")
    factories.listing("Ouverte là-bas", commune="Dourdan", hours="Sa 09:00-12:00")

    response = client.get("/annuaire/", {"ou": "78120", "rayon": "2", "ouvert": "1"})

    assert listed(response) == ["ouverte-la-bas"]
    assert "Rien d’ouvert à moins de 2 km. La plus proche :" in text(response)


def test_what_is_closed_is_not_called_missing(client):
    factories.listing("Crèmerie", category="cremerie", hours="Mo 09:00-12:00")

    response = client.get("/annuaire/", {"q": "crèmerie", "ou": "78120", "ouvert": "1"})

    assert "Rien d’ouvert en ce moment pour « crèmerie »." in text(response)


def test_an_empty_piece_of_map_says_nothing_of_kilometres(client):
    factories.listing("Tout près")

    response = client.get("/annuaire/", {"ou": "78120", "bbox": "3,49,3.1,49.1"})

    assert "Rien dans cette partie de la carte. La plus proche :" in text(response)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"page": "-1"}, "Cette page n’existe pas : voici la première."),
        ({"rayon": "beaucoup"}, "Cette distance n’est pas comprise"),
        ({"lat": "nan", "lng": "999"}, "Cette position n’est pas comprise"),
    ],
)
def test_an_impossible_number_is_named_once(client, asked, said):
    response = client.get("/annuaire/", asked)
    assert response.status_code == 400
    assert text(response).count(said) == 1


def test_search_engines_keep_the_whole_directory_and_no_single_search(client):
    factories.listing("Chez Zélie", category="fromager-fermier")
    whole = client.get("/annuaire/").content.decode()
    assert "noindex" not in whole
    assert '<link rel="canonical" href="http://127.0.0.1:8000/annuaire/">' in whole
    for query in ("q=fromage", "ou=Nulle-Part-Ailleurs", "page=2", "ouvert=1", "genre=marche"):
        assert 'content="noindex, follow"' in client.get(f"/annuaire/?{query}").content.decode()
