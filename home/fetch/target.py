"""An address as somebody wrote it, read once: whom to ask, and for what.

Strict where browsers are lenient: what could be read in two ways is refused, so that nobody
further down reads it otherwise.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import idna

from home.fetch.errors import Refused

PORTS = {"http": 80, "https": 443}
LONGEST = 2048  # characters, once encoded
LONGEST_NAME = 253  # characters, RFC 1035
NEVER = re.compile(r"[\x00-\x1f\x7f\\]")
NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_-]{1,63}")
# 127.1, 0177.0.0.1, 0x7f000001 and 2130706433 all end so; no top-level domain does.
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# What may stand in a path or a query unescaped (RFC 3986); anything else is percent-encoded.
PLAIN = "%/:@!$&'()*+,;=~?"


@dataclass(frozen=True)
class Target:
    """Whom to ask: a scheme, a host (a name in ASCII or a canonical address), a port, a path."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def address(self) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
        """The host as an address; None when it is a name."""
        try:
            return ipaddress.ip_address(self.host)
        except ValueError:
            return None

    @property
    def authority(self) -> str:
        """The host and, unless it is the scheme's own, the port: what `Host:` says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address in full, without fragment."""
        return f"{self.scheme}://{self.authority}{self.path}"


def read(url: str) -> Target:
    """The target that an address means; raises `Refused` when it is none, or ambiguous."""
    text = url.strip(" \t\r\n")
    if len(text) > LONGEST:
        raise Refused("Cette adresse est trop longue.")
    try:
        if NEVER.search(text):
            raise ValueError("control character or backslash")
        parts = urlsplit(text)
        scheme, name, port = parts.scheme, parts.hostname or "", parts.port
        query = f"?{quote(parts.query, PLAIN)}" if parts.query else ""
        path = quote(parts.path or "/", PLAIN.replace("?", "")) + query
        # urlsplit has its own way of lacking a host: "http:/x", "http:x".
        if scheme in PORTS and not parts.netloc:
            raise ValueError("no host")
    except ValueError as error:
        raise Refused("Cette adresse n’est pas celle d’une page web.") from error
    if scheme not in PORTS:
        raise Refused("Cette adresse ne commence ni par http:// ni par https://.")
    if "@" in parts.netloc:
        raise Refused("Cette adresse contient un identifiant ou un mot de passe.")
    target = Target(scheme, _host(name), PORTS[scheme] if port is None else port, path)
    if len(target.url) > LONGEST:
        raise Refused("Cette adresse est trop longue.")
    return target


def _host(name: str) -> str:
    """The host in its one canonical form; raises `Refused`."""
    try:
        if ":" in name:
            return _ipv6(name)
        if len(name) > LONGEST_NAME:
            raise ValueError("too long")
        written = name
        if not name.isascii():
            name = idna.encode(name, uts46=True).decode()
        name = name.lower().removesuffix(".")
        if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
            raise ValueError("no host name")
        if NUMBER.fullmatch(name.rpartition(".")[2]):
            return str(ipaddress.IPv4Address(written))
    except ValueError as error:
        raise Refused("Cette adresse ne nomme aucun site.") from error
    return name


def _ipv6(text: str) -> str:
    """The canonical form; raises ValueError, for a zone too: it means something here only."""
    if "%" in text:
        raise ValueError("zone")
    return str(ipaddress.IPv6Address(text))
