"""Who said no: kept as hashes that tell nobody who it was, and never collected again.

The hash is keyed with the site's secret: without it, nobody can try addresses out.
"""

from urllib.parse import urlsplit

from django.utils.crypto import salted_hmac

from label.collecting.aliases import BLUESKY, author_of
from label.collecting.canonical import canonical
from label.models import Refusal

SALT = "label.collecting.refusals"


def one_address(url: str) -> str:
    """An address in one form, however it was written: neither scheme nor www nor last slash."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return url.strip()
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}{parts.path.rstrip('/')}{query}" if host else url.strip()


def hash_of(url: str) -> str:
    """What is kept of an address; 64 hexadecimal digits."""
    return salted_hmac(SALT, one_address(url), algorithm="sha256").hexdigest()


def hashes_of(*urls: str) -> set[str]:
    """Those of these addresses as they are written, and as whatever names the same."""
    known = set()
    for url in filter(None, urls):
        known |= {hash_of(url), hash_of(author_of(canonical(url) or url))}
    return known


def refuse(*urls: str) -> None:
    """Never collect from these again: an author's page, a publication."""
    for known in sorted(hashes_of(*urls)):
        Refusal.objects.get_or_create(hash=known)


def allow(*urls: str) -> None:
    """Somebody changed their mind, or it was a mistake."""
    Refusal.objects.filter(hash__in=hashes_of(*urls)).delete()


def is_refused(*urls: str) -> bool:
    """Whether any of these was refused."""
    return Refusal.objects.of(*hashes_of(*urls))


def refused(entries) -> set[str]:
    """The canonical addresses of those entries that nobody may collect; two queries."""
    if not Refusal.objects.exists():
        return set()
    asked = {}
    for entry in entries:
        for known in hashes_of(entry.canonical, entry.url, entry.author_url, profile_of(entry)):
            asked.setdefault(known, set()).add(entry.canonical)
    known = Refusal.objects.filter(hash__in=asked).values_list("hash", flat=True)
    return {canonical for found in known for canonical in asked[found]}


def profile_of(publication) -> str:
    """The author's page by the publication's own address, where a network puts one into the other.

    On Bluesky a name may change; the number in the address does not.
    """
    url = getattr(publication, "canonical", "") or getattr(publication, "canonical_uri", "")
    profile, _, _ = url.partition("/post/")
    return profile if profile.startswith(f"{BLUESKY}/profile/did:") else ""
