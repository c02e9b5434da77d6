"""Links to magazines, articles, issues and the home page show a card where they are shared."""

import io
import re
from datetime import date

import pytest
from django.conf import settings
from PIL import Image

from home import social_card
from tests.webmag import factories

pytestmark = pytest.mark.django_db
IMAGE = re.compile(r'<meta property="og:image" content="([^"]+)">')


def path_of_image(client, address):
    """Where on the site a page says that its picture is."""
    [url] = IMAGE.findall(client.get(address).content.decode())
    assert url.startswith(settings.SITE_URL)
    return url.removeprefix(settings.SITE_URL)


def drawn(client, path):
    """The bytes of a card."""
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert "s-maxage" in answer["Cache-Control"] and not answer.cookies
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)
    return answer.content


@pytest.fixture
def pages(echo):
    """The addresses of a magazine, an article and an issue, none of them with a photo."""
    odile = factories.author("Odile")
    article = factories.article("L’âne & le four", magazine=echo, slug="ane", by=odile)
    factories.issue("Pain", [article], magazine=echo, slug="no-3", number=3, date=date(2026, 5, 1))
    return ["/magazines/echo/", "/magazines/echo/ane/", "/magazines/echo/no-3/"]


def test_what_has_no_photo_has_a_card_of_its_own(client, pages):
    cards = []
    for address in [*pages, "/"]:
        path = path_of_image(client, address)
        assert path == f"{address}apercu.png"
        cards.append(drawn(client, path))
        page = client.get(address).content.decode()
        assert '<meta name="twitter:card" content="summary_large_image">' in page
    assert len(set(cards)) == 4


def test_what_has_a_photo_shows_it(client, echo):
    photo = factories.photo(size=(1300, 700))
    article = factories.article("Le four", magazine=echo, slug="four", main_image=photo)
    factories.issue("Pain", [article], magazine=echo, slug="pain", cover=photo)
    for address in ("/magazines/echo/four/", "/magazines/echo/pain/"):
        assert path_of_image(client, address).startswith("/media/images/")


def test_a_card_names_who_wrote_and_which_issue_it_is(client, pages, monkeypatch):
    said = []
    monkeypatch.setattr(social_card, "card", lambda *words: said.append(words[:2]) or b"x")
    for address in pages:
        client.get(f"{address}apercu.png")
    assert said == [
        ("L’Écho des étangs", ""),
        ("L’âne & le four", "L’Écho des étangs · par Odile"),
        ("Pain", "L’Écho des étangs · Numéro 3 · 1er mai 2026"),
    ]


def test_what_is_not_public_has_no_card(client, echo):
    factories.article("Zorg", magazine=echo, slug="zorg", live=False)
    issue = factories.issue("Pain", [factories.article(magazine=echo)], magazine=echo, slug="pain")
    issue.unpublish()
    for path in ("echo/zorg/", "echo/pain/", "echo/rien/", "rien/", "rien/zorg/"):
        assert client.get(f"/magazines/{path}apercu.png").status_code == 404
    echo.unpublish()
    assert client.get("/magazines/echo/apercu.png").status_code == 404


def test_the_same_words_are_drawn_once(client, pages, monkeypatch):
    social_card.card.cache_clear()
    drawings = []
    fitted = social_card.fitted
    monkeypatch.setattr(
        social_card, "fitted", lambda *words: drawings.append(words) or fitted(*words)
    )
    path = f"{pages[1]}apercu.png"
    first = drawn(client, path)
    factories.article("Autre chose", magazine=None)
    assert drawn(client, path) == first
    assert len(drawings) == 1
