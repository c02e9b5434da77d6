"""Addresses from the national address base (BAN), through geopy, at the one configured host.

The answer is data from outside: read up to a size and a deadline, checked value by value. A
failing service is left alone for a minute, so that an offline site does not wait each time.
"""

from __future__ import annotations

import hashlib
import json
import math
import time
import urllib.error
import urllib.request
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import (
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderTimedOut,
    GeocoderUnavailable,
    GeopyError,
)
from geopy.geocoders import BANFrance

TIMEOUT = 3  # seconds
LARGEST = 200_000  # bytes; five results take some 4,000
LONGEST_QUESTION = 200  # signs, the service's own limit
KEEP = 30 * 24 * 3600  # seconds
REST = 60  # seconds after a failure
RESULTS = 5
DOWN = "address-base:down"
# France with its overseas departments: west, south, east, north.
BOXES = ((-5.5, 41.2, 9.8, 51.3), (-63.5, 1.9, -51.3, 18.3), (44.8, -21.6, 56.1, -12.4))


class Unreachable(OSError):
    """The service does not answer, or not sensibly."""


class Hit(NamedTuple):
    """One result: degrees, the INSEE code of its commune, and how sure (0 to 1)."""

    label: str
    lat: float
    lng: float
    insee: str
    score: float
    kind: str


def find_addresses(text: str) -> list[Hit]:
    """The addresses that a text may mean, best first; raises `Unreachable`."""
    question = " ".join(text.split())[:LONGEST_QUESTION]
    if len(question) < 3:
        return []
    cache = caches[getattr(settings, "GEOCODER_CACHE", "default")]
    digest = hashlib.sha256(f"{settings.GEOCODER_URL} {question.casefold()}".encode()).hexdigest()
    key = f"address-base:{digest}"
    known = cache.get(key)
    if known is not None:
        return [Hit(*values) for values in known]
    if cache.get(DOWN):
        raise Unreachable("failed a moment ago")
    try:
        hits = _ask(question)
    except Unreachable:
        cache.set(DOWN, True, REST)
        raise
    cache.set(key, [tuple(hit) for hit in hits], KEEP)
    return hits


def _ask(question: str) -> list[Hit]:
    scheme, _, domain = settings.GEOCODER_URL.rpartition("://")
    try:
        geocoder = BANFrance(
            domain=domain,
            scheme=scheme or "https",
            timeout=TIMEOUT,
            user_agent=f"annuaire ({settings.SITE_URL})",
            adapter_factory=CappedAdapter,
        )
        found = geocoder.geocode(question, limit=RESULTS, exactly_one=False)
    except GeocoderQueryError:
        return []
    # geopy's parser trusts the answer's shape: anything may come of another one.
    except (GeopyError, LookupError, AttributeError, TypeError, ValueError, OSError) as error:
        raise Unreachable(str(error)) from error
    hits = (_checked(location.raw) for location in (found or [])[:RESULTS])
    return [hit for hit in hits if hit]


def _checked(feature: dict) -> Hit | None:
    """The result as a `Hit`, or None when a value is impossible."""
    properties = feature.get("properties")
    try:
        lng, lat = (float(value) for value in feature["geometry"]["coordinates"][:2])
        score = float(properties.get("score", 0))
    except (LookupError, TypeError, ValueError, AttributeError):
        return None
    label = properties.get("label")
    in_france = any(w <= lng <= e and s <= lat <= n for w, s, e, n in BOXES)
    if not (isinstance(label, str) and label and in_france and math.isfinite(score)):
        return None
    insee, kind = str(properties.get("citycode", ""))[:5], str(properties.get("type", ""))[:20]
    clean = "".join(sign for sign in label if sign.isprintable())
    return Hit(clean[:LONGEST_QUESTION], lat, lng, insee, score, kind)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The configured host answers itself, or not at all."""

    def redirect_request(self, *args, **kwargs):
        """Give no new request: the redirect then counts as an HTTP error."""


class CappedAdapter(BaseSyncAdapter):
    """What geopy calls to fetch: no redirect, no proxy, a size limit and a total deadline."""

    def __init__(self, *, proxies, ssl_context):
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPSHandler(context=ssl_context),
            _NoRedirect,
        )

    def get_json(self, url, *, timeout, headers):
        """The decoded JSON object; raises geopy's errors."""
        try:
            answer = json.loads(self.get_text(url, timeout=timeout, headers=headers))
        except (ValueError, RecursionError) as error:
            raise GeocoderParseError("not JSON") from error
        if not isinstance(answer, dict):
            raise GeocoderParseError("not a JSON object")
        return answer

    def get_text(self, url, *, timeout, headers):
        """The body as text; raises geopy's errors."""
        deadline = time.monotonic() + timeout
        request = urllib.request.Request(url, headers=headers)  # noqa: S310 -- operator's host
        try:
            with self._opener.open(request, timeout=timeout) as response:
                return _read(response, deadline).decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            raise AdapterHTTPError(
                f"HTTP {error.code}", status_code=error.code, headers={}, text=""
            ) from error
        except TimeoutError as error:
            raise GeocoderTimedOut("no answer in time") from error
        except (OSError, ValueError) as error:
            raise GeocoderUnavailable(str(error)) from error


def _read(response, deadline: float) -> bytes:
    body = b""
    while chunk := response.read1(16_384):
        body += chunk
        if len(body) > LARGEST:
            raise GeocoderParseError("answer too large")
        if time.monotonic() > deadline:
            raise GeocoderTimedOut("answer too slow")
    return body
