"""Nobody gets the site to knock on a door behind it: by number, by name, or by a redirect."""

import socket

import pytest
from django.urls import reverse

from home.fetch import Refused, Unreachable, fetch, names
from tests.inside_addresses import INSIDE, SPELLINGS
from tests.outside import OPEN, Server, every_try, page, redirect, says

PUBLIC = "93.184.215.14"
DEFAULT = (80, 443)


def bracketed(address):
    """An address as it stands in a URL."""
    return f"[{address}]" if ":" in address else address


@pytest.fixture(scope="module")
def trap():
    """Listens at every address of this machine, and should never be met."""
    server = Server(says(page(b"secret")), host="0.0.0.0")  # noqa: S104 -- a trap must be reachable
    yield server
    server.close()


@pytest.fixture(scope="module")
def outside():
    """The one server that may be asked; it answers with what the test last put in `content`."""
    server = Server(lambda connection, _: connection.sendall(server.content))
    yield server
    server.close()


@pytest.fixture(autouse=True)
def dns(monkeypatch, settings, trap, outside):
    """Names: {name: [answers]}; anything unknown is this machine's own resolver's affair."""
    known = {"site.example": ["127.0.0.1"]}
    real = names.look_up
    monkeypatch.setattr(names, "look_up", lambda host, port: known.get(host) or real(host, port))
    # The trap's port is open for an address where nobody is: only addresses can save us there.
    settings.ALLOW_PRIVATE_FETCH = [outside.entry, f"127.7.7.7:{trap.port}"]
    return known


def ports_of(trap):
    """The trap's own port, and those that are open to everybody."""
    return [f":{trap.port}", "", ":443"]


def nobody_was_asked(url, trap, hops=()):
    """`Refused`, and not one connection but those of the hops before."""
    before = trap.connections
    with every_try() as tries, pytest.raises(Refused):
        fetch(url)
    assert [address[:2] for address in tries] == list(hops), url
    assert trap.connections == before


@pytest.mark.parametrize("address", INSIDE)
def test_an_inside_address_is_not_asked(address, trap):
    for port in ports_of(trap):
        nobody_was_asked(f"http://{bracketed(address)}{port}/", trap)
    nobody_was_asked(f"https://{bracketed(address)}/", trap)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_another_spelling_of_it_is_not_asked(spelling, trap):
    for port in ports_of(trap):
        nobody_was_asked(f"http://{spelling}{port}/", trap)


@pytest.mark.parametrize("host", [*map(bracketed, INSIDE), *SPELLINGS])
def test_a_redirect_does_not_lead_there(host, trap, outside):
    for start in ("http://", "//", "https://"):
        for port in ports_of(trap):
            place = f"{start}{host}{port}/".encode().decode("latin-1")
            outside.content = redirect(place)
            with every_try() as tries:
                asked = f"{OPEN}:{outside.port}/"
                try:
                    fetch(asked)
                except Refused:
                    pass
                except Exception as error:
                    # A tab in a header is no HTTP: then there is no redirect either.
                    assert "\t" in place, error
                else:
                    raise AssertionError(place)
            assert [address[:2] for address in tries] == [("127.0.0.1", outside.port)]
    assert trap.connections == 0


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_there_is_not_asked(address, trap, dns):
    dns["faux.example"] = [address]
    dns["double.example"] = [PUBLIC, address]
    dns["triple.example"] = [address, PUBLIC, "2606:2800:21f:cb07:6820:80da:af6b:8b2c"]
    for name in ("faux.example", "double.example", "triple.example"):
        for port in ports_of(trap):
            nobody_was_asked(f"http://{name}{port}/", trap)


@pytest.mark.parametrize("address", INSIDE)
def test_a_redirect_to_such_a_name_does_not_lead_there(address, trap, outside, dns):
    dns["faux.example"] = [address]
    for port in ports_of(trap):
        outside.content = redirect(f"http://faux.example{port}/")
        hop = ("127.0.0.1", outside.port)
        nobody_was_asked(f"{OPEN}:{outside.port}/", trap, hops=[hop])


