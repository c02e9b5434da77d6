"""Over https the site is who it says it is, by name, or nobody."""

import ipaddress
import ssl
import time
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from home.fetch import Refused, TooLarge, TooSlow, Unreachable, fetch, names, wire
from tests.outside import Server, page, redirect, says

NOW = datetime.now(UTC)


def certificate(names_in_it, path, signer=None, days=(-1, 30)):
    """A certificate and its key in one file; signed by itself, or by `signer`: (name, key)."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, path.name)])
    issuer, issuer_key = signer or (name, key)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + timedelta(days=days[0]))
        .not_valid_after(NOW + timedelta(days=days[1]))
        .add_extension(x509.SubjectAlternativeName(names_in_it), critical=False)
        .add_extension(x509.BasicConstraints(ca=signer is None, path_length=None), critical=True)
        .sign(issuer_key, hashes.SHA256())
    )
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + built.public_bytes(serialization.Encoding.PEM)
    )
    return name, key


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """An authority of our own: (its certificate's file, (name, key))."""
    path = tmp_path_factory.mktemp("authority") / "authority.pem"
    return path, certificate([x509.DNSName("authority.example")], path)


@pytest.fixture
def serve(settings, monkeypatch, tmp_path):
    """Serve over TLS with this certificate, open to the door under any name; the SNI is kept."""
    servers = []
    monkeypatch.setattr(names, "look_up", lambda host, port: ["127.0.0.1"])

    def start(names_in_it, signer=None, answer=None, most=None, tickets=2, **options):
        path = tmp_path / f"{len(servers)}.pem"
        certificate(names_in_it, path, signer, **options)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if most:
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = most
            context.set_ciphers("ALL:@SECLEVEL=0")
        context.load_cert_chain(path)
        context.num_tickets = tickets
        asked = []
        context.sni_callback = lambda _, name, __: asked.append(name)
        server = Server(answer or says(page(b"bonjour")), tls=context)
        server.names = asked
        servers.append(server)
        settings.ALLOW_PRIVATE_FETCH = [one.entry for one in servers]
        return server

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def trusted(authority, monkeypatch):
    """The door trusts our authority instead of certifi's; gives who signs for it."""
    context = ssl.create_default_context(cafile=authority[0])
    monkeypatch.setattr(wire, "tls", lambda: context)
    return authority[1]


def test_a_site_with_a_good_certificate_is_asked_by_its_name(serve, trusted):
    server = serve([x509.DNSName("site.example")], trusted)
    assert fetch(f"https://site.example:{server.port}/").body == b"bonjour"
    assert server.names == ["site.example"]
    assert f"Host: site.example:{server.port}\r\n" in server.requests[0]


def test_a_name_with_accents_is_verified_in_its_ascii_form(serve, trusted):
    server = serve([x509.DNSName("xn--t-9fab.example")], trusted)
    assert fetch(f"https://été.example:{server.port}/").body == b"bonjour"


def test_an_address_by_number_needs_a_certificate_for_that_number(serve, trusted):
    good = serve([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))], trusted)
    bad = serve([x509.DNSName("127.0.0.1"), x509.DNSName("site.example")], trusted)
    assert fetch(f"https://127.0.0.1:{good.port}/").body == b"bonjour"
    with pytest.raises(Unreachable, match="certificat"):
        fetch(f"https://127.0.0.1:{bad.port}/")


def test_a_certificate_of_somebody_else_is_refused(serve, trusted):
    """The very address was checked; that does not make it the site."""
    server = serve([x509.DNSName("autre.example")], trusted)
    with pytest.raises(Unreachable, match="certificat"):
        fetch(f"https://site.example:{server.port}/")
    assert server.requests == []


@pytest.mark.parametrize("days", [(-30, -1), (1, 30)])
def test_a_certificate_out_of_its_time_is_refused(serve, trusted, days):
    server = serve([x509.DNSName("site.example")], trusted, days=days)
    with pytest.raises(Unreachable, match="certificat"):
        fetch(f"https://site.example:{server.port}/")


def test_a_certificate_signed_by_itself_is_refused(serve):
    server = serve([x509.DNSName("site.example")])
    with pytest.raises(Unreachable, match="certificat"):
        fetch(f"https://site.example:{server.port}/")
    assert server.requests == []


