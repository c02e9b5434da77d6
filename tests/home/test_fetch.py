"""The door to the outside, with sites that mean well."""

import gzip
import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from home.fetch import Fetched, FetchError, Refused, Unreachable, fetch, names
from tests.outside import Server, page, redirect, says


@pytest.fixture
def site(settings, monkeypatch):
    """A site of the outside, under several names; it says what the test puts in `pages`."""
    pages = {}

    def answer(connection, request):
        connection.sendall(pages.get(request.split()[1], page(b"", "404 Not Found")))

    server = Server(answer)
    server.pages = pages
    settings.ALLOW_PRIVATE_FETCH = [server.entry]
    monkeypatch.setattr(names, "look_up", lambda host, port: ["127.0.0.1"])
    server.named = lambda name="site.example": f"http://{name}:{server.port}"
    yield server
    server.close()


def header(site, name):
    """What the last request said under this name; None if nothing."""
    for line in site.requests[-1].split("\r\n")[1:]:
        if line.lower().startswith(f"{name}: "):
            return line.partition(": ")[2]
    return None


def test_a_page_comes_with_its_address_status_headers_and_body(site):
    site.pages["/a?b=c"] = page(b"bonjour", content_type="Text/HTML; charset=utf-8", etag='"1"')
    found = fetch(f"{site.named()}/a?b=c#fragment")
    assert (found.url, found.status, found.body) == (f"{site.named()}/a?b=c", 200, b"bonjour")
    assert (found.content_type, found.etag) == ("text/html", '"1"')
    assert found.headers["content-length"] == "7"


def test_an_error_of_the_site_is_an_answer_too(site):
    """The collector wants to know that something is gone, and when to come back."""
    site.pages["/parti"] = page(b"perdu", "410 Gone")
    site.pages["/panne"] = page(b"", "503 Service Unavailable", retry_after="120")
    assert (fetch(f"{site.named()}/parti").status, fetch(f"{site.named()}/rien").status) == (
        410,
        404,
    )
    assert fetch(f"{site.named()}/panne").retry_after == 120


def test_we_say_who_we_are_and_nothing_of_anybody_else(site, settings):
    settings.SITE_URL = "https://label.example"
    site.pages["/"] = page()
    fetch(site.named(), accept="application/rss+xml")
    assert header(site, "host") == f"site.example:{site.port}"
    assert header(site, "user-agent") == "annuaire (+https://label.example)"
    assert header(site, "accept") == "application/rss+xml"
    assert header(site, "accept-encoding") == "gzip"
    for name in ("cookie", "authorization", "referer", "origin", "x-forwarded-for"):
        assert header(site, name) is None


def test_compressed_pages_are_unpacked(site):
    site.pages["/"] = page(gzip.compress(b"bonjour" * 1000), content_encoding="gzip")
    assert fetch(site.named()).body == b"bonjour" * 1000


def test_a_page_in_chunks_and_one_that_ends_with_the_connection_are_whole(site):
    chunks = b"3\r\nbon\r\n4\r\njour\r\n0\r\n\r\n"
    site.pages["/a"] = page(b"", content_length=None, transfer_encoding="chunked") + chunks
    site.pages["/b"] = page(b"bonjour", content_length=None)
    site.pages["/c"] = b"HTTP/1.0 200 OK\r\n\r\nbonjour"
    assert {fetch(f"{site.named()}/{name}").body for name in "abc"} == {b"bonjour"}


def test_nothing_changed_since_is_told_without_a_body(site):
    site.pages["/"] = page(b"", "304 Not Modified", content_length=None, etag='"1"')
    found = fetch(site.named(), etag='W/"1"', last_modified="Sun, 22 Nov 2026 10:00:00 GMT")
    assert header(site, "if-none-match") == 'W/"1"'
    assert header(site, "if-modified-since") == "Sun, 22 Nov 2026 10:00:00 GMT"
    assert (found.not_modified, found.body, found.etag) == (True, b"", '"1"')


@pytest.mark.parametrize("etag", ["a\r\nCookie: b", "a\0b", "é", "a" * 501, "\ud800"])
def test_an_etag_that_is_no_header_is_left_out(site, etag):
    site.pages["/"] = page()
    assert fetch(site.named(), etag=etag, last_modified=etag).status == 200
    assert header(site, "if-none-match") is None
    assert header(site, "cookie") is None


