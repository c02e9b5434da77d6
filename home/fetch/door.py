"""Ask an address, follow at most three redirects, each checked like the first."""

from __future__ import annotations

import contextlib
import ssl
from dataclasses import replace
from urllib.parse import urljoin

import httpcore
from django.conf import settings

from home.fetch import names, target, wire
from home.fetch.answer import Fetched, header_map, validator, whole_body
from home.fetch.errors import Refused, TooSlow, Unreachable

LARGEST = 2 * 1024 * 1024  # bytes, unpacked
SECONDS = 10.0
MOST_REDIRECTS = 3
FOR_GOOD = {301, 308}
REDIRECTS = {302, 303, 307, *FOR_GOOD}


def fetch(
    url: str,
    *,
    accept: str = "*/*",
    etag: str = "",
    last_modified: str = "",
    largest: int = LARGEST,
    seconds: float = SECONDS,
) -> Fetched:
    """What is at an address that a person gave, whatever its status; raises a `FetchError`.

    `etag` and `last_modified` are what the last answer said: then a 304 may come, without body.
    `largest` (bytes, unpacked) and `seconds` (in all, redirects too) may be less than usual, not
    more.
    """
    deadline = wire.Deadline(min(seconds, SECONDS))
    asked = target.read(url)
    headers = _headers(accept, etag, last_modified)
    moved, for_good = "", True
    for _ in range(MOST_REDIRECTS + 1):
        found = _ask(asked, headers, min(largest, LARGEST), deadline)
        if isinstance(found, Fetched):
            return replace(found, moved=moved)
        status, elsewhere = found
        if asked.scheme == "https" and elsewhere.scheme == "http":
            raise Refused("Ce site renvoie d’une adresse https:// vers une autre qui ne l’est pas.")
        # What is behind a passing redirect is not where the address itself moved.
        for_good = for_good and status in FOR_GOOD
        moved = elsewhere.url if for_good else moved
        asked = elsewhere
    raise Refused("Ce site renvoie plus de trois fois de suite vers une autre adresse.")


def _headers(accept: str, etag: str, last_modified: str) -> list[tuple[bytes, bytes]]:
    """What we say of ourselves. Nothing is remembered: no cookie, no account, no referrer."""
    headers = {
        "User-Agent": f"annuaire (+{settings.SITE_URL})",
        "Accept": accept,
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)):
        if validator(value):
            headers[name] = value
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def _ask(asked: target.Target, headers, largest: int, deadline: wire.Deadline):
    """The answer, or a redirect's status and target; raises a `FetchError`."""
    backend = wire.CheckedBackend(names.checked(asked, deadline), deadline)
    host = asked.host.encode()
    connection = httpcore.HTTPConnection(
        httpcore.Origin(asked.scheme.encode(), host, asked.port),
        ssl_context=wire.tls() if asked.scheme == "https" else None,
        network_backend=backend,
    )
    request = httpcore.Request(
        "GET",
        httpcore.URL(
            scheme=asked.scheme.encode(), host=host, port=asked.port, target=asked.path.encode()
        ),
        headers=[(b"Host", asked.authority.encode()), *headers],
    )
    try:
        response = connection.handle_request(request)
        backend.expect(largest)
        return _answer(asked, response, largest)
    except httpcore.TimeoutException as error:
        raise TooSlow(deadline.sentence) from error
    except httpcore.ConnectError as error:
        if isinstance(error.__cause__, ssl.SSLCertVerificationError):
            raise Unreachable("Le certificat https de ce site n’est pas valable.") from error
        if isinstance(error.__cause__, ssl.SSLError):
            raise Unreachable("La connexion https à ce site échoue.") from error
        raise Unreachable("Ce site ne répond pas.") from error
    except httpcore.NetworkError as error:
        raise Unreachable("La réponse de ce site s’est interrompue.") from error
    except httpcore.ProtocolError as error:
        raise Unreachable("La réponse de ce site est illisible.") from error
    finally:
        backend.close()


def _answer(asked: target.Target, response: httpcore.Response, largest: int):
    """The answer, read whole, or a redirect's status and target; its body nobody reads."""
    headers = header_map(response.headers)
    if response.status < 200:
        raise Unreachable("La réponse de ce site est illisible.")
    if response.status in REDIRECTS and "location" in headers:
        return response.status, _elsewhere(asked, headers["location"])
    body = whole_body(response.iter_stream(), headers, largest)
    return Fetched(asked.url, response.status, headers, body)


def _elsewhere(asked: target.Target, location: str) -> target.Target:
    """Where a redirect leads, read as strictly as what a person wrote; raises `Refused`."""
    with contextlib.suppress(UnicodeDecodeError):
        # Headers are bytes; addresses with accents are sent as UTF-8.
        location = location.encode("latin-1").decode()
    try:
        return target.read(urljoin(asked.url, location.strip(" \t")))
    except ValueError as error:
        raise Refused("Ce site renvoie vers une adresse illisible.") from error