def test_an_authority_named_in_the_environment_is_not_believed(serve, authority, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(authority[0]))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority[0]))
    wire.tls.cache_clear()
    server = serve([x509.DNSName("site.example")], authority[1])
    with pytest.raises(Unreachable, match="certificat"):
        fetch(f"https://site.example:{server.port}/")


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_old_tls_is_refused(serve, trusted):
    server = serve([x509.DNSName("site.example")], trusted, most=ssl.TLSVersion.TLSv1_1)
    with pytest.raises(Unreachable, match="connexion https"):
        fetch(f"https://site.example:{server.port}/")
    assert server.requests == []


@pytest.mark.parametrize("size", [0, 1, 16_384, 16_385, 1_000_000])
def test_a_page_of_any_size_comes_whole(serve, trusted, size):
    body = bytes(range(250)) * (size // 250 + 1)
    sized = serve([x509.DNSName("site.example")], trusted, answer=says(page(body[:size])))
    unsized = page(body[:size], content_length=None)
    unsized = serve([x509.DNSName("site.example")], trusted, answer=says(unsized))
    for server in (sized, unsized):
        assert fetch(f"https://site.example:{server.port}/").body == body[:size]


def test_a_page_that_is_cut_short_is_no_page(serve, trusted):
    answer = says(page(b"bon", content_length=7))
    server = serve([x509.DNSName("site.example")], trusted, answer=answer)
    with pytest.raises(Unreachable):
        fetch(f"https://site.example:{server.port}/")


def test_too_much_is_cut_over_https_too(serve, trusted):
    answer = says(page(b"a" * 3_000_000, content_length=None))
    server = serve([x509.DNSName("site.example")], trusted, answer=answer)
    with pytest.raises(TooLarge):
        fetch(f"https://site.example:{server.port}/")


def test_a_byte_now_and_then_ends_with_the_deadline_over_https_too(serve, trusted):
    def answer(connection, _):
        connection.sendall(page(b"", content_length=1000))
        for _ in range(100):
            connection.sendall(b"a")
            time.sleep(0.05)

    server = serve([x509.DNSName("site.example")], trusted, answer=answer)
    with pytest.raises(TooSlow):
        fetch(f"https://site.example:{server.port}/", seconds=0.5)


def test_records_without_content_are_counted(serve, trusted):
    """Session tickets by the thousand: all of it is TLS talking to itself."""
    server = serve([x509.DNSName("site.example")], trusted, tickets=5000)
    with pytest.raises(TooLarge):
        fetch(f"https://site.example:{server.port}/")


def test_http_where_https_was_asked_is_unreachable(settings, monkeypatch):
    server = Server(says(page()))
    settings.ALLOW_PRIVATE_FETCH = [server.entry]
    monkeypatch.setattr(names, "look_up", lambda host, port: ["127.0.0.1"])
    with pytest.raises((Unreachable, TooSlow)):
        fetch(f"https://site.example:{server.port}/", seconds=1)
    server.close()


def test_a_handshake_that_never_ends_ends_with_the_deadline(settings, monkeypatch):
    silent = Server(lambda connection, _: None)
    settings.ALLOW_PRIVATE_FETCH = [silent.entry]
    monkeypatch.setattr(names, "look_up", lambda host, port: ["127.0.0.1"])
    with pytest.raises(TooSlow):
        fetch(f"https://site.example:{silent.port}/", seconds=0.5)
    silent.close()


def test_https_may_follow_http_but_not_the_other_way_round(serve, trusted, settings):
    safe = serve([x509.DNSName("site.example")], trusted)
    plain = Server(says(redirect(f"https://site.example:{safe.port}/")))
    back = serve(
        [x509.DNSName("site.example")],
        trusted,
        answer=says(redirect(f"http://site.example:{plain.port}/")),
    )
    settings.ALLOW_PRIVATE_FETCH = [safe.entry, back.entry, plain.entry]
    assert fetch(f"http://site.example:{plain.port}/").url == f"https://site.example:{safe.port}/"
    met = plain.connections
    with pytest.raises(Refused, match="https"):
        fetch(f"https://site.example:{back.port}/")
    assert plain.connections == met
    plain.close()