@pytest.mark.parametrize(
    "text,seconds",
    [
        ("0", 0),
        ("120", 120),
        (" 7 ", 7),
        ("99999999999999999999", 7 * 24 * 3600),
        ("-5", None),
        ("1e9", None),
        ("²", None),
        ("demain", None),
        ("", None),
        ("Sun, 99 Nov 2026 10:00:00 GMT", None),
        ("Sun, 22 Nov 1998 10:00:00 GMT", 0),
        ("Sun, 22 Nov 9998 10:00:00 GMT", 7 * 24 * 3600),
        ("Sun, 22 Nov 1998 10:00:00", 0),
    ],
)
def test_how_long_to_wait_is_seconds_or_a_date(text, seconds):
    assert Fetched("", 503, {"retry-after": text}, b"").retry_after == seconds


@pytest.mark.parametrize(
    "said,meant",
    [
        ("text/html", "text/html"),
        ("Application/RSS+XML ; charset=utf-8", "application/rss+xml"),
        ("", ""),
        ("html", ""),
        ("text/html, text/plain", ""),
        ("text/<script>", ""),
        ("a" * 100 + "/b", ""),
    ],
)
def test_what_a_page_is_said_to_be_is_a_plain_media_type_or_nothing(said, meant):
    assert Fetched("", 200, {"content-type": said}, b"").content_type == meant


@pytest.mark.parametrize("said", ['"' + "a" * 600 + '"', "é", "a\tb", "a\x85b"])
def test_what_could_not_be_sent_back_is_not_kept_for_the_next_time(said):
    found = Fetched("", 200, {"etag": said, "last-modified": said}, b"")
    assert (found.etag, found.last_modified) == ("", "")


def test_how_long_to_wait_until_a_date():
    later = datetime.now(UTC) + timedelta(minutes=10)
    found = Fetched("", 429, {"retry-after": format_datetime(later, usegmt=True)}, b"")
    assert 590 <= found.retry_after <= 600
    assert Fetched("", 429, {}, b"").retry_after is None


@pytest.mark.parametrize("status", ["301 A", "302 A", "303 A", "307 A", "308 A"])
def test_a_redirect_is_followed_and_the_last_address_told(site, status):
    site.pages["/a/b"] = redirect("../c?d", status)
    site.pages["/c?d"] = page(b"bonjour")
    found = fetch(f"{site.named()}/a/b")
    assert (found.url, found.body) == (f"{site.named()}/c?d", b"bonjour")


def test_a_redirect_to_another_name_asks_that_name(site):
    site.pages["/"] = redirect(f"//autre.example:{site.port}/b")
    site.pages["/b"] = page()
    assert fetch(site.named()).url == f"{site.named('autre.example')}/b"
    assert header(site, "host") == f"autre.example:{site.port}"


def test_cookies_of_one_answer_do_not_go_with_the_next(site):
    site.pages["/"] = page(b"", "302 Found", location="/b", set_cookie="a=b; path=/")
    site.pages["/b"] = page()
    fetch(site.named())
    assert header(site, "cookie") is None


def test_three_redirects_are_followed_and_a_fourth_is_not(site):
    for number in range(4):
        site.pages[f"/{number}"] = redirect(f"/{number + 1}")
    site.pages["/4"] = page()
    assert fetch(f"{site.named()}/1").status == 200
    with pytest.raises(Refused, match="trois"):
        fetch(f"{site.named()}/0")


def test_a_redirect_in_a_circle_ends(site):
    site.pages["/"] = redirect("/")
    with pytest.raises(Refused, match="trois"):
        fetch(site.named())
    assert site.connections == 4


def test_the_body_of_a_redirect_is_not_read(site):
    site.pages["/"] = page(b"a" * 3_000_000, "302 Found", location="/b")
    site.pages["/b"] = page()
    assert fetch(site.named()).status == 200


def test_a_redirect_that_leads_nowhere_is_the_answer(site):
    site.pages["/"] = page(b"choix", "300 Multiple Choices")
    site.pages["/b"] = page(b"choix", "302 Found")
    assert {fetch(f"{site.named()}/").body, fetch(f"{site.named()}/b").body} == {b"choix"}


def test_addresses_with_accents_are_asked_as_browsers_do(site):
    site.pages["/march%C3%A9s/%C3%A9t%C3%A9?q=%C5%93uf%20dur"] = page(b"bonjour")
    named = site.named("crémerie-d-été.example")
    found = fetch(f"  {named}/marchés/été?q=œuf dur \n")
    assert found.body == b"bonjour"
    assert header(site, "host") == f"xn--crmerie-d-t-cbbib.example:{site.port}"


