"""What search engines read: local-production pages and label pages as JSON-LD."""

import json

import pytest
from bs4 import BeautifulSoup

from directory.models import Category
from tests import factories
from tests.label.factories import made_here, member, post, production
from tests.webmag import factories as webmag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]


def data_of(client, address):
    """The JSON-LD of a page; there is exactly one."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    (script,) = page.select('script[type="application/ld+json"]')
    return json.loads(script.string)


def test_a_local_production_page_lists_what_stands_on_it_in_its_order(client):
    potter = factories.listing("Poterie", slug="poterie", category="ceramiste", tags=["four"])
    article = webmag.article("Le four", tags=["four"])
    told = post("Four ouvert #four", listing=potter, photo=webmag.photo())
    production("Tout", standfirst="Des bols.", tags=["four"])
    page, way = data_of(client, "/fait-ici/tout/")["@graph"]
    assert page["@type"] == "CollectionPage"
    assert (page["name"], page["description"]) == ("Tout", "Des bols.")
    listed = page["mainEntity"]
    assert (listed["@type"], listed["numberOfItems"]) == ("ItemList", 3)
    assert [one["position"] for one in listed["itemListElement"]] == [1, 2, 3]
    items = {one["item"]["@type"]: one["item"] for one in listed["itemListElement"]}
    tale = items["SocialMediaPosting"]
    assert tale["articleBody"] == "Four ouvert #four"
    assert tale["url"].endswith(told.get_absolute_url())
    assert tale["author"]["name"] == "Poterie"
    assert tale["image"].startswith("http")
    assert items["Article"]["headline"] == article.title
    assert items["LocalBusiness"]["@id"].endswith("/annuaire/fiche/poterie/")
    assert [one["name"] for one in way["itemListElement"]] == ["Fait ici", "Tout"]
    assert way["itemListElement"][1]["item"] == page["@id"]


def test_an_empty_page_has_no_empty_list(client):
    production("Vide", tags=["rien"])
    page, _ = data_of(client, "/fait-ici/vide/")["@graph"]
    assert "mainEntity" not in page


def test_the_index_lists_the_pages_that_may_be_seen(client):
    made_here()
    production("Tout")
    production("Secret", live=False)
    page, _ = data_of(client, "/fait-ici/")["@graph"]
    items = [one["item"] for one in page["mainEntity"]["itemListElement"]]
    assert [item["name"] for item in items] == ["Tout"]
    assert items[0]["url"].endswith("/fait-ici/tout/")


def test_nothing_that_was_written_ends_the_script(client):
    shop = factories.listing("</script><script>alert(1)")
    post("</script><b>#four", listing=shop)
    production("</script>Tout", slug="tout", tags=["four"])
    assert "</script>" in json.dumps(data_of(client, "/fait-ici/tout/"))


def test_a_label_page_says_of_whose_label_they_are(client):
    shop = factories.listing("Poterie", slug="poterie", category="ceramiste", phone="0199001234")
    member(shop, slug="poterie")
    data = data_of(client, "/label/membres/poterie/")
    assert data["@id"].endswith("/annuaire/fiche/poterie/")
    assert data["url"].endswith("/label/membres/poterie/")
    assert data["memberOf"]["url"].endswith("/label/")


def test_a_label_page_without_listing_says_who_and_where(client):
    member(
        slug="reliures",
        holder="Reliures Ondine",
        trade=Category.objects.get(slug="ceramiste"),
        commune=factories.commune(),
        story="Je recouds.",
        website="https://reliures.example/",
        photo=webmag.photo(),
    )
    data = data_of(client, "/label/membres/reliures/")
    assert (data["name"], data["description"]) == ("Reliures Ondine", "Je recouds.")
    assert data["sameAs"] == ["https://reliures.example/"]
    assert data["address"]["addressLocality"]
    assert data["image"]
    assert data["memberOf"]["@type"] == "Organization"
    assert data["url"].endswith("/label/membres/reliures/")
