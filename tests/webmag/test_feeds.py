"""/flux/…: RSS and Atom as feed readers see them."""

from datetime import date, datetime
from email.utils import parsedate_to_datetime

import defusedxml.ElementTree as ElementTree
import feedparser
import pytest
from bs4 import BeautifulSoup

from tests import factories as base
from tests.webmag import bodies, factories
from webmag.feeds import content

pytestmark = pytest.mark.django_db

FORMS = ["rss", "atom"]


def read(client, address):
    """The feed at an address, as a reader sees it; it is XML, and nothing about it is odd."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    ElementTree.fromstring(answer.content)
    headers = {"content-type": answer["Content-Type"]}
    feed = feedparser.parse(answer.content, response_headers=headers)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


@pytest.mark.parametrize("form", FORMS)
def test_an_entry_has_the_whole_text_its_picture_its_names_and_its_day(client, settings, form):
    settings.SITE_URL = "https://site.example"
    article = factories.article(
        "Un matin",
        [
            ("heading", "Retourner"),
            ("text", '<p>Il fait nuit. <a href="/annuaire/">Voir</a></p>'),
        ],
        by=[factories.author("Odile"), factories.author("Paul")],
        standfirst="Avant le marché.",
        main_image=factories.photo(credit="Odile"),
        tags=["fromage"],
        updated_on=date(2030, 1, 2),
    )

    feed = read(client, f"/flux/articles.{form}")

    [entry] = feed.entries
    assert entry.title == "Un matin"
    assert entry.link == f"https://site.example{article.get_url()}"
    assert entry.id.startswith("tag:") and entry.id.endswith(f"article/{article.pk}")
    content = next(part.value for part in entry.content if "Il fait nuit." in part.value)
    assert "<h2>Retourner</h2>" in content and "Avant le marché." in content
    assert 'href="https://site.example/annuaire/"' in content
    assert 'src="https://site.example/media/images/' in content
    assert entry.media_content[0]["url"].startswith("https://site.example/media/images/")
    assert {name.name for name in entry.authors if name.get("name")} >= {"Odile"}
    assert entry.published_parsed[:3] == tuple(article.first_published_at.timetuple()[:3])
    assert [tag.term for tag in entry.tags] == ["fromage"]
    if form == "atom":
        assert entry.updated.startswith("2030-01-02")
        assert [author.name for author in entry.authors] == ["Odile", "Paul"]


@pytest.mark.parametrize("form", FORMS)
def test_each_feed_holds_its_own_articles(client, form):
    odile, dourdan = factories.author("Odile"), base.commune("Dourdan")
    factories.article(
        "Ici",
        magazine=factories.magazine("Le Bissac", slug="bissac"),
        by=odile,
        communes=[dourdan],
        tags=["fromage"],
    )
    factories.article("Ailleurs", magazine=factories.magazine("La Pierre"))

    assert len(read(client, f"/flux/articles.{form}").entries) == 2
    for path in ("magazine/bissac", "etiquette/fromage", "commune/dourdan", "auteur/odile"):
        feed = read(client, f"/flux/{path}.{form}")
        assert [entry.title for entry in feed.entries] == ["Ici"], path
        assert feed.feed.link.startswith("http://127.0.0.1:8000/magazines/")


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_without_articles_is_a_feed(client, form):
    factories.magazine("Le Bissac", slug="bissac")
    for path in ("articles", "magazine/bissac"):
        assert read(client, f"/flux/{path}.{form}").entries == []


@pytest.mark.parametrize(
    "address",
    [
        "/flux/",
        "/flux/articles.json",
        "/flux/articles.rss/",
        "/flux/articles.rss%0A",
        "/flux/magazine/absent.rss",
        "/flux/etiquette/absente.atom",
        "/flux/commune/nulle-part.rss",
        "/flux/auteur/personne.atom",
        "/flux/auteur/%F0%9F%A7%80.atom",
    ],
)
def test_what_does_not_exist_has_no_feed(client, db, address):
    assert client.get(address).status_code == 404


HOSTILE = [
    "]]> fin ]]&gt;",
    '🧀 Œufs & <b>gras</b> "cités"',
    "\u202eשלום\u202c مرحبا",
    "un\x08deux\x0bsix\ufffe",
    "</title><script>alert(1)</script>",
    "&amp;amp; &#0; &nope;",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_well_formed(client, form, text):
    magazine = factories.magazine("Revue", slug="revue", line=text[:160])
    factories.article(
        f"A {text}",
        [("heading", f"B {text}"), ("quote", {"text": text, "author": text})],
        magazine=magazine,
        slug="hostile",
        standfirst=text,
        by=factories.author(f"Plume {text}"),
        tags=[text],
        main_image=factories.photo(alt_text=text, credit=text),
    )
    for path in ("articles", "magazine/revue"):
        [entry] = read(client, f"/flux/{path}.{form}").entries
        assert "<script" not in str(entry.content)


ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_has_what_validators_ask_for(client, settings, categories, form):
    """Absolute addresses everywhere, a link to itself, one name for ever, dates with a zone."""
    settings.SITE_URL = "https://site.example"
    factories.article("Tout", bodies.one_of_each(), standfirst="2 < 3 & <b>4</b>", slug="tout")
    factories.article("Rien", by=factories.author("مريم 🧀"))
    address = f"/flux/articles.{form}"
    feed = read(client, address)

    ours = [link.href for link in feed.feed.links if link.rel == "self"]
    assert ours == [f"https://site.example{address}"] and feed.feed.language == "fr"
    assert len({entry.id for entry in feed.entries}) == 2
    soup = BeautifulSoup(
        str([part.value for e in feed.entries for part in e.content]), "html.parser"
    )
    found = [tag.get(name) for tag in soup.find_all(True) for name in ("href", "src")]
    found += [part for tag in soup.select("[srcset]") for part in tag["srcset"].split(", ")]
    strange = ("https://", "http://", "mailto:", "tel:")
    assert [one for one in found if one is not None and not one.startswith(strange)] == []
    tree = ElementTree.fromstring(client.get(address).content)
    if form == "rss":
        for item in tree.iter("item"):
            assert parsedate_to_datetime(item.findtext("pubDate")).tzinfo
            assert item.find("guid").get("isPermaLink") == "false"
        texts = [item.findtext("description") for item in tree.iter("item")]
    else:
        for name in ("updated", "published"):
            days = [datetime.fromisoformat(day.text) for day in tree.iter(f"{ATOM}{name}")]
            assert len(days) >= 2 and all(day.tzinfo for day in days)
        texts = [entry.findtext(f"{ATOM}summary") for entry in tree.iter(f"{ATOM}entry")]
    # A text of signs is no HTML: it is escaped once for HTML, and once more for XML.
    assert texts[-1] == "2 &lt; 3 &amp; &lt;b&gt;4&lt;/b&gt;"


def test_a_feed_does_not_take_its_texts_apart_again(client, monkeypatch):
    """Neither for the other format, nor because something else on the site has changed."""
    article = factories.article("Un", "Il gèle.")
    client.get("/flux/articles.rss")
    monkeypatch.setattr(content, "BeautifulSoup", None)
    base.listing("Une ferme")
    assert "Il gèle." in client.get("/flux/articles.atom").content.decode()
    monkeypatch.undo()
    article.body = factories.body("Il dégèle.")
    article.save_revision().publish()
    assert "Il dégèle." in client.get("/flux/articles.rss").content.decode()


def test_scripts_forms_and_what_only_works_on_the_page_stay_there(client, categories):
    article = factories.article(
        blocks=[("text", '<p>Bon <a href="javascript:alert(1)">ici</a></p>')]
    )
    soup = BeautifulSoup(content.content_of(article), "html.parser")
    assert soup.a.get("href", "") in ("", None)
    assert not soup.find(["script", "style", "form", "button", "svg", "iframe"])
    assert not soup.select("[class], [style], [onclick], [data-x]")


def test_a_feed_that_has_not_changed_is_not_sent_again(client, django_assert_num_queries):
    article = factories.article("Un")
    first = client.get("/flux/articles.atom")
    assert first["Content-Type"].startswith("application/atom+xml")
    assert first["Access-Control-Allow-Origin"] == "*"
    with django_assert_num_queries(1):
        again = client.get("/flux/articles.atom", HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 304
    article.title = "Deux"
    article.save_revision().publish()
    after = client.get("/flux/articles.atom", HTTP_IF_NONE_MATCH=first["ETag"])
    assert after.status_code == 200 and "Deux" in after.content.decode()


def test_a_renamed_article_keeps_its_identity(client):
    article = factories.article("Un", slug="un")
    [before] = read(client, "/flux/articles.rss").entries
    article.slug = "autre"
    article.save_revision().publish()
    [after] = read(client, "/flux/articles.rss").entries
    assert after.id == before.id and after.link != before.link


def test_the_newest_twenty_are_enough(client):
    for number in range(22):
        factories.article(f"No {number}")
    entries = read(client, "/flux/articles.rss").entries
    assert [entry.title for entry in entries[:2]] == ["No 21", "No 20"] and len(entries) == 20


def test_many_bodies_take_as_many_questions_as_few(client, django_assert_max_num_queries):
    listings = [base.listing(f"La Ferme {number}") for number in range(12)]
    for number, listing in enumerate(listings):
        photo = factories.photo()
        blocks = [
            ("photo", {"photo": photo.pk, "caption": "", "alt": ""}),
            ("listing", {"listing": listing.pk}),
        ]
        factories.article(f"Article {number}", blocks)
    client.get("/")
    with django_assert_max_num_queries(12):
        feed = client.get("/flux/articles.rss").content.decode()
    assert all(f"La Ferme {number}" in feed for number in range(12))
    assert feed.count("<img") + feed.count("&lt;img") >= 12
