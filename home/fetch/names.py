"""Whose address is it: every answer of the DNS must be out in the open, or nobody is asked."""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading

from django.conf import settings

from home.fetch.errors import Refused, TooSlow, Unreachable
from home.fetch.target import PORTS, Target
from home.fetch.wire import Deadline

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# The only part of IPv6 that is given out to the public, and the prefix by which a server without
# IPv4 reaches IPv4 (NAT64, RFC 6052): the address inside is the one that counts.
UNICAST = ipaddress.ip_network("2000::/3")
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# What Python calls global, or did until a patch release, and what is not somebody's web server.
NOT_THE_WEB = [
    ipaddress.ip_network(text)
    for text in (
        "192.0.0.0/24",  # protocol assignments; a cloud's metadata lives there
        "192.88.99.0/24",  # the way into 6to4
        "168.63.129.16/32",  # Azure's inner service, behind a public-looking address
        "2001::/23",  # Teredo and other assignments: IPv4 in disguise
        "2001:db8::/32",
        "2002::/16",  # 6to4: IPv4 in disguise
        "3fff::/20",
    )
]
# A look-up cannot be called back: at most so many hang in their thread at once.
LOOKING_UP = threading.BoundedSemaphore(16)


def is_public(address: Address) -> bool:
    """Whether anybody on the Internet may have a web server at this address."""
    if address.version == 6 and address in NAT64:
        return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    if address.version == 6 and (address.scope_id or address not in UNICAST):
        return False
    if any(address in network for network in NOT_THE_WEB if network.version == address.version):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def allowed_inside() -> set[tuple[Address, int]]:
    """The (address, port) pairs on loopback that the settings open, for trials; else none."""
    pairs = set()
    for entry in settings.ALLOW_PRIVATE_FETCH:
        host, _, port = entry.strip().rpartition(":")
        for text in ("127.0.0.1", "::1") if host == "localhost" else (host.strip("[]"),):
            try:
                address = ipaddress.ip_address(text)
            except ValueError:
                continue
            if address.is_loopback and port.isascii() and port.isdigit():
                pairs.add((address, int(port)))
    return pairs


def checked(target: Target, deadline: Deadline) -> list[Address]:
    """Where to connect for this target; raises `Refused` unless every answer may be asked."""
    inside = allowed_inside()
    if target.port not in {*PORTS.values(), *(port for _, port in inside)}:
        raise Refused("Cette adresse demande un port particulier ; seuls 80 et 443 sont admis.")
    addresses = [target.address] if target.address else _addresses(target, deadline)
    for address in addresses:
        ordinary = target.port in PORTS.values() and is_public(address)
        if not ordinary and (address, target.port) not in inside:
            raise Refused("Cette adresse ne mène pas à un site public.")
    return addresses


def look_up(host: str, port: int) -> list[str]:
    """What the system's resolver answers, best first; raises OSError. Takes as long as it takes."""
    return [info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _addresses(target: Target, deadline: Deadline) -> list[Address]:
    """The answers for a name, each once; raises `Unreachable` or `TooSlow`."""
    found = _in_time(target, deadline)
    try:
        if isinstance(found, Exception):
            raise found
        addresses = [ipaddress.ip_address(text) for text in found]
    except (OSError, ValueError) as error:
        raise Unreachable("Ce site est introuvable : son nom n’existe pas, ou plus.") from error
    if not addresses:
        raise Unreachable("Ce site est introuvable : son nom ne mène nulle part.")
    return list(dict.fromkeys(addresses))


def _in_time(target: Target, deadline: Deadline) -> list[str] | Exception:
    """What the look-up gives or raises; `TooSlow` if that takes too long."""
    answers, turns = queue.SimpleQueue(), LOOKING_UP

    def ask():
        try:
            answers.put(look_up(target.host, target.port))
        except Exception as error:
            # Handed to the one who waits.
            answers.put(error)
        finally:
            turns.release()

    if not turns.acquire(timeout=deadline.left()):
        raise TooSlow(deadline.sentence)
    # A daemon: a look-up that hangs does not keep the process from ending.
    threading.Thread(target=ask, daemon=True, name="fetch-look-up").start()
    try:
        return answers.get(timeout=deadline.left())
    except queue.Empty:
        raise TooSlow(deadline.sentence) from None
