"""What stands behind an address of ours, told by the room that it belongs to."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import idna
from django.conf import settings
from django.http import Http404, QueryDict
from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.models import Redirect

LONGEST_ADDRESS = 2000
USUAL_PORTS = {"http": 80, "https": 443}
# A former address leads to a present one; two steps are more than anybody has renamed at once.
MOST_STEPS = 3


@dataclass(frozen=True)
class Thing:
    """One thing of ours as other sites show it; addresses are paths.

    `frame` is what they show, `kind` what it is in a word or two, `line` a sentence about it.
    `pictures` are its photo's sizes (home.pictures), largest first. `author` is (name, path or "").
    `tall` is for what is a page rather than a card.
    """

    title: str
    page: str
    frame: str
    kind: str = ""
    line: str = ""
    pictures: tuple = ()
    author: tuple[str, str] = ("", "")
    sign: str = ""
    tall: bool = False


_offered: dict[str, Callable[..., Thing]] = {}


def offer(view_name: str, make: Callable[..., Thing]) -> None:
    """Say how to show what stands at the addresses of a view; rooms call it when they are ready.

    `make` gets the address's query (a `QueryDict`) and its parts by name, and raises `Http404`
    for what nobody may see.
    """
    _offered[view_name] = make


def thing_at(address: str) -> Thing:
    """The thing at an absolute address; raises `Http404` where there is none of ours."""
    path, query = own_path(address)
    for _step in range(MOST_STEPS):
        found = thing_below(path, query)
        if found:
            return found
        path = now_at(path)
    raise Http404


def own_path(address: str) -> tuple[str, QueryDict]:
    """An address's path and query; raises `Http404` for one that is not of this site.

    `http` and `https` are one: people type either. The fragment says nothing.
    """
    if len(address) > LONGEST_ADDRESS or not address.isprintable():
        raise Http404
    try:
        asked, site = _origin(address), _origin(settings.SITE_URL)
        parts = urlsplit(address)
    except ValueError:
        raise Http404 from None
    if asked != site or parts.username is not None or parts.password is not None:
        raise Http404
    path = unquote(parts.path)
    if "\x00" in path:
        raise Http404
    return path or "/", QueryDict(parts.query)


def _origin(address: str) -> tuple[str, int | None]:
    """Host as browsers send it, and port where it is not the usual one. Raises `ValueError`."""
    parts = urlsplit(address)
    if parts.scheme not in USUAL_PORTS:
        raise ValueError
    host = (parts.hostname or "").rstrip(".")
    # Raises UnicodeError, which is a ValueError, for what cannot be a host.
    name = host if host.isascii() else idna.encode(host, uts46=True).decode()
    port = parts.port
    return name, None if port == USUAL_PORTS[parts.scheme] else port


def thing_below(path: str, query: QueryDict) -> Thing | None:
    """The thing at a path, with its slash at the end or without; None for what is not offered."""
    for one in (path, f"{path}/"):
        try:
            match = resolve(one)
        except Resolver404:
            continue
        make = _offered.get(match.view_name)
        if make:
            try:
                return make(query, **match.kwargs)
            except Http404:
                return None
    return None


def now_at(path: str) -> str:
    """Where a page went that was at this path; raises `Http404` where nobody knows."""
    former = Redirect.normalise_path(path)
    found = Redirect.objects.filter(old_path=former).first() if len(former) <= 255 else None
    if not found or not found.link:
        raise Http404
    link = found.link
    return own_path(link)[0] if "//" in link else link
