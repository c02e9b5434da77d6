"""/api/v1/articles: which articles answer, and how."""

import pytest

from tests import factories as base
from tests.webmag import factories

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/articles"


def asked(client, status=200, **parameters):
    """The answer to a question."""
    answer = client.get(ADDRESS, parameters)
    assert answer.status_code == status, answer.content
    return answer.json()


def titles(client, **parameters):
    """The titles that answer, in order."""
    return [item["title"] for item in asked(client, **parameters)["items"]]


@pytest.fixture
def articles(categories):
    """Three articles in two magazines."""
    farm = base.listing("Ferme du Gué", slug="gue")
    base.listing("Cachée", slug="cachee", live=False)
    bissac = factories.magazine("Le Bissac", slug="bissac", sections=["portraits"])
    pierre = factories.magazine("La Pierre", slug="pierre")
    odile = factories.author("Odile")
    factories.article(
        "Le fromage de Zélie",
        "Un long texte dont la fin ne se lit que sur la page. " * 20,
        slug="zelie",
        magazine=bissac,
        section=bissac.sections.first(),
        by=odile,
        tags=["fromage"],
        communes=[base.commune("Dourdan")],
        listings=[farm],
        main_image=factories.photo(credit="Paul", alt_text="Une claie."),
    )
    factories.article("Le pain", "Avec du fromage.", magazine=bissac, slug="pain")
    factories.article("Les murs", "De pierre.", magazine=pierre, by=odile, slug="murs")


def test_an_item_says_what_a_link_to_the_article_needs(client, articles):
    [item] = asked(client, tag="fromage")["items"]
    assert item["id"] == "bissac/zelie"
    assert item["url"] == "http://127.0.0.1:8000/magazines/bissac/zelie/"
    assert item["magazine"]["slug"] == "bissac" and item["section"]["slug"] == "portraits"
    assert item["authors"][0]["url"].endswith("/magazines/auteur/odile/")
    assert item["communes"] == [{"insee": "91200", "name": "Dourdan"}]
    assert item["listings"] == ["gue"] and item["image"]["credit"] == "Paul"
    assert len(item["excerpt"]) <= 300 and item["excerpt"].endswith("…")


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, ["Les murs", "Le pain", "Le fromage de Zélie"]),
        ({"q": "fromage"}, ["Le fromage de Zélie", "Le pain"]),
        ({"q": "fromgae"}, ["Le fromage de Zélie", "Le pain"]),
        ({"tag": "#Fromage"}, ["Le fromage de Zélie"]),
        ({"tag": "＃FROMAGE"}, ["Le fromage de Zélie"]),
        ({"commune": "91200"}, ["Le fromage de Zélie"]),
        ({"magazine": "pierre"}, ["Les murs"]),
        ({"author": "odile"}, ["Les murs", "Le fromage de Zélie"]),
        ({"author": "odile", "magazine": "bissac"}, ["Le fromage de Zélie"]),
        ({"q": "zzyzxqv"}, []),
        ({"tag": "absente"}, []),
        ({"commune": "99999"}, []),
        ({"magazine": "absent"}, []),
        ({"author": "personne"}, []),
        ({"utm_source": "x"}, ["Les murs", "Le pain", "Le fromage de Zélie"]),
        ({"q": "", "page": ""}, ["Les murs", "Le pain", "Le fromage de Zélie"]),
    ],
)
def test_the_articles_that_answer(client, articles, parameters, expected):
    answer = asked(client, **parameters)
    assert [item["title"] for item in answer["items"]] == expected
    assert answer["numberMatched"] == answer["numberReturned"] == len(expected)


def test_pages_follow_each_other(client, articles):
    first = asked(client, limit="2", author="odile", page="1", x="y")
    assert first["next"] is None
    first = asked(client, limit="1", author="odile")
    assert first["numberMatched"] == 2 and first["numberReturned"] == 1
    assert first["next"] == f"http://127.0.0.1:8000{ADDRESS}?author=odile&limit=1&page=2"
    second = client.get(first["next"]).json()
    assert [item["title"] for item in second["items"]] == ["Le fromage de Zélie"]
    assert second["next"] is None
    beyond = asked(client, limit="2", page="9")
    assert beyond["items"] == [] and beyond["numberMatched"] == 3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page", "0"),
        ("page", "abc"),
        ("page", "NaN"),
        ("limit", "501"),
        ("limit", "-1"),
        ("commune", "rambouillet"),
        ("magazine", "é"),
        ("author", "../x"),
        ("tag", "x" * 61),
        ("q", "x" * 201),
        ("q", "\x00"),
    ],
)
def test_an_impossible_value_is_named(client, articles, name, value):
    answer = client.get(ADDRESS, {name: value})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert [error["parameter"] for error in answer.json()["errors"]] == [name]


def test_it_is_read_only_and_open_to_other_sites(client, articles):
    answer = client.get(ADDRESS)
    assert answer["Access-Control-Allow-Origin"] == "*" and not answer.cookies
    assert client.get(ADDRESS, HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304
    assert client.post(ADDRESS).status_code == 405
    assert client.options(ADDRESS).status_code == 204


def test_each_parameter_has_its_own_place_in_the_cache(client, articles):
    assert titles(client, magazine="pierre") == ["Les murs"]
    assert len(titles(client, magazine="bissac")) == 2
    assert len(titles(client, author="odile")) == 2


def test_the_description_names_it(client, articles):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    names = {one["name"] for one in paths[ADDRESS]["get"]["parameters"]}
    assert names == {"q", "tag", "commune", "magazine", "author", "page", "limit"}
