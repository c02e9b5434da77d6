"""A word on the listing's website proves a claim; asked through the fetch door alone."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.urls import reverse

from label import claiming
from label.claiming import ClaimError, contacts, proving, website
from label.models import Claim
from label.shared_hosts import is_shared
from tests.label import claiming as cast
from tests.label.claiming import client_of

pytestmark = pytest.mark.django_db
META = '<meta name="verification-fiche" content="{}">'


class Site:
    """A small website of our own: what it answers by path."""

    def __init__(self):
        self.pages, self.asked = {}, []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append(self.path)
                status, headers, body = site.pages.get(self.path, (404, {}, "rien"))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.authority = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def says(self, body, path="/", status=200, **headers):
        """Answer this below a path."""
        self.pages[path] = (status, headers, body)


@pytest.fixture
def site(settings):
    running = Site()
    settings.ALLOW_PRIVATE_FETCH = [running.authority]
    yield running
    running.server.shutdown()


@pytest.fixture
def claim(site):
    return cast.begun(listing=cast.pottery(website=f"http://{site.authority}/"))


def test_a_meta_tag_in_the_head_proves_it(site, claim):
    token, _ = claiming.website_token(claim)
    site.says(f"<!doctype html><html><head><title>Terre</title>{META.format(token)}</head>")
    proving.look_at_website(claim)
    (row,) = proving.standing(claim)
    assert row.way == Claim.Way.WEBSITE


def test_a_file_of_its_own_proves_it(site, claim):
    token, _ = claiming.website_token(claim)
    site.says(f"{token}\n", website.FILE)
    proving.look_at_website(claim)
    assert proving.standing(claim)


def test_the_word_is_shown_again_and_kept_nowhere(claim):
    token, _ = claiming.website_token(claim)
    assert claiming.website_token(claim)[0] == token
    assert token not in str(list(claim.codes.values()))


@pytest.mark.parametrize(
    "page",
    [
        "<head></head><body>{meta}</body>",
        "<body>{meta}",
        "Bonjour {meta}",
        "<head><title>{meta}</title></head>",
        "<head><!-- {meta} --></head>",
        "<head><script>var a = '{meta}';</script></head>",
        "<head><noscript>{meta}</noscript></head>",
        "<head><template>{meta}</template></head>",
        "<head><title/>{meta}</title></head>",
        "<head><script/>{meta}</script></head>",
        "<title>Avis</title><img src='x'/>{meta}",
        "<title>Avis</title><textarea></textarea>{meta}",
        "<title>Avis</title><svg></svg>{meta}",
        "<p>{meta}",
        "<head><meta name='description' content='{token}'></head>",
        "<head><meta name='verification-fiche' content='{token}x'></head>",
        "{token}",
        "",
    ],
)
def test_what_a_visitor_could_write_on_the_page_does_not(site, claim, page):
    token, _ = claiming.website_token(claim)
    site.says(page.replace("{meta}", META.format(token)).replace("{token}", token))
    with pytest.raises(ClaimError):
        proving.look_at_website(claim)
    assert not proving.standing(claim)


@pytest.mark.parametrize("status", [201, 404, 500])
def test_an_error_page_that_repeats_what_was_asked_does_not(site, claim, status):
    token, _ = claiming.website_token(claim)
    site.says(f"<head>{META.format(token)}</head>", status=status)
    site.says(token, website.FILE, status=status)
    with pytest.raises(ClaimError):
        proving.look_at_website(claim)


def test_a_redirect_to_another_site_does_not(site, claim, settings):
    other = Site()
    settings.ALLOW_PRIVATE_FETCH = [site.authority, other.authority]
    token, _ = claiming.website_token(claim)
    other.says(f"<head>{META.format(token)}</head>")
    site.says("", status=302, Location=f"http://{other.authority}/")
    with pytest.raises(ClaimError):
        proving.look_at_website(claim)
    other.server.shutdown()


def test_anothers_word_does_not(site, claim):
    other = cast.begun(cast.potter("autre@example.org"), claim.listing)
    token, _ = claiming.website_token(other)
    site.says(f"<head>{META.format(token)}</head>")
    with pytest.raises(ClaimError):
        proving.look_at_website(claim)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "http://169.254.169.254/"])
def test_inside_addresses_are_not_asked(address, monkeypatch):
    """No connection is made: the door refuses, and the page says so."""
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("connected"))
    claim = cast.begun(listing=cast.pottery(website=address))
    with pytest.raises(ClaimError):
        proving.look_at_website(claim)


def test_looking_is_limited(site, claim):
    for _ in range(14):
        with pytest.raises(ClaimError):
            proving.look_at_website(claim)
    assert len(site.asked) <= 20


def test_the_page_says_how_and_looks_when_asked_to(site, claim):
    solene = client_of(claim.user)
    address = reverse("claims:site", args=[claim.number])
    page = solene.get(address).content.decode()
    token, _ = claiming.website_token(claim)
    assert token in page and website.FILE in page
    assert site.asked == []
    answer = solene.post(address)
    assert answer.status_code == 422
    assert "pas trouvé le code" in answer.content.decode()
    site.says(token, website.FILE)
    assert solene.post(address)["Location"].endswith("/contact/")


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<a ", "<![CDATA[", "<meta ", "</", "<!", "<?", "&"]
)
def test_a_hostile_page_is_read_in_no_time(piece):
    body = ("<head>" + piece * (2_000_000 // len(piece))).encode()
    started = time.process_time()
    assert not website.in_head("x", body)
    assert time.process_time() - started < 2


def test_shared_hosts_are_known_below_and_beside():
    for host in ("facebook.com", "fr-fr.facebook.com", "x.wixsite.com", "sites.google.com"):
        assert is_shared(host)
    for host in ("terre-grise.example", "notfacebook.com", "com"):
        assert not is_shared(host)


@pytest.mark.parametrize(
    "host",
    [
        *("orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "gmx.net", "yahoo.co.uk", "web.de"),
        *("x.wixstudio.io", "x.square.site", "x.canva.site", "x.onrender.com", "x.codeberg.page"),
        *("bienvenue-a-la-ferme.com", "coopcircuits.fr", "locavor.fr", "x.systeme.io"),
    ],
)
def test_a_mailbox_or_a_page_among_thousands_opens_no_way(host):
    """A letterbox at a provider, a shop window or a page below a builder's name."""
    listing = cast.pottery(website=f"https://{host}/terre-grise/", email="")
    assert contacts.ways(listing) == [Claim.Way.VOLUNTEER]
