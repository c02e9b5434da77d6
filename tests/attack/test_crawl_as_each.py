"""Whatever is linked, from the site's doors and the administration's: nobody meets a secret."""

import html
import re
from itertools import chain
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from tests.attack import newsroom
from tests.attack.newsroom import SECRETS, told_to

pytestmark = pytest.mark.django_db

DOORS = [
    "/",
    "/gestion/",
    "/compte/",
    "/api/v1/articles",
    "/api/v1/listings",
    "/api/v1/openapi.json",
    "/carte/0/0/0.json",
    "/magazines/",
    "/recherche/?q=zorg",
    "/annuaire/?q=zorg",
    "/recherche/suggestions/?q=zorg",
    "/flux/articles.rss",
    "/flux/articles.atom",
    "/sitemap.xml",
    "/robots.txt",
    "/marches/",
]
LINK = re.compile(
    r'(?<![\w-])(?:href|src|action)="([^"]+)"|<loc>([^<]+)<|data-[\w-]+="(/[^"]*)"'
    r'|"(?:\w*[uU]rl|href|next)"\s*:\s*"((?:/|http)[^"]*)"'
)
# What holds nobody's words, or ends the visit.
LEFT_OUT = ("/static/", "/compte/deconnexion", "/gestion/logout", "/gestion/sprite")
LEFT_OUT += ("/gestion/jsi18n", "/documents/")
# A hundred pages of one template, which test_leaks.py walks.
LEFT_OUT += ("/annuaire/categorie/", "/annuaire/commune/", "/carte/")
# Orders, filters and pages of lists make more addresses than there are things; those of the
# public pages too are walked by test_leaks.py.
DULL = {"ordering", "p", "page", "layout", "tag", "usage_count", "collection_id", "date_from"}
MOST = 1500


def links(address, text):
    """The site's own addresses in an answer, each list with one question at most."""
    found = set()
    for name in filter(None, chain.from_iterable(LINK.findall(text))):
        parts = urlsplit(urljoin(address, html.unescape(html.unescape(name))))
        ours = not parts.netloc or f"{parts.scheme}://{parts.netloc}" == settings.SITE_URL
        asked = dict(parse_qsl(parts.query)).keys()
        few = not asked or (parts.path.startswith("/gestion/") and len(asked) == 1)
        few = few and not DULL & asked
        if ours and few and parts.path.startswith("/") and not parts.path.startswith(LEFT_OUT):
            found.add(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found


def crawl(client):
    """Ask for everything that is linked; yields (address, answer)."""
    waiting, seen = list(DOORS), set(DOORS)
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address)
        yield address, answer
        body = "" if answer.streaming else answer.content.decode(errors="replace")
        for link in sorted(links(address, f"{body} {answer.get('Location', '')}") - seen):
            seen.add(link)
            waiting.append(link)
        if answer.get("Location", "").startswith("/") and answer["Location"] not in seen:
            seen.add(answer["Location"])
            waiting.append(answer["Location"])
        assert len(seen) < MOST, sorted(seen)


# One of each role; test_every_admin_address.py asks as everybody.
WALKERS = ("visitor", "account", "ines", "odile", "lucas", "moderator", "admin")

# On no page: a reply in the margin comes with the editor's data; an answer to whoever asked to
# write stands in a mail.
NOWHERE = ("fil", "refus")
TO_BE_MET = {word for word in SECRETS if "echo" in word and not word.endswith(NOWHERE)}


@pytest.mark.parametrize("name", WALKERS)
def test_nobody_meets_a_secret_that_is_not_theirs(categories, name):
    things = newsroom.cast()
    client = Client(raise_request_exception=False)
    if things.people[name]:
        client.force_login(things.people[name])
    told, failed, read, met = [], [], 0, set()
    for address, answer in crawl(client):
        failed += [address] if answer.status_code >= 500 else []
        text = "" if answer.streaming else answer.content.decode(errors="replace").casefold()
        met |= {word for word in SECRETS if word in text and word not in address}
        told += [(address, word) for word in told_to(name, address, answer)]
        read += 1
        if name == "admin" and met >= TO_BE_MET:
            break
    assert failed == []
    if name == "admin":
        # It is all there to be met: whoever meets nothing was kept from it.
        assert met >= TO_BE_MET
        return
    assert told == []
    assert read > (40 if name in ("visitor", "account") else 100)
