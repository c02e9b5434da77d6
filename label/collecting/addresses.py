"""What to ask for an address that a person gave: a profile is not its feed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote, unquote, urlsplit

from home.fetch import FetchError, fetch
from label.collecting import parsing, robots
from label.collecting.canonical import host_of, web_address
from label.collecting.pages import links_of
from label.models import Source

Kind = Source.Kind
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, text/html;q=0.8, */*;q=0.5"
)
FEED_TYPES = ("application/atom+xml", "application/rss+xml", "application/feed+json")
BLUESKY = "https://public.api.bsky.app/xrpc/app.bsky.feed.getAuthorFeed"
YOUTUBE = "https://www.youtube.com/feeds/videos.xml"
FLICKR = "https://www.flickr.com/services/feeds"
NOT_FOR_PROGRAMS = (
    "Ce site ne permet pas aux programmes de lire cette page : donnez l’adresse de son flux."
)
PAGES = {"text/html", "application/xhtml+xml"}
# Nothing there can be followed: their authors hand in what they like (docs/fait-ici.md).
CLOSED = re.compile(
    r"(?:[\w-]+\.)*(?:instagram|facebook|fb|tiktok|threads|twitter|x|linkedin)\.(?:com|net)"
)
HANDLE = re.compile(r"@(?P<who>[\w.-]+)@(?P<host>[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24})", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """What becomes a source: its kind, the address that is asked, the one that was given."""

    kind: str
    url: str
    address: str
    title: str = ""


def resolve(address: str) -> Asked:
    """What to ask for an address, by its shape alone; raises `ValueError` with a plain sentence."""
    text = address.strip()
    handle = HANDLE.fullmatch(text)
    if handle:
        text = f"https://{handle['host']}/@{handle['who']}"
    if re.fullmatch(r"[\w.-]+\.[a-z]{2,24}(?:/\S*)?", text, re.IGNORECASE):
        text = f"https://{text}"
    bare = web_address(text)
    if not bare:
        raise ValueError("Cette adresse n’est pas celle d’une page web.")
    if CLOSED.fullmatch(host_of(bare)):
        raise ValueError(
            f"{host_of(bare)} ne laisse rien lire de l’extérieur : la personne peut partager "
            "elle-même ses publications, depuis « Mon espace »."
        )
    parts = urlsplit(bare)
    for shape, make in SHAPES:
        match = shape.fullmatch(f"{host_of(bare)}{parts.path.rstrip('/')}")
        if match:
            kind, url, title = make(f"{parts.scheme}://{parts.netloc}", match)
            return Asked(kind, url, bare, title)
    return Asked(Kind.FEED, bare, bare, "")


def discover(address: str) -> Asked:
    """The same; where a page answers, what it names as its feed.

    Raises `FetchError` or `ValueError`, each with a plain sentence.
    """
    asked = resolve(address)
    found = fetch(asked.url, accept=ACCEPT)
    if found.status >= 400:
        raise ValueError(f"Ce site répond par une erreur ({found.status}).")
    answer = answer_of(asked, found)
    if answer:
        return titled(asked, answer, found)
    if not robots.may_read(found.url):
        raise ValueError(NOT_FOR_PROGRAMS)
    page = found.body.decode(errors="replace")
    for url in feeds_of_page(page, found.url):
        known = resolve(url)
        try:
            second = fetch(known.url, accept=ACCEPT)
        except FetchError:
            continue
        answer = answer_of(known, second)
        if second.status < 400 and answer:
            return titled(Asked(known.kind, known.url, asked.address), answer, second)
    raise ValueError("Cette page n’annonce aucun flux que l’on puisse suivre.")


def answer_of(asked: Asked, found):
    """What an answer says; None when it is a page, or nothing that is known here."""
    try:
        said = found.headers.get("content-type", "")
        return parsing.read(asked.kind, found.body, said, found.url)
    except parsing.Unreadable:
        return None


def titled(asked: Asked, answer, found) -> Asked:
    """With the name that the source gives itself."""
    title = " ".join(answer.title.split())[:200]
    return Asked(asked.kind, asked.url, asked.address, asked.title or title or host_of(found.url))


def feeds_of_page(page: str, base: str) -> list[str]:
    """The absolute addresses that a page names as its feeds, at most three."""
    named = [
        web_address(link.get("href", ""), base)
        for link in links_of(page)
        if "alternate" in link.get("rel", "").lower().split()
        and link.get("type", "").partition(";")[0].strip().lower() in FEED_TYPES
    ]
    return list(dict.fromkeys(url for url in named if url))[:3]


def hashtag(origin: str, match: re.Match) -> tuple[str, str, str]:
    """A hashtag's page on a server that speaks like Mastodon."""
    tag = unescape(unquote(match["tag"]))
    url = f"{origin}/api/v1/timelines/tag/{quote(tag, safe='')}?limit=40"
    return Kind.TIMELINE, url, f"#{tag} sur {match['host']}"


def bluesky(origin: str, match: re.Match) -> tuple[str, str, str]:
    """A profile on Bluesky."""
    actor = quote(unquote(match["who"]), safe=":")
    url = f"{BLUESKY}?actor={actor}&filter=posts_no_replies&limit=50"
    return Kind.ACCOUNT, url, f"@{match['who']}"


def feed(pattern: str) -> Callable:
    """A maker of a feed's address from what matched: `{origin}` and the groups' names."""

    def make(origin, match):
        named = {name: value for name, value in match.groupdict().items() if value}
        who = named.get("who", "")
        return Kind.FEED, pattern.format(origin=origin, **named), f"@{unquote(who)}" if who else ""

    return make


# The first that fits the host, without « www. », and the path.
SHAPES = [
    (
        re.compile(r"bsky\.app/profile/(?P<who>[\w.:%-]+)(?:/.*)?"),
        bluesky,
    ),
    (
        re.compile(r"(?:m\.)?youtube\.com/channel/(?P<channel>UC[\w-]{10,40})(?:/.*)?"),
        feed(f"{YOUTUBE}?channel_id={{channel}}"),
    ),
    (
        re.compile(r"flickr\.com/(?:photos|people)/(?P<user>[0-9]{3,20}@N[0-9]{2})(?:/.*)?"),
        feed(f"{FLICKR}/photos_public.gne?id={{user}}&lang=fr-fr&format=atom"),
    ),
    (
        re.compile(r"flickr\.com/photos/tags/(?P<tag>[\w%-]+)"),
        feed(f"{FLICKR}/photos_public.gne?tags={{tag}}&lang=fr-fr&format=atom"),
    ),
    (
        re.compile(
            r"(?P<host>[^/]+)/(?:tags|tag/discover|discover/tags|explore/tags)/(?P<tag>[^/]+)"
        ),
        hashtag,
    ),
    (
        re.compile(r"(?P<host>[^/]+)/api/v1/timelines/tag/(?P<tag>[^/]+)"),
        hashtag,
    ),
    (
        re.compile(r"[^/]+/(?:c|video-channels)/(?P<who>[\w.-]+)(?:/videos)?"),
        feed("{origin}/feeds/videos.xml?videoChannelName={who}"),
    ),
    (
        re.compile(r"[^/]+/(?:a|accounts)/(?P<who>[\w.-]+)(?:/(?:videos|video-channels))?"),
        feed("{origin}/feeds/videos.xml?accountName={who}"),
    ),
    (
        re.compile(
            r"(?!youtube\.com|medium\.com|tiktok\.com|threads\.net)[^/]+/@(?P<who>[\w.-]+)(?:/with_replies|/media)?"
        ),
        feed("{origin}/@{who}.rss"),
    ),
]