def test_a_redirect_with_accents_is_followed(site):
    site.pages["/"] = redirect("/été".encode().decode("latin-1"))
    site.pages["/latin"] = redirect("/été")
    site.pages["/%C3%A9t%C3%A9"] = page(b"bonjour")
    assert fetch(site.named()).body == b"bonjour"
    assert fetch(f"{site.named()}/latin").body == b"bonjour"


def test_the_next_address_of_a_site_is_tried_when_one_is_dead(settings, monkeypatch):
    dead = Server(says(page()), host="127.0.0.9")
    dead.close()
    alive = Server(says(page(b"bonjour")), port=dead.port)
    settings.ALLOW_PRIVATE_FETCH = [dead.entry, alive.entry]
    monkeypatch.setattr(names, "look_up", lambda host, port: ["127.0.0.9", "127.0.0.1"])
    assert fetch(f"http://site.example:{alive.port}/").body == b"bonjour"
    alive.close()


def test_the_next_address_is_tried_when_one_keeps_silent(settings, monkeypatch):
    """Its part of the time, and no more: one dead line does not make a site unreachable."""
    alive = Server(says(page(b"bonjour")))
    silent = socket.create_server(("127.0.0.9", alive.port), backlog=0)
    # Its queue is full: to whoever comes next it does not even say no.
    waiting = [socket.socket() for _ in range(4)]
    for guest in waiting:
        guest.setblocking(False)
        guest.connect_ex(("127.0.0.9", alive.port))
    settings.ALLOW_PRIVATE_FETCH = [f"127.0.0.9:{alive.port}", alive.entry]
    monkeypatch.setattr(names, "look_up", lambda host, port: ["127.0.0.9", "127.0.0.1"])
    found = fetch(f"http://site.example:{alive.port}/", seconds=3)
    for opened in (*waiting, silent, alive):
        opened.close()
    assert found.body == b"bonjour"


def test_a_site_of_ipv6_is_asked_by_number_too(settings):
    try:
        server = Server(says(page(b"bonjour")), host="::1")
    except OSError:
        pytest.skip("no IPv6 on this machine")
    settings.ALLOW_PRIVATE_FETCH = [server.entry]
    assert fetch(f"http://[0:0::1]:{server.port}/").body == b"bonjour"
    assert header(server, "host") == f"[::1]:{server.port}"
    server.close()


def test_a_name_that_does_not_exist_is_unreachable(monkeypatch):
    def fails(host, port):
        raise OSError("Name or service not known")

    monkeypatch.setattr(names, "look_up", fails)
    with pytest.raises(Unreachable, match="introuvable"):
        fetch("https://disparu.example/")
    monkeypatch.setattr(names, "look_up", lambda host, port: [])
    with pytest.raises(Unreachable, match="introuvable"):
        fetch("https://disparu.example/")


def test_a_site_where_nobody_listens_is_unreachable(site):
    site.close()
    with pytest.raises(Unreachable, match="ne répond pas"):
        fetch(site.named())


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/",
        "http://a:b@c.example/",
        "http://a.example:22/",
        "http://127.0.0.1/",
        "http://[::1",
        "http://a.example/" + "a" * 3000,
        "http://disparu.invalid/",
    ],
)
def test_every_error_is_a_plain_french_sentence(url, monkeypatch):
    monkeypatch.setattr(names, "look_up", lambda host, port: [])
    with pytest.raises(FetchError) as error:
        fetch(url)
    sentence = str(error.value)
    assert sentence.startswith(("Cette adresse ", "Ce site ")) and sentence.endswith(".")
    assert not {"'", "Error", "None"} & set(sentence.split())


@pytest.mark.parametrize(
    ("hops", "moved"),
    [
        ((), ""),
        (("301 Moved Permanently",), "/1"),
        (("308 Permanent Redirect", "301 Moved Permanently"), "/2"),
        (("301 Moved Permanently", "302 Found"), "/1"),
        (("302 Found", "301 Moved Permanently"), ""),
    ],
    ids=["stays", "once", "twice", "then passing", "passing first"],
)
def test_an_address_that_moved_for_good_says_where_to(site, hops, moved):
    for number, status in enumerate(hops):
        site.pages[f"/{number}"] = redirect(f"/{number + 1}", status)
    site.pages[f"/{len(hops)}"] = page()
    found = fetch(f"{site.named()}/0")
    assert found.moved == (moved and f"{site.named()}{moved}")
