"""Players of other sites: which addresses we understand, and which frames a page may hold.

EMBED_HOSTS says which hosts a reader's browser may be sent to; none of them is asked before a
click. Every address is put together here from a host of that list and the video's own sign, never
taken as somebody typed it.
"""

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from django.conf import settings

YOUTUBE, VIMEO, DAILYMOTION = "www.youtube-nocookie.com", "player.vimeo.com", "geo.dailymotion.com"
NAMES = {YOUTUBE: "YouTube", VIMEO: "Vimeo", DAILYMOTION: "Dailymotion"}
YOUTUBE_HOSTS = {"youtube.com", "m.youtube.com", "youtube-nocookie.com"}
YOUTUBE_PATH = re.compile(r"/(?:embed|shorts|live)/([\w-]{11})/?")
YOUTUBE_VIDEO = re.compile(r"[\w-]{11}")
VIMEO_PATH = re.compile(r"/(?:video/)?([0-9]{1,12})(?:/([0-9a-f]{6,20}))?/?")
DAILYMOTION_PATH = re.compile(r"/(?:video/|embed/video/)?([A-Za-z0-9]{5,12})/?")
# https://docs.joinpeertube.org: /w/<short>, /videos/watch/<uuid>, /videos/embed/<either>.
PEERTUBE_PATH = re.compile(r"/(?:w|videos/watch|videos/embed)/([A-Za-z0-9-]{8,40})/?")


class Player(NamedTuple):
    """A frame that plays a video, and the page where it can be seen too."""

    name: str
    frame: str
    page: str


def player_of(url):
    """Return the `Player` of a video's address, None for anything else."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or port or parts.username or parts.password:
        return None
    for read in (youtube, vimeo, dailymotion):
        found = read(host, parts)
        if found:
            return found
    return peertube((parts.hostname or ""), parts)


def youtube(host, parts):
    """https://www.youtube.com/watch?v=…, https://youtu.be/…, shorts and lives."""
    video = None
    if host == "youtu.be":
        video = YOUTUBE_VIDEO.fullmatch(parts.path.strip("/"))
    elif host in YOUTUBE_HOSTS and parts.path == "/watch":
        video = YOUTUBE_VIDEO.fullmatch(parse_qs(parts.query).get("v", [""])[0])
    elif host in YOUTUBE_HOSTS and (path := YOUTUBE_PATH.fullmatch(parts.path)):
        video = YOUTUBE_VIDEO.fullmatch(path[1])
    if video:
        page = f"https://www.youtube.com/watch?v={video[0]}"
        return allowed(YOUTUBE, f"/embed/{video[0]}?autoplay=1", page)
    return None


def vimeo(host, parts):
    """https://vimeo.com/…, with the sign of an unlisted video behind it."""
    video = host in ("vimeo.com", VIMEO) and VIMEO_PATH.fullmatch(parts.path)
    if not video:
        return None
    secret = f"&h={video[2]}" if video[2] else ""
    page = f"https://vimeo.com/{video[1]}" + (f"/{video[2]}" if video[2] else "")
    return allowed(VIMEO, f"/video/{video[1]}?dnt=1&autoplay=1{secret}", page)


def dailymotion(host, parts):
    """https://www.dailymotion.com/video/…, https://dai.ly/…"""
    known = host == "dai.ly" or (host == "dailymotion.com" and "video/" in parts.path)
    video = known and DAILYMOTION_PATH.fullmatch(parts.path)
    if not video:
        return None
    page = f"https://www.dailymotion.com/video/{video[1]}"
    return allowed(DAILYMOTION, f"/player.html?video={video[1]}", page)


def peertube(host, parts):
    """A video of a PeerTube server that the settings name: its paths alone prove nothing."""
    video = host not in NAMES and PEERTUBE_PATH.fullmatch(parts.path)
    if not video:
        return None
    page = f"https://{host}/w/{video[1]}"
    return allowed(host, f"/videos/embed/{video[1]}?autoplay=1&p2p=0", page)


def allowed(host, path, page):
    """Return the `Player` of a host that the settings name."""
    if host not in settings.EMBED_HOSTS:
        return None
    return Player(NAMES.get(host, host), f"https://{host}{path}", page)


def known_names():
    """What the sites are called whose videos we show."""
    return [NAMES.get(host, host) for host in settings.EMBED_HOSTS]


def safe_link(url):
    """An address as a link, where it is one of the web; else nothing."""
    return url if re.match(r"https?://[^/\\\s]", url or "", re.IGNORECASE) else ""


def frame_policy():
    """The site's Content-Security-Policy, with the frames of these hosts."""
    sources = [f"https://{host}" for host in settings.EMBED_HOSTS]
    return settings.CONTENT_SECURITY_POLICY | {"frame-src": sources or ["'none'"]}
