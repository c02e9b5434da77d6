"""robots.txt: whether a site lets programs read a page (RFC 9309).

For pages whose words or image are taken: links handed in by hand, pages that are looked through
for their feed. Not for feeds and open interfaces, which are published to be asked by programs.
"""

from __future__ import annotations

import logging
from hashlib import sha256
from urllib.parse import urljoin

from django.core.cache import caches
from protego import Protego

from home.fetch import FetchError, Refused, fetch
from label.collecting.parsing.text import decoded

# What the door calls itself (home/fetch/door.py), as a site would name it.
OUR_NAME = "annuaire"
LARGEST = 500 * 1024  # bytes: what the RFC asks to be read
LOOKED_AT, MOST_LINES = 100_000, 1_000  # characters and lines: each group times each rule counts
SECONDS = 5.0
DAY, A_WHILE = 24 * 3600, 600  # seconds: kept; and kept where nobody answered
NOBODY = None
TOO_OFTEN = 429
log = logging.getLogger(__name__)


def may_read(url: str) -> bool:
    """Whether a program may read an address; no where the site does not say. Asks the network.

    Raises `Refused` for an address that nobody here asks anything.
    """
    rules = rules_of(urljoin(url, "/robots.txt"))
    if rules is NOBODY:
        return False
    try:
        return Protego.parse(rules).can_fetch(url, OUR_NAME)
    except (ValueError, RecursionError):
        log.info("robots.txt of %s cannot be read", url, exc_info=True)
        return False


def rules_of(address: str) -> str | None:
    """What a site says, "" where it says nothing; None where it cannot be asked. Kept a day."""
    key = f"robots-{sha256(address.encode()).hexdigest()}"
    kept = caches["counters"].get(key)
    if not kept:
        kept = [asked(address)]
        caches["counters"].set(key, kept, A_WHILE if kept[0] is NOBODY else DAY)
    return kept[0]


def asked(address: str) -> str | None:
    """The same, asked now."""
    try:
        found = fetch(address, accept="text/plain", largest=LARGEST, seconds=SECONDS)
    except Refused:
        raise
    except FetchError:
        return NOBODY
    if found.status == 200:
        said = decoded(found.body, found.headers.get("content-type", "")).lstrip("\ufeff")
        return "\n".join(said[:LOOKED_AT].splitlines()[:MOST_LINES])
    # « Not here », « not for you »: there are no rules. « Not now » says nothing about them.
    return "" if 400 <= found.status < 500 and found.status != TOO_OFTEN else NOBODY
