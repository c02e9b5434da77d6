"""An issue as a booklet: what is on it, and what is not."""

import pytest
from django.conf import settings

from tests.webmag import bodies, factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, echo):
    """The booklet of an issue of two articles."""
    link = (
        '<p>Lire <a href="/magazines/echo/le-four/">ceci</a>, <a href="https://pain.example/">là</a>'
        ' et <a href="https://pain.example/">là encore</a>.</p>'
    )
    articles = [
        factories.article("Le four", bodies.one_of_each(), magazine=echo),
        factories.article("Le pain <&>", [("text", link)], magazine=echo),
    ]
    factories.issue("Avant dix heures", articles, magazine=echo, editorial="<p>Bonjour.</p>")
    answer = client.get("/magazines/echo/avant-dix-heures/livret/")
    assert answer.status_code == 200 and not answer.cookies
    assert "s-maxage" in answer["Cache-Control"]
    return answer.content.decode()


def test_it_is_whole_and_leads_back(page, client):
    for words in (
        "Le four",
        "Le pain &lt;&amp;&gt;",
        "Bonjour.",
        "Un matin au fournil",
        "Sommaire",
    ):
        assert words in page
    url = f"{settings.SITE_URL}/magazines/echo/avant-dix-heures/"
    assert f'<link rel="canonical" href="{url}">' in page
    assert '<meta name="robots" content="noindex">' in page
    code = client.get("/magazines/echo/avant-dix-heures/qr.svg")
    assert (code.status_code, code["Content-Type"]) == (200, "image/svg+xml")


def test_links_are_notes_each_address_once(page):
    assert 'href="#article-1"' in page and 'id="article-1"' in page
    assert page.count('<sup class="mark">1</sup>') == 3
    assert page.count('<li><a href="https://pain.example/">') == 1


def test_nothing_plays_and_nothing_leads_around(page):
    for sign in ("<script", "<form", "<iframe", "masthead", "colophon", "loading="):
        assert sign not in page, sign
