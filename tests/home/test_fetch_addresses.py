"""Addresses, read strictly; and which of them are out in the open."""

import contextlib
import ipaddress
import os
import socket
import subprocess
import sys

import pytest
from django.conf import settings as site_settings
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from home.fetch import Refused, target
from home.fetch.names import allowed_inside, is_public
from tests.inside_addresses import INSIDE

# A busy machine is no reason to fail.
patiently = examples(deadline=None, suppress_health_check=[HealthCheck.too_slow])
V4 = st.integers(0, 2**32 - 1).map(ipaddress.IPv4Address)
V6 = st.integers(0, 2**128 - 1).map(ipaddress.IPv6Address)
# Pieces that addresses are made of, put together any way.
PIECES = st.lists(
    st.sampled_from(
        ["http", "https", "file", ":", "//", "/", "\\", "@", "127", "0x7f", "0", ".", "1", "[", "]"]
        + ["::1", "%", "%00", "é", "①", "。", "xn--", "a", "-", "_", "?", "#", " ", "\t", "\n"]
    ),
    max_size=12,
).map("".join)


@pytest.mark.parametrize(
    "url,host,port,path",
    [
        ("http://site.example", "site.example", 80, "/"),
        ("HTTPS://Site.Example./a/../b?c#d", "site.example", 443, "/a/../b?c"),
        ("http://site.example:443/", "site.example", 443, "/"),
        ("http://site.example?a=/b?c", "site.example", 80, "/?a=/b?c"),
        ("http://mon_site.example/%C3%A9%2f", "mon_site.example", 80, "/%C3%A9%2f"),
        ("http://fromagerie。example/", "fromagerie.example", 80, "/"),
        ("http://93.184.215.14:80/", "93.184.215.14", 80, "/"),
        ("http://[2606:2800:21F::1]/", "2606:2800:21f::1", 80, "/"),
        ("http://a1.2b.example/", "a1.2b.example", 80, "/"),
        ('http://site.example/"<a b>é', "site.example", 80, "/%22%3Ca%20b%3E%C3%A9"),
    ],
)
def test_an_address_has_one_reading(url, host, port, path):
    found = target.read(url)
    assert (found.host, found.port, found.path) == (host, port, path)
    assert target.read(found.url) == found


@pytest.mark.parametrize(
    "url",
    [
        "http://a..example/",
        "http://moi@site.example/",
        "http://moi:secret@site.example/",
        "http://@site.example/",
        "http://93.184.215.14./",
        "http://９３.184.215.14/",
        "http://0135.184.215.14/",
        "http://1572395790/",
        "http://[2606:2800:21f::1%25eth0]/",
        "http://.example/",
        "http://-/%zz\x7f",
        "http://a.example:80:80/",
        "http://a.example:-1/",
        "http://a.example:٨٠/",
        "http://a b.example/",
        "http://a\u200bb.example\u2028/\r\nHost: b",
        "http://" + "a" * 64 + ".example/",
        "http://" + "a." * 200 + "example/",
        "http://a.example/" + "é" * 1000,
        "http://a.example/\ud800",
        "http://a\u2100b.example/",
        "http://xn--\u00e9.example/",
    ],
)
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(Refused):
        target.read(url)


@patiently
@given(st.one_of(st.text(), PIECES, PIECES.map("http://{}".format)))
def test_any_text_is_an_address_or_refused_and_the_reading_is_stable(text):
    try:
        found = target.read(text)
    except Refused:
        return
    assert found.url.isascii() and found.url.isprintable() and " " not in found.url
    assert target.read(found.url) == found
    with contextlib.suppress(OSError):
        # What the operating system takes for an address by number is one for us as well.
        socket.inet_aton(found.host)
        assert found.address


@pytest.mark.parametrize("address", INSIDE)
def test_an_inside_address_is_not_public(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "93.184.215.14",
        "172.15.255.255",
        "172.32.0.1",
        "192.169.0.1",
        "100.128.0.1",
        "223.255.255.254",
        "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
        "2a01:e0c:1::1",
        "2001:910::1",
        "64:ff9b::5db8:d70e",
    ],
)
def test_an_address_of_the_web_is_public(address):
    assert is_public(ipaddress.ip_address(address))


@patiently
@given(V4)
def test_an_address_behind_nat64_is_what_it_is_without(address):
    behind = ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) + int(address))
    assert is_public(behind) == is_public(address)


@patiently
@given(V4)
def test_ipv4_in_any_other_disguise_is_never_public(address):
    number = int(address)
    for shift, prefix in ((0, "::"), (0, "::ffff:0:0"), (0, "::ffff:0:0:0"), (80, "2002::")):
        disguised = int(ipaddress.IPv6Address(prefix)) + (number << shift)
        assert not is_public(ipaddress.IPv6Address(disguised))


@patiently
@given(st.one_of(V4, V6))
def test_what_python_calls_private_is_never_public(address):
    if not address.is_global or address.is_loopback or address.is_link_local:
        assert not (is_public(address) and address not in ipaddress.ip_network("64:ff9b::/96"))


@pytest.mark.parametrize(
    "entries,pairs",
    [
        ([], set()),
        (["127.0.0.1:8000"], {("127.0.0.1", 8000)}),
        ([" [::1]:8000 "], {("::1", 8000)}),
        (["localhost:81"], {("127.0.0.1", 81), ("::1", 81)}),
        (["10.0.0.1:80", "192.168.1.1:80", "0.0.0.0:80", "site.example:80"], set()),
        (["127.0.0.1", "127.0.0.1:", ":80", "", "127.0.0.1:http", "127.0.0.1:*"], set()),
    ],
)
def test_only_loopback_with_its_port_can_be_opened(settings, entries, pairs):
    settings.ALLOW_PRIVATE_FETCH = entries
    assert {(str(address), port) for address, port in allowed_inside()} == pairs


@pytest.mark.parametrize("debug,opened", [("0", []), ("1", ["127.0.0.1:9000", "[::1]:9001"])])
def test_the_inside_is_opened_on_a_developers_machine_only(tmp_path, debug, opened):
    environment = os.environ | {
        "ALLOW_PRIVATE_FETCH": "127.0.0.1:9000,[::1]:9001",
        "DEBUG": debug,
        "SITE_DATA": str(tmp_path),
    }
    code = "from config.settings import ALLOW_PRIVATE_FETCH; print(ALLOW_PRIVATE_FETCH)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=site_settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == str(opened)
