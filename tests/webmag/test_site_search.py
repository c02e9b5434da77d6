"""/recherche/: one question for listings and articles."""

import re

import pytest
from django.core.management import call_command

from home import search
from home.models import SearchEntry, Tag
from tests import factories as base
from tests.webmag import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]


def asked(client, words, **more):
    """The page for some words."""
    answer = client.get("/recherche/", {"q": words, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def articles(page):
    """The articles on a page."""
    return re.findall(r'data-article="([^"]+)"', page)


def listings(page):
    """The listings on a page."""
    return re.findall(r'data-listing="([^"]+)"', page)


def test_without_words_it_asks(client):
    page = client.get("/recherche/").content.decode()
    assert "<h1>Rechercher</h1>" in page and 'name="q"' in page


def test_listings_and_articles_stand_in_two_groups(client):
    for number in range(8):
        base.listing(f"Fromagerie {number}", category="fromager-fermier")
    factories.article("Dans le texte", "Il y a du fromage.", slug="texte")
    factories.article("Le fromage", slug="titre")

    page = asked(client, "fromage")

    assert len(listings(page)) == 6
    assert "Voir les 8 fiches" in page and "/annuaire/?q=fromage" in page
    assert articles(page) == ["titre", "texte"]


@pytest.mark.parametrize(
    "words", ["zélie", "gruyer", "dourdan", "odile", "claie", "chapeauter", "étable"]
)
def test_an_article_is_found_by_all_that_it_says(client, words):
    article = factories.article(
        "Le matin de Zélie",
        "Dans l’étable.",
        slug="matin",
        standfirst="De quoi chapeauter.",
        by=factories.author("Odile Marchais"),
        communes=[base.commune("Dourdan")],
        tags=["pressé"],
        main_image=factories.photo(),
        main_caption="Les claies.",
    )
    tag = Tag.objects.get(name="pressé")
    tag.synonyms = "gruyère"
    tag.save()
    assert articles(asked(client, words)) == [article.slug]


def test_a_typing_error_is_mended_and_said(client):
    base.listing("Fromagerie", category="fromager-fermier")
    factories.article("Le fromage", slug="titre")
    page = asked(client, "fromgae")
    assert "Résultats pour « <strong>fromage</strong> »" in page.replace("\xa0", " ")
    assert listings(page) and articles(page) == ["titre"]


def test_what_may_have_been_meant_is_offered_where_the_words_find_something(client):
    factories.article("Le fournil", slug="fournil")
    base.listing("Fournill", slug="fournill")
    page = asked(client, "fournill").replace("\xa0", " ")
    assert listings(page) == ["fournill"] and articles(page) == []
    assert "Vouliez-vous dire « <a" in page and "?q=fournil" in page


def test_where_nothing_has_all_the_words_the_nearest_is_shown_and_said(client):
    factories.article("Le fromage", slug="fromage")
    factories.article("Le pain", slug="pain")
    page = asked(client, "fromage pain")
    assert "répond à une partie" in page and len(articles(page)) == 2


def test_nothing_is_said_plainly(client):
    page = asked(client, "zzyzxqv")
    assert "Rien pour" in page and "/annuaire/" in page


@pytest.mark.parametrize(
    "words",
    [
        '"><script>alert(1)</script>',
        "\x00",
        "' OR 1=1 --",
        "*",
        '"',
        "🧀",
        "a" * 5000,
        "%",
        "NOT OR",
    ],
)
def test_nonsense_is_a_question_like_any_other(client, words):
    factories.article("Le fromage")
    page = asked(client, words)
    assert "<script>alert" not in page
    assert client.get("/recherche/suggestions/", {"q": words}).status_code == 200


def test_articles_come_in_pages(client):
    for number in range(14):
        factories.article(f"Fromage {number}", slug=f"f{number}")
    first = asked(client, "fromage")
    assert len(articles(first)) == 12 and "?q=fromage&amp;page=2" in first
    assert articles(asked(client, "fromage", page="2")) == ["f1", "f0"]


def test_suggestions_are_titles_and_names(client):
    base.listing("Fromagerie du Gué", slug="gue")
    for number in range(9):
        factories.article(f"Fromage {number}", slug=f"f{number}")
    found = client.get("/recherche/suggestions/?q=froma").json()["suggestions"]
    assert len(found) == 8
    assert found[0] == {"label": "Fromagerie du Gué", "url": "/annuaire/fiche/gue/"}
    assert client.get("/recherche/suggestions/?q=f").json() == {"suggestions": []}
    assert client.get("/recherche/suggestions/").json() == {"suggestions": []}


def test_what_is_deleted_is_not_found(client):
    article = factories.article("Le fromage")
    magazine = article.get_parent().specific
    other = factories.article("Autre fromage", magazine=magazine)
    article.delete()
    assert articles(asked(client, "fromage")) == [other.slug]
    magazine.delete()
    assert not SearchEntry.objects.filter(kind="article").exists()


def test_the_index_is_built_again_with_articles(client, capsys):
    factories.article("Le fromage", slug="fromage")
    SearchEntry.objects.filter(kind="article").update(title="tout autre")
    search.index("article", [search.Entry(10_000, ["fantôme"])])
    call_command("rebuild_search")
    assert articles(asked(client, "fromage")) == ["fromage"]
    assert not SearchEntry.objects.filter(object_id=10_000).exists()
    assert "entrées sans article retirées : 1" in capsys.readouterr().out


def test_the_masthead_leads_there(client):
    page = client.get("/").content.decode()
    assert 'href="/recherche/"' in page and 'href="/magazines/"' in page
