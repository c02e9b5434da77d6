"""/magazines/…: what is read there, and what nobody finds."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home import versions
from tests import factories as base
from tests.webmag import factories
from webmag import cards, story
from webmag.models import Article

pytestmark = pytest.mark.django_db


def text(client, address, status=200):
    """What an address answers."""
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def slugs(page):
    """The articles on a page, in order."""
    return re.findall(r'data-article="([^"]+)"', page)


def data_of(page):
    """The JSON-LD of a page, by type."""
    found = re.search(r'application/ld\+json">(.*?)</script>', page, re.S)
    return {node["@type"]: node for node in json.loads(found[1])["@graph"]}


@pytest.fixture
def bissac(db):
    """A magazine with two headings."""
    return factories.magazine(
        "Le Bissac", slug="bissac", sections=["portraits", "recettes"], colour="brique"
    )


def test_before_there_is_any_magazine_the_page_says_so(client):
    assert "Pas encore de magazine" in text(client, "/magazines/")


def test_all_magazines_and_their_newest_articles_stand_together(client, bissac):
    factories.magazine("La Pierre", slug="pierre")
    for number in range(14):
        factories.article(slug=f"a{number}", magazine=bissac)

    first = text(client, "/magazines/")
    assert "Le Bissac" in first and "La Pierre" in first
    assert slugs(first) == [f"a{number}" for number in range(13, 1, -1)]
    assert slugs(text(client, "/magazines/?page=2")) == ["a1", "a0"]


@pytest.mark.parametrize("page", ["", "0", "-1", "abc", "NaN", "1e9", "²", "%00", "9" * 400])
def test_a_page_number_that_is_none_shows_the_first_page(client, bissac, page):
    factories.article(slug="un", magazine=bissac)
    for address in ("/magazines/", "/magazines/bissac/", "/recherche/"):
        text(client, f"{address}?page={page}")
    assert slugs(text(client, f"/magazines/?page={page}")) == ["un"]


def test_a_page_beyond_the_last_shows_the_last(client, bissac):
    factories.article(slug="un", magazine=bissac)
    assert slugs(text(client, "/magazines/bissac/?page=99")) == ["un"]


def test_a_magazine_shows_its_line_team_sections_and_newest_article_first(client, bissac):
    odile = factories.author("Odile")
    odile.covers.add(base.commune("Dourdan"))
    bissac.team.create(author=odile, kind="redaction")
    factories.article("Avant", magazine=bissac, slug="avant")
    factories.article("Maintenant", magazine=bissac, slug="maintenant")
    issue = factories.issue("Le pain", magazine=bissac, number=3)

    page = text(client, "/magazines/bissac/")

    assert slugs(page) == ["maintenant", "avant"]
    for shown in (
        "mag-brique",
        "/magazines/bissac/rubrique/portraits/",
        "/magazines/auteur/odile/",
        "correspondance à Dourdan",
        issue.get_url(),
        "/flux/magazine/bissac.rss",
        "/flux/magazine/bissac.atom",
    ):
        assert shown in page, shown


def test_a_magazine_without_articles_says_so(client, bissac):
    assert "Aucun article encore" in text(client, "/magazines/bissac/")


def test_a_section_holds_its_own_articles_only(client, bissac):
    portraits = bissac.sections.get(slug="portraits")
    factories.article(magazine=bissac, slug="dedans", section=portraits)
    factories.article(magazine=bissac, slug="dehors")

    assert slugs(text(client, "/magazines/bissac/rubrique/portraits/")) == ["dedans"]
    assert "Rien encore" in text(client, "/magazines/bissac/rubrique/recettes/")
    text(client, "/magazines/bissac/rubrique/absente/", 404)
    text(client, "/magazines/absent/rubrique/portraits/", 404)


def test_an_article_shows_everything_a_reader_looks_for(client, categories, bissac):
    farm = base.listing("Ferme du Gué", category="fromager-fermier")
    odile, paul = factories.author("Odile", about="Elle écrit."), factories.author("Paul")
    article = factories.article(
        "Un matin",
        [("text", "<p>Il fait nuit.</p>")],
        magazine=bissac,
        by=[odile, paul],
        standfirst="Avant le marché.",
        main_image=factories.photo(credit="Odile Marchais", alt_text="Une cour."),
        main_caption="La cour.",
        section=bissac.sections.first(),
        tags=["fromage"],
        communes=[base.commune()],
        listings=[farm],
        updated_on=date(2026, 5, 1),
    )

    page = text(client, article.get_url())

    order = [
        'class="mag-band mag-brique"',
        "<h1>Un matin</h1>",
        "Avant le marché.",
        "/magazines/auteur/odile/",
        "1 min de lecture",
        "mis à jour le",
        "1er mai 2026",
        'fetchpriority="high"',
        "Odile Marchais",
        "Il fait nuit.",
        "Y aller",
        'data-listing="ferme-du-gue"',
        "/magazines/etiquette/fromage/",
        "/magazines/commune/rambouillet/",
        "Elle écrit.",
        "mailto:?subject=Un%20matin",
    ]
    places = [page.find(shown, page.find("<main")) for shown in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)


def test_an_article_tells_machines_who_where_and_what(client, categories, bissac):
    farm = base.listing("Ferme </script> du Gué", slug="gue", category="fromager-fermier")
    article = factories.article(
        "Titre </script><script>alert(1)</script>",
        magazine=bissac,
        slug="titre",
        by=factories.author("Odile"),
        main_image=factories.photo(),
        communes=[base.commune()],
        listings=[farm],
    )

    page = text(client, article.get_url())
    data = data_of(page)

    assert data["Article"]["headline"] == article.title
    assert data["Article"]["author"][0]["url"].endswith("/magazines/auteur/odile/")
    assert data["Article"]["datePublished"] <= data["Article"]["dateModified"]
    assert [one["name"] for one in data["Article"]["about"]] == [farm.name, "Rambouillet"]
    assert data["Article"]["publisher"]["name"]
    assert len(data["Article"]["image"]) == 2
    assert [one["position"] for one in data["BreadcrumbList"]["itemListElement"]] == [1, 2, 3]
    assert "<script>alert" not in page
    for tag in ('property="og:image"', 'property="og:type" content="article"', 'rel="canonical"'):
        assert tag in page


def test_articles_follow_each_other_within_their_magazine(client, bissac):
    before, here, after = (
        factories.article(f"No {number}", magazine=bissac) for number in range(3)
    )
    factories.article("Ailleurs", magazine=factories.magazine("La Pierre"))

    page = text(client, here.get_url())
    turn = page[page.index('class="turn') :]
    assert f'href="{before.get_url()}" rel="prev"' in turn
    assert f'href="{after.get_url()}" rel="next"' in turn
    first = text(client, before.get_url())
    assert 'rel="prev"' not in first and 'rel="next"' in first


def test_what_to_read_next_has_most_in_common(client, categories, bissac):
    farm, dourdan = base.listing("Ferme"), base.commune("Dourdan")
    here = factories.article(
        "Ici", magazine=bissac, tags=["fromage"], communes=[dourdan], listings=[farm]
    )
    factories.article("Voisin", slug="voisin", magazine=bissac, communes=[dourdan])
    factories.article("Chez elle", slug="chez-elle", listings=[farm], tags=["fromage"])
    factories.article("Fromage", slug="fromage", tags=["fromage"])
    for number in range(4):
        factories.article(f"Autre {number}", slug=f"autre-{number}", magazine=bissac)

    assert slugs(text(client, here.get_url())) == [
        here.slug, "chez-elle", "fromage", "voisin",
    ]  # fmt: skip


def test_with_nothing_in_common_the_newest_of_the_magazine_come_first(client, bissac):
    here = factories.article("Ici", magazine=bissac)
    factories.article("Du magazine", slug="du-magazine", magazine=bissac)
    for number in range(5):
        factories.article(slug=f"autre-{number}", magazine=factories.magazine(f"M{number}"))

    assert slugs(text(client, here.get_url()))[1] == "du-magazine"


def test_an_issue_lists_its_articles_in_their_order(client, bissac):
    articles = [factories.article(slug=f"a{number}", magazine=bissac) for number in range(3)]
    factories.issue("Avant", magazine=bissac, date=date(2026, 1, 1), slug="avant")
    issue = factories.issue(
        "Le pain",
        [articles[2], articles[0]],
        magazine=bissac,
        number=2,
        date=date(2026, 3, 1),
        editorial="<p>Du pain.</p>",
        cover=factories.photo(),
    )
    factories.issue("Après", magazine=bissac, date=date(2026, 5, 1), slug="apres")

    page = text(client, issue.get_url())

    assert slugs(page) == ["a2", "a0"]
    assert "1er mars 2026" in page and "Du pain." in page
    assert 'href="/magazines/bissac/avant/" rel="prev"' in page
    assert 'href="/magazines/bissac/apres/" rel="next"' in page
    assert data_of(page)["PublicationIssue"]["issueNumber"] == 2


def test_an_issue_without_articles_says_so(client, bissac):
    issue = factories.issue("Vide", magazine=bissac)
    assert "se prépare" in text(client, issue.get_url())


def test_a_tag_gathers_articles_of_all_magazines(client, bissac):
    factories.article(slug="ici", magazine=bissac, tags=["pain d'épices"])
    factories.article(slug="la", magazine=factories.magazine(), tags=["pain d'épices"])
    page = text(client, "/magazines/etiquette/pain-depices/")
    assert slugs(page) == ["la", "ici"] and "2 articles" in page
    text(client, "/magazines/etiquette/absente/", 404)


def test_a_commune_has_its_articles_and_its_correspondents(client, bissac):
    odile = factories.author("Odile")
    odile.covers.add(base.commune("Dourdan"))
    bissac.team.create(author=odile)
    factories.article(slug="ici", magazine=bissac, communes=[base.commune("Dourdan")])
    page = text(client, "/magazines/commune/dourdan/")
    assert slugs(page) == ["ici"] and "/magazines/auteur/odile/" in page
    base.commune("Houdan")
    assert "Aucun article encore sur Houdan" in text(client, "/magazines/commune/houdan/")
    text(client, "/magazines/commune/nulle-part/", 404)


def test_an_author_has_a_page_with_what_they_wrote_and_where(client, bissac):
    odile = factories.author("Odile", about="Elle écrit.", photo=factories.photo())
    odile.covers.add(base.commune("Dourdan"))
    bissac.team.create(author=odile, kind="redaction")
    factories.article(slug="ici", magazine=bissac, by=odile)
    factories.article(slug="pas-d-elle", magazine=bissac)
    page = text(client, "/magazines/auteur/odile/")
    assert slugs(page) == ["ici"]
    for shown in ("Elle écrit.", "/magazines/commune/dourdan/", "/magazines/bissac/"):
        assert shown in page
    text(client, "/magazines/auteur/personne/", 404)


def test_the_printed_article_leads_back_to_its_page(client, bissac):
    article = factories.article(magazine=bissac, slug="ici")
    assert "/magazines/bissac/ici/qr.svg" in text(client, article.get_url())
    answer = client.get("/magazines/bissac/ici/qr.svg")
    assert answer["Content-Type"] == "image/svg+xml" and b"<svg" in answer.content
    text(client, "/magazines/bissac/absent/qr.svg", 404)


@pytest.mark.parametrize("slug", ["auteur", "commune", "etiquette"])
def test_a_magazine_takes_no_address_that_is_taken(db, slug):
    with pytest.raises(ValidationError):
        factories.magazine("Etiquette", slug=slug)


def test_the_page_of_all_magazines_keeps_its_address(db):
    index = factories.index()
    index.slug = "revues"
    index.save()
    index.refresh_from_db()
    assert index.slug == "magazines"


@pytest.mark.parametrize(
    "title", ["🧀" * 40, "‮שלום עולם", "<img src=x onerror=alert(1)>", "a" * 255]
)
def test_odd_titles_are_shown_as_text(client, bissac, title):
    article = factories.article(title, magazine=bissac, slug="odd", by=factories.author(title[:80]))
    for address in (article.get_url(), "/magazines/", "/magazines/bissac/"):
        assert "<img src=x" not in text(client, address)


ADDRESSES = {
    "/": 22,
    "/magazines/": 10,
    "/magazines/bissac/": 11,
    "/magazines/bissac/a1/": 10,
    "/magazines/bissac/un/": 10,
    "/magazines/bissac/rubrique/portraits/": 10,
    "/magazines/etiquette/fromage/": 10,
    "/magazines/commune/dourdan/": 10,
    "/magazines/auteur/odile/": 10,
    "/recherche/?q=fromage": 14,
    "/annuaire/commune/dourdan/": 14,
    "/annuaire/fiche/ferme/": 14,
    "/flux/articles.rss": 6,
    "/api/v1/articles": 6,
    "/sitemap-articles-1.xml": 6,
}


def questions(client, address):
    """How many queries a first view takes right after a change: nothing is remembered."""
    cache.clear()
    versions.forget()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_number_of_questions_does_not_grow(client, categories, bissac):
    farm, dourdan = base.listing("Ferme", slug="ferme"), base.commune("Dourdan")
    odile, photo = factories.author("Odile", about="Elle écrit."), factories.photo()
    bissac.team.create(author=odile)

    def articles(first, last):
        return [
            factories.article(
                f"Fromage {number}",
                "Du fromage.",
                slug=f"a{number}",
                magazine=bissac,
                by=odile,
                main_image=photo,
                section=bissac.sections.get(slug="portraits"),
                tags=["fromage"],
                communes=[dourdan],
                listings=[farm],
            )
            for number in range(first, last)
        ]

    issue = factories.issue("Un", articles(0, 3), magazine=bissac, slug="un")
    few = {address: questions(client, address) for address in ADDRESSES}
    for number, article in enumerate(articles(3, 60)):
        issue.entries.create(article=article, sort_order=number + 3)
    many = {address: questions(client, address) for address in ADDRESSES}

    assert many == few
    assert {address: few[address] for address in few if few[address] > ADDRESSES[address]} == {}


def test_a_moment_in_the_past_shows_its_own_day(client, bissac):
    article = factories.article(magazine=bissac)
    yesterday = timezone.now() - timedelta(days=400)
    type(article).objects.filter(pk=article.pk).update(first_published_at=yesterday)
    versions.forget()
    cache.clear()
    assert str(timezone.localdate(yesterday).year) in text(client, article.get_url())


def test_a_kept_card_is_made_anew_when_anything_it_shows_has_changed(client, bissac):
    found = factories.article("Le four", magazine=bissac, standfirst="Il chauffe.")
    assert "Il chauffe." in client.get("/magazines/").content.decode()
    for change in ({"title": "Le moulin"}, {"standfirst": "Il tourne."}):
        for name, value in change.items():
            setattr(found, name, value)
        found.save_revision().publish()
        for value in change.values():
            assert value in client.get("/magazines/").content.decode()
    [card] = cards.make(Article.objects.public())
    other = replace(card, shown=card.shown | {"magazine": None})
    assert story.markup(other) != story.markup(card)
