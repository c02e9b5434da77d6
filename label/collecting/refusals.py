"""Who said no: kept as hashes that tell nobody who it was, and never collected again.

The hash is keyed with the site's secret: without it, nobody can try addresses out.
"""

from urllib.parse import urlsplit

from django.utils.crypto import salted_hmac

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
    """What is kept of somebody's address; 64 hexadecimal digits."""
    return salted_hmac(SALT, one_address(url), algorithm="sha256").hexdigest()


def refuse(*urls: str) -> None:
    """Never collect from these again: an author's page, a publication."""
    for url in filter(None, urls):
        Refusal.objects.get_or_create(hash=hash_of(url))


def allow(*urls: str) -> None:
    """Somebody changed their mind, or it was a mistake."""
    Refusal.objects.filter(hash__in=[hash_of(url) for url in urls if url]).delete()


def is_refused(*urls: str) -> bool:
    """Whether any of these was refused."""
    return Refusal.objects.of(*(hash_of(url) for url in urls if url))


def refused(entries) -> set[str]:
    """The canonical addresses of those entries that nobody may collect; one query."""
    asked = {}
    for entry in entries:
        for url in {entry.canonical, entry.url, entry.author_url} - {""}:
            asked.setdefault(hash_of(url), set()).add(entry.canonical)
    known = Refusal.objects.filter(hash__in=asked).values_list("hash", flat=True)
    return {canonical for found in known for canonical in asked[found]}
