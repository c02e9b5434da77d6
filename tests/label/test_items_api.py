"""/api/v1/items: which collected publications answer, and how."""

import pytest

from home.search import forget_stale_words
from label import item_indexing
from label.models import Item
from tests import factories
from tests.label.factories import item

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/items"


def asked(client, status=200, **parameters):
    """The answer to a question."""
    answer = client.get(ADDRESS, parameters)
    assert answer.status_code == status, answer.content
    return answer.json()


def ids(client, **parameters):
    """The numbers that answer, in order."""
    return [one["id"] for one in asked(client, **parameters)["items"]]


def test_an_item_says_who_where_and_leads_to_the_original(client):
    farm = factories.listing(slug="gue")
    one = item(
        "<p>Four <b>ouvert</b></p><p>samedi</p>" + "<p>mot</p>" * 200,
        "mis78",
        listing=farm,
        licence="CC0-1.0",
    )
    [told] = asked(client)["items"]
    assert (told["id"], told["url"], told["author"]) == (one.pk, one.url, "Zélie")
    assert told["network"] == "Mastodon" and told["licence"] == "CC0-1.0"
    assert told["excerpt"].startswith("Four ouvert samedi") and len(told["excerpt"]) <= 300
    assert told["tags"] == ["mis78"] and told["listing"] == "gue" and told["image"] is None
    assert told["remove_url"] == f"http://127.0.0.1:8000/mur/{one.pk}/retirer/"


def test_words_and_tags_narrow_it(client):
    four = item("<p>Le four à chèvre</p>", "poterie")
    miel = item("<p>Du miel</p>", "miel", title="Récolte")
    assert ids(client, q="chevre") == [four.pk]
    assert ids(client, q="recolte") == [miel.pk]
    assert ids(client, tag="#Poterie") == [four.pk]
    assert ids(client, tag="absent") == [] and ids(client, q="zzyzxqv") == []
    assert ids(client, q="", page="") == [miel.pk, four.pk]


def test_the_index_follows_what_becomes_of_one(client):
    one = item("<p>zorglub</p>")
    one.state = Item.State.HIDDEN
    one.save()
    assert ids(client, q="zorglub") == []
    one.state = Item.State.PUBLISHED
    one.save()
    Item.objects.filter(pk=one.pk).update(html="<p>schtroumpf</p>")
    item_indexing.rebuild()
    forget_stale_words()
    assert ids(client, q="schtroumpf") == [one.pk]
    one.delete()
    assert ids(client, q="schtroumpf") == []


def test_pages_follow_each_other(client):
    made = [item() for _ in range(3)]
    first = asked(client, limit="2")
    assert first["numberMatched"] == 3 and first["numberReturned"] == 2
    assert first["next"] == f"http://127.0.0.1:8000{ADDRESS}?limit=2&page=2"
    second = client.get(first["next"]).json()
    assert [one["id"] for one in second["items"]] == [made[0].pk] and second["next"] is None
    assert asked(client, page="9")["items"] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page", "0"),
        ("page", "NaN"),
        ("limit", "501"),
        ("tag", "x" * 61),
        ("q", "x" * 201),
        ("q", "\x00"),
    ],
)
def test_an_impossible_value_is_named(client, name, value):
    answer = client.get(ADDRESS, {name: value})
    assert answer.status_code == 400
    assert [error["parameter"] for error in answer.json()["errors"]] == [name]


def test_it_is_read_only_and_open_to_other_sites(client):
    item()
    answer = client.get(ADDRESS)
    assert answer["Access-Control-Allow-Origin"] == "*" and not answer.cookies
    assert client.get(ADDRESS, HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304
    assert client.post(ADDRESS).status_code == 405


@pytest.mark.parametrize("number", [10, 1000])
def test_it_takes_as_many_queries_however_much_there_is(
    client, django_assert_max_num_queries, number
):
    Item.objects.bulk_create(
        Item(
            canonical_uri=f"https://r.example/{one}",
            url=f"https://r.example/{one}",
            digest="",
            state=Item.State.PUBLISHED,
        )
        for one in range(number)
    )
    client.get("/")
    with django_assert_max_num_queries(5):
        assert asked(client, limit="500")["numberMatched"] == number


def test_the_description_names_it(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {one["name"] for one in paths[ADDRESS]["get"]["parameters"]} == {
        *("q", "tag", "page", "limit")
    }
