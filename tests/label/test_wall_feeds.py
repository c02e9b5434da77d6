"""/flux/mur…: the wall as feed readers see it."""

import pytest

from tests import factories
from tests.label.factories import item, post
from tests.webmag.test_feeds import read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_an_entry_leads_to_the_original_with_its_author_and_clean_words(client, form):
    one = item(
        '<p>Four & <a href="/x">ici</a><script>alert(1)</script> ouvert\x0b</p>',
        "mis78",
        author="Zélie & co",
        licence="CC0-1.0",
    )
    feed = read(client, f"/flux/mur.{form}")
    [entry] = feed.entries
    assert entry.link == one.url and entry.id.endswith(f"collecte/{one.pk}")
    assert "Zélie & co" in entry.title
    content = next(part.value for part in entry.content if "Four" in part.value)
    assert "script" not in content and f'href="{one.url}"' in content
    assert 'href="/x"' not in content
    assert [tag.term for tag in entry.tags] == ["mis78"]
    assert {name.name for name in entry.authors if name.get("name")} == {"Zélie & co"}


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_the_wall_has_posts_too_and_may_be_empty(client, form):
    assert read(client, f"/flux/mur.{form}").entries == []
    post("Bonjour"), item()
    assert len(read(client, f"/flux/mur.{form}").entries) == 2


def test_each_tag_and_each_producer_has_their_own(client):
    farm = factories.listing("Ferme du Gué", slug="gue")
    one, _ = item("", "chèvre", listing=farm), item()
    [entry] = read(client, "/flux/mur/mot/chèvre.rss").entries
    assert entry.link == one.url
    [entry] = read(client, "/flux/mur/producteur/gue.atom").entries
    assert entry.link == one.url


@pytest.mark.parametrize(
    "address",
    [
        "/flux/mur/mot/absent.rss",
        "/flux/mur/mot/Mis78.rss",
        "/flux/mur/producteur/absent.rss",
        "/flux/mur/producteur/cachee.rss",
        "/flux/mur.json",
    ],
)
def test_what_does_not_exist_has_no_feed(client, address):
    factories.listing(slug="cachee", live=False)
    item("", "mis78")
    assert client.get(address).status_code == 404
