"""One address for one publication, however it was written down, and addresses fit for readers."""

from __future__ import annotations

import re
from urllib.parse import quote, urldefrag, urljoin

from home.fetch import Refused
from home.fetch.target import PLAIN, read
from label.collecting import aliases

LONGEST = 500  # characters: what the columns hold
# What newsletters and networks hang on a link to know who clicked; it names nothing.
TRACKING = re.compile(
    r"(?:utm_|pk_|mtm_|at_(?:medium|campaign|custom)|hsa_|mc_[ce]id|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|twclid"
    r"|igshid|igsh$|si$|_hsenc|_hsmi|mkt_tok|xtor|wt_mc|oly_|vero_|s_cid|ref_src|ref_url|feature$)",
    re.IGNORECASE,
)


def canonical(url: str) -> str:
    """The one form of a publication's address, which names it; "" for none that could.

    Scheme and host in small letters, no default port, no fragment, nothing that only counts
    clicks; of the several addresses of a network the one that names it (aliases.py).
    """
    try:
        whole = read(aliases.of_bluesky(url)).url
        address, _, query = read(aliases.one_of_many(whole)).url.partition("?")
    except (Refused, ValueError):
        return ""
    kept = "&".join(piece for piece in query.split("&") if piece and not TRACKING.match(piece))
    whole = f"{address}?{kept}" if kept else address
    return whole if len(whole) <= LONGEST else ""


def web_address(url: str, base: str = "") -> str:
    """An absolute http(s) address, of at most 500 characters, that readers may be led to; or ""."""
    url = url.strip()
    if not url:
        return ""
    try:
        joined, fragment = urldefrag(urljoin(base, url))
        target = read(joined)
    except (Refused, ValueError):
        return ""
    whole = f"{target.url}#{quote(fragment, PLAIN)}" if fragment else target.url
    return whole if len(whole) <= LONGEST else ""


def same_host(one: str, other: str) -> bool:
    """Whether two addresses are of one host, « www. » aside."""
    hosts = {host_of(address) for address in (one, other)}
    return len(hosts) == 1 and "" not in hosts


def host_of(url: str) -> str:
    """The host of an address, without « www. »; "" for what is none."""
    try:
        return read(url).host.removeprefix("www.")
    except Refused:
        return ""
