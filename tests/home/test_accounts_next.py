"""`next=` leads to our own pages and nowhere else."""

from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.conf import settings
from django.core.cache import caches
from django.urls import reverse

from tests.home.accounts import ask_for_a_code, code_for, log_in

pytestmark = pytest.mark.django_db

HOSTS = ["evil.example", "evil.example:443", "user@evil.example", "xn--vil-8na.example", "[::1]"]
BEFORE = [
    *("//", "///", "////", "/\\", "\\\\", "\\/", "http://", "https://", "https:", "https:/"),
    *("HTTPS://", "ftp://", "http:\\\\", "/%09/", "\t//", "\n//", " //", "\x00//", "https:///"),
    "ws://",
]
OTHERS = [
    *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "mailto:a@b"),
    *("http://127.0.0.1:8000@evil.example/", "https://127.0.0.1:8000.evil.example/"),
    *("http://127.0.0.1:8000\\@evil.example", "http://127.0.0.1.evil.example"),
    *("http://127.0.0.1:9999/", "https://testserver/", "http:127.0.0.1", "http:///127.0.0.1"),
    *("//127.0.0.1:8000@evil.example", "/\u2028/evil.example", "//evil。example/"),
    *(
        "///\\;@evil.example",
        "////evil.example/%2e%2e",
        "blob:http://evil.example/x",
        "about:blank",
    ),
]
HOSTILE = [f"{before}{host}/" for before in BEFORE for host in HOSTS[:4]] + OTHERS


def leads_off(answer):
    """Whether a browser would leave the site."""
    return is_elsewhere(answer.get("Location", "/"))


def is_elsewhere(place):
    """Whether an address is another site's; browsers drop tabs, backslashes are slashes to them."""
    read = "".join(sign for sign in place.strip() if sign not in "\t\r\n").replace("\\", "/")
    return urlsplit(urljoin(f"{settings.SITE_URL}/", read))[:2] != urlsplit(settings.SITE_URL)[:2]


def test_two_slashes_alone_lead_nowhere(client, stranger):
    client.force_login(stranger)
    assert client.get(reverse("account_login"), {"next": "//"})["Location"] != "//"


def test_there_are_a_hundred():
    assert len(set(HOSTILE)) >= 100


@pytest.mark.parametrize("name", ["account_login", "account_logout", "account_signup"])
def test_somebody_logged_in_stays(client, stranger, name):
    for url in HOSTILE:
        client.force_login(stranger)
        for answer in (
            client.get(reverse(name), {"next": url}),
            client.post(reverse(name), {"next": url}),
        ):
            assert not leads_off(answer), url


def test_a_login_stays(client, stranger):
    for number, url in enumerate(HOSTILE):
        client.logout()
        answer = log_in(client, stranger.email, ip=f"2001:db8:{number:x}::1", next=url)
        assert answer.status_code == 302 and not leads_off(answer), url


def test_a_code_stays(client, stranger):
    for url in HOSTILE[::20]:
        client.logout()
        ask_for_a_code(client, stranger.email, next=url)
        place = reverse("account_confirm_login_code")
        answer = client.post(place, {"code": code_for(stranger.email), "next": url})
        assert answer.status_code == 302 and not leads_off(answer), url
        # Three codes a minute and mailbox.
        caches["counters"].clear()


@pytest.mark.parametrize("door", ["/gestion/login/", "/_util/login/"])
def test_the_old_doors_stay(client, door):
    for url in HOSTILE:
        for answer in (client.get(door, {"next": url}), client.post(door, {"next": url})):
            assert not leads_off(answer), url
            place = urlsplit(answer["Location"])
            assert place.path == "/compte/connexion/"
            wanted = parse_qs(place.query)["next"][0]
            assert not is_elsewhere(wanted), url


@pytest.mark.parametrize("own", ["/marches/", "/annuaire/?q=miel", "http://127.0.0.1:8000/x/"])
def test_our_own_pages_are_reached(client, stranger, own):
    assert log_in(client, stranger.email, next=own)["Location"] == own