def test_a_name_of_this_machine_is_not_asked(trap):
    for name in ("localhost", "localhost.", "LocalHost"):
        with every_try() as tries, pytest.raises((Refused, Unreachable)):
            fetch(f"http://{name}:{trap.port}/")
        assert tries == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_INFO",
        "dict://127.0.0.1:11211/stat",
        "ftp://site.example/",
        "jar:http://site.example!/",
        "data:text/html,bonjour",
        "javascript:alert(1)",
        "ws://site.example/",
        "unix:///var/run/docker.sock",
        "http+unix://%2Fvar%2Frun%2Fdocker.sock/",
        "http:/site.example",
        "http:site.example",
        "http:///site.example",
        "http://",
        "//site.example/",
        "site.example",
        "",
    ],
)
def test_nothing_but_the_web_is_asked(url, trap, outside):
    nobody_was_asked(url, trap)


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_INFO",
        "ftp://site.example/",
        "data:text/html,bonjour",
        "javascript:alert(1)",
        "http://a:b@site.example/",
        "http://site.example:22/",
        "https://site.example:8443/",
        "http://site.example:99999/",
        "http://[::1/",
        "\\\\127.0.0.1\\c$",
        "/\\127.0.0.1/",
        "//site\t.example/",
        "ht\ttp://site.example/",
        "/a\x01b",
    ],
)
def test_nor_after_a_redirect(location, trap, outside):
    outside.content = redirect(location)
    nobody_was_asked(f"{OPEN}:{outside.port}/", trap, hops=[("127.0.0.1", outside.port)])


def test_a_dns_that_changes_its_answer_is_heard_once(monkeypatch, outside, trap):
    """What was checked is what is asked: there is no second look-up for it to lie to."""
    heard = []

    def fickle(host, port):
        heard.append(host)
        return ["127.0.0.1"] if len(heard) == 1 else ["127.0.0.2"]

    outside.content = page(b"bonjour")
    monkeypatch.setattr(names, "look_up", fickle)
    with every_try() as tries:
        assert fetch(f"http://changeant.example:{outside.port}/").body == b"bonjour"
    assert heard == ["changeant.example"]
    assert [address[:2] for address in tries] == [("127.0.0.1", outside.port)]


def test_a_dns_that_changes_its_answer_for_the_redirect_is_refused(monkeypatch, outside, trap):
    heard = []

    def fickle(host, port):
        heard.append(host)
        return ["127.0.0.1"] if len(heard) == 1 else ["10.0.0.1"]

    outside.content = redirect(f"http://changeant.example:{outside.port}/encore")
    monkeypatch.setattr(names, "look_up", fickle)
    url = f"http://changeant.example:{outside.port}/"
    nobody_was_asked(url, trap, hops=[("127.0.0.1", outside.port)])
    assert len(heard) == 2


def test_only_the_address_that_was_checked_is_tried(monkeypatch, outside):
    """The system's resolver is asked about no name once the answers are checked."""
    asked = []
    real = socket.getaddrinfo

    def watched(host, *rest, **named):
        asked.append(host)
        return real(host, *rest, **named)

    outside.content = page()
    monkeypatch.setattr(socket, "getaddrinfo", watched)
    fetch(f"{OPEN}:{outside.port}/")
    assert set(asked) <= {"127.0.0.1"}


@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"])
def test_no_proxy_comes_from_the_environment(monkeypatch, name, outside, trap):
    monkeypatch.setenv(name, f"http://127.0.0.1:{trap.port}")
    outside.content = page()
    fetch(f"{OPEN}:{outside.port}/")
    assert trap.connections == 0


def test_no_password_comes_from_netrc(monkeypatch, tmp_path, outside):
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine site.example login moi password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    outside.content = page()
    fetch(f"{OPEN}:{outside.port}/")
    assert "authorization" not in outside.requests[-1].lower()


def test_a_refusal_does_not_tell_what_is_inside(dns):
    """Whoever types addresses learns nothing of the network behind the site."""
    dns["intranet.example"] = ["10.1.2.3"]
    with pytest.raises(Refused) as refusal:
        fetch("http://intranet.example/")
    assert "10.1.2.3" not in str(refusal.value)


def test_a_port_opened_on_this_machine_is_opened_nowhere_else(trap, dns):
    dns["ailleurs.example"] = [PUBLIC]
    for host in (PUBLIC, "ailleurs.example", "127.0.0.1"):
        nobody_was_asked(f"http://{host}:{trap.port}/", trap)


@pytest.mark.django_db
def test_wagtails_own_chooser_of_embeds_asks_nobody(client, moderator, monkeypatch):
    """It would follow redirects anywhere, without a deadline, from providers long gone."""
    asked = []

    def refuses(host, *rest, **named):
        asked.append(host)
        raise OSError("no network here")

    client.force_login(moderator)
    monkeypatch.setattr(socket, "getaddrinfo", refuses)
    for url in ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://vimeo.com/1"):
        address = reverse("wagtailembeds:chooser_upload")
        answer = client.post(address, {"embed-chooser-url": url})
        assert "embed-chooser-url" in answer.content.decode()
    assert asked == []
