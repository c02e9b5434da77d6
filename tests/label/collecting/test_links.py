"""A link handed in by hand: the page's own words, where it lets them be shown elsewhere."""

import json
import time
from datetime import UTC, datetime

import pytest
from django.test import override_settings

from home.fetch import FetchError
from label.collecting.cleaning import clean
from label.collecting.links import NotReadable, read_link
from tests.outside import Server, page

PAGE = """<!doctype html><html><head><title>Fromages | Le site</title>
<meta property="og:title" content="Les fromages &amp; le pain">
<meta property="og:description" content="Chaque samedi <b>matin</b> #mis78">
<meta property="og:image" content="/photos/a.jpg">
<meta property="og:image:alt" content="Trois fromages">
<meta property="og:site_name" content="La ferme">
<meta name="author" content="Maud">
<meta property="article:published_time" content="2026-11-14T09:00:00+01:00">
<link rel="canonical" href="/fromages"></head><body></body></html>"""
PATH = "/page?utm_source=x"
MEGABYTE = 1_000_000
HTML = "text/html; charset=utf-8"


@pytest.fixture
def link():
    """Serve a page, and what else is there by its path, and read the link to it."""
    servers = []

    def read(content="", status="200 OK", more=(), **headers):
        headers = {"content_type": HTML} | headers
        answers = {PATH: page(content.encode(), status, **headers), **dict(more)}
        nothing = page(b"", "404 Not Found")
        server = Server(lambda out, asked: out.sendall(answers.get(asked.split()[1], nothing)))
        servers.append(server)
        with override_settings(ALLOW_PRIVATE_FETCH=[server.entry]):
            return server, read_link(f"{server.url}{PATH}")

    yield read
    for server in servers:
        server.close()


def test_a_page_says_what_it_is(link):
    server, entry = link(PAGE)
    entry = clean(entry)
    assert entry.title == "Les fromages & le pain"
    assert entry.html == "<p>Chaque samedi &lt;b&gt;matin&lt;/b&gt; #mis78</p>"
    assert entry.url == entry.canonical == f"{server.url}/fromages"
    assert entry.network == "La ferme"
    assert entry.author == "Maud"
    assert entry.published == datetime(2026, 11, 14, 8, tzinfo=UTC)
    assert entry.pictures[0].url == f"{server.url}/photos/a.jpg"
    assert entry.pictures[0].alt == "Trois fromages"


def test_a_page_with_nothing_but_a_title(link):
    server, entry = link("<title>\n Les &eacute;tangs </title>")
    assert entry.title == "Les étangs"
    assert entry.canonical == f"{server.url}/page"
    assert entry.html == ""


def test_the_words_of_its_oembed_stand_in(link):
    told = {"title": "Un film", "author_name": "Inès", "author_url": "javascript:alert(1)"}
    told |= {"html": "<script>alert(1)</script>", "thumbnail_url": "https://x.example/a.jpg"}
    html = '<link rel="alternate" type="application/json+oembed" href="/oembed?url=x">'
    _, entry = link(html, more={"/oembed?url=x": page(json.dumps(told).encode())})
    assert (entry.title, entry.author, entry.author_url) == ("Un film", "Inès", "")
    assert entry.html == ""
    assert entry.pictures[0].url == "https://x.example/a.jpg"


@pytest.mark.parametrize("body", [b"", b"[]", b'"x"', b"[" * 50_000, b'{"title": 5}', b"\xff"])
def test_a_broken_oembed_is_as_none(link, body):
    html = '<title>Titre</title><link type="application/json+oembed" href="/oembed">'
    _, entry = link(html, more={"/oembed": page(body)})
    assert entry.title == "Titre"


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        ("<title>x</title><meta name=robots content=noindex>", {}),
        ("<title>x</title><META NAME='Robots' CONTENT='nofollow, NoIndex'>", {}),
        ("<title>x</title><meta name=robots content=none>", {}),
        ("<title>x</title>", {"x_robots_tag": "noindex"}),
        ("<title>x</title>", {"x_robots_tag": "annuaire: noindex, nofollow"}),
    ],
)
def test_a_page_that_asks_to_be_left_alone_is(link, content, answer):
    with pytest.raises(NotReadable, match="demande à ne pas être reprise"):
        link(content, **answer)


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        ("", {}),
        ("<p>sans titre</p>", {}),
        ("<title> </title>", {}),
        ("<title>x</title>", {"status": "403 Forbidden"}),
        ("<title>x</title>", {"content_type": "application/pdf"}),
        ("<title>x</title>", {"content_type": None}),
    ],
)
def test_where_nothing_can_be_read_the_person_is_asked_to_type(link, content, answer):
    with pytest.raises(NotReadable, match="Écrivez vous-même"):
        link(content, **answer)


@pytest.mark.parametrize("url", ["", "fromages", "javascript:alert(1)", "file:///etc/passwd"])
def test_what_is_no_address_is_refused(url):
    with pytest.raises(NotReadable, match="n’est pas celle d’une page web"):
        read_link(url)


@pytest.mark.parametrize(
    "named",
    ["https://victime.example/page", "/", "javascript:alert(1)", "//victime.example/", "http://["],
)
def test_a_page_cannot_take_the_name_of_another(link, named):
    content = f"<title>x</title><link rel=canonical href='{named}'>"
    server, entry = link(content + f"<meta property=og:url content='{named}'>")
    assert entry.canonical == f"{server.url}/page"


def test_nobody_inside_is_asked():
    with pytest.raises(FetchError):
        read_link("http://127.0.0.1/page")


@pytest.mark.parametrize(
    "piece", ["<link a='b", "<meta ", '<meta " ', '"<meta " ', "<title", "<meta a="]
)
def test_a_page_of_nothing_but_marks_takes_no_time(link, piece):
    began = time.process_time()
    _, entry = link("<title>x</title><meta " + piece * (MEGABYTE // len(piece)))
    assert entry.title == "x"
    assert time.process_time() - began < 2
