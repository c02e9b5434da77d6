"""An address that a person gives leads to what can be followed."""

import pytest
from django.test import override_settings

from home.fetch import FetchError
from label.collecting.addresses import Asked, discover, resolve
from tests.label.collecting import corpus
from tests.outside import Server, page, says

FEED, TIMELINE, ACCOUNT = "flux", "mot-diese", "compte"
TAG = "/api/v1/timelines/tag"
AUTHOR = "https://public.api.bsky.app/xrpc/app.bsky.feed.getAuthorFeed"
YOUTUBE = "https://www.youtube.com/feeds/videos.xml"
FLICKR = "https://www.flickr.com/services/feeds/photos_public.gne"


@pytest.mark.parametrize(
    ("address", "kind", "url"),
    [
        ("https://m.example/tags/Mis78", TIMELINE, f"https://m.example{TAG}/Mis78?limit=40"),
        (
            "https://m.example/tags/No%C3%ABl/",
            TIMELINE,
            f"https://m.example{TAG}/No%C3%ABl?limit=40",
        ),
        (f"https://m.example{TAG}/mis78", TIMELINE, f"https://m.example{TAG}/mis78?limit=40"),
        (
            "https://p.example/discover/tags/mis78",
            TIMELINE,
            f"https://p.example{TAG}/mis78?limit=40",
        ),
        ("https://m.example/@ferme", FEED, "https://m.example/@ferme.rss"),
        ("https://www.m.example/@ferme/", FEED, "https://www.m.example/@ferme.rss"),
        ("https://p.example/users/ferme.atom", FEED, "https://p.example/users/ferme.atom"),
        (
            "https://t.example/c/lavoir/videos",
            FEED,
            "https://t.example/feeds/videos.xml?videoChannelName=lavoir",
        ),
        (
            "https://t.example/a/maud/video-channels",
            FEED,
            "https://t.example/feeds/videos.xml?accountName=maud",
        ),
        (
            "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv/videos",
            FEED,
            f"{YOUTUBE}?channel_id=UCabcdefghijklmnopqrstuv",
        ),
        (
            "https://www.flickr.com/photos/12345678@N00/",
            FEED,
            f"{FLICKR}?id=12345678@N00&lang=fr-fr&format=atom",
        ),
        (
            "https://bsky.app/profile/fournil.bsky.social",
            ACCOUNT,
            f"{AUTHOR}?actor=fournil.bsky.social&filter=posts_no_replies&limit=50",
        ),
        ("rucher.example/feed", FEED, "https://rucher.example/feed"),
        (" https://rucher.example/feed/?type=rss ", FEED, "https://rucher.example/feed/?type=rss"),
        ("https://www.youtube.com/@ferme", FEED, "https://www.youtube.com/@ferme"),
    ],
)
def test_a_known_address_says_what_to_ask(address, kind, url):
    asked = resolve(address)
    assert (asked.kind, asked.url) == (kind, url)


@pytest.mark.parametrize(
    "address", ["", "fromages", "javascript:alert(1)", "ftp://x.example/", "https://a@x.example/"]
)
def test_what_is_no_address_is_refused_in_plain_words(address):
    with pytest.raises(ValueError, match="Cette adresse n’est pas celle d’une page web"):
        resolve(address)


@pytest.fixture
def site():
    """A site that answers what each path is given."""
    servers = []

    def serve(**answers):
        def answer(connection, request):
            path = request.split()[1].strip("/").partition("?")[0].replace(".", "_")
            content = answers.get(path or "front", page(b"", "404 Not Found"))
            connection.sendall(content)

        server = Server(answer)
        servers.append(server)
        return server

    yield serve
    for server in servers:
        server.close()


def discovered(server, path="/"):
    """What is found at a path of a server."""
    with override_settings(ALLOW_PRIVATE_FETCH=[server.entry]):
        return discover(f"{server.url}{path}")


def test_a_feed_is_taken_as_it_is_with_its_title(site):
    server = site(feed=page(corpus.RSS.encode(), content_type="text/html"))
    address = f"{server.url}/feed"
    assert discovered(server, "/feed") == Asked(FEED, address, address, "Le journal du rucher")


def test_a_page_leads_to_the_feed_that_it_names(site):
    html = (
        '<html><head><link rel="alternate" type="text/xml" href="/autre">'
        "<link rel=alternate type='application/rss+xml' href='javascript:alert(1)'>"
        '<link rel="ALTERNATE nofollow" type="application/rss+xml; charset=utf-8" href="/gone">'
        '<LINK href="feed" type="application/atom+xml" rel="alternate">'
    )
    server = site(front=page(html.encode()), feed=page(corpus.ATOM.encode()))
    asked = discovered(server)
    assert asked == Asked(FEED, f"{server.url}/feed", f"{server.url}/", "L’atelier")


@pytest.mark.parametrize(
    "html", ["<html></html>", "<link rel=alternate type='application/rss+xml' href='/gone'>", ""]
)
def test_a_page_without_a_feed_is_refused_in_plain_words(site, html):
    with pytest.raises(ValueError, match="n’annonce aucun flux"):
        discovered(site(front=page(html.encode())))


def test_a_page_that_is_not_there_is_refused_in_plain_words(site):
    with pytest.raises(ValueError, match=r"une erreur \(404\)"):
        discovered(site(), "/rien")


def test_nobody_inside_is_asked():
    server = Server(says(page(corpus.RSS.encode())))
    try:
        with pytest.raises(FetchError):
            discover(server.url)
        assert server.connections == 0
    finally:
        server.close()


def test_a_page_cannot_lead_inside(site):
    inside = Server(says(page(corpus.RSS.encode())))
    html = f"<link rel=alternate type='application/rss+xml' href='{inside.url}/'>"
    try:
        with pytest.raises(ValueError, match="aucun flux"):
            discovered(site(front=page(html.encode())))
        assert inside.connections == 0
    finally:
        inside.close()
