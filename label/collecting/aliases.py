"""Networks give one publication several addresses: which of them is the one that names it.

Pure: no network is asked. Addresses of a shape that is not known here stay as they are.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

YOUTUBE_HOSTS = {
    *("youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "youtu.be"),
    *("youtube-nocookie.com", "www.youtube-nocookie.com"),
}
YOUTUBE = "https://www.youtube.com"
FILM = re.compile(r"/(?:(?:shorts|live|embed|v|e)/)?([\w-]{11})(?:/.*)?", re.ASCII)
CHANNEL = re.compile(r"/(@[\w.·%-]{1,180}|channel/UC[\w-]{10,40}|(?:c|user)/[\w%-]{1,100})(?:/.*)?")
BLUESKY = "https://bsky.app"
AT = re.compile(r"at://(did:[a-z0-9]{1,20}:[\w.:%-]{1,200})/app\.bsky\.feed\.post/([\w.~-]{1,100})")
PROFILE = re.compile(r"/profile/([\w.:%-]{1,250})((?:/post/[\w.~-]{1,100})?)/?")
FLICKR_HOSTS = {"flickr.com", "www.flickr.com", "m.flickr.com"}
FLICKR_PHOTO = re.compile(r"/photos/([\w@-]{1,60})/([0-9]{1,20})(?:/.*)?")
# The same post of a Mastodon server, as its programs and as its readers call it.
STATUS = re.compile(r"/(?:users/([^/?#]+)/statuses|web/@([^/?#]+))/([0-9]+)(?:/activity)?")
# The same film of a PeerTube server: its number in full, or in 22 letters and figures.
PEERTUBE = re.compile(r"/(?:w|videos/(?:watch|embed))/([0-9a-fA-F-]{36}|[1-9A-HJ-NP-Za-km-z]{22})")
# As the package « short-uuid » has it, by which PeerTube shortens.
LETTERS = "123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"


def one_of_many(url: str) -> str:
    """The address that names what this one leads to, as far as its shape tells."""
    parts = urlsplit(url)
    host, origin = parts.netloc, f"{parts.scheme}://{parts.netloc}"
    if host in YOUTUBE_HOSTS:
        return of_youtube(url, host, parts.path, parts.query)
    if host == "bsky.app" and (profile := PROFILE.fullmatch(parts.path)):
        return f"{BLUESKY}/profile/{profile[1].lower()}{profile[2]}"
    if host in FLICKR_HOSTS and (photo := FLICKR_PHOTO.fullmatch(parts.path)):
        return f"https://www.flickr.com/photos/{photo[1]}/{photo[2]}/"
    if status := STATUS.fullmatch(parts.path):
        query = f"?{parts.query}" if parts.query else ""
        return f"{origin}/@{status[1] or status[2]}/{status[3]}{query}"
    if film := PEERTUBE.fullmatch(parts.path):
        number = film_number(film[1])
        return f"{origin}/videos/watch/{number}" if number else url
    return url


def of_youtube(url: str, host: str, path: str, query: str) -> str:
    """A film or a channel on YouTube; « youtu.be » has nothing but films."""
    named = parse_qs(query, max_num_fields=50).get("v", [""])[0] if path == "/watch" else ""
    film = FILM.fullmatch(f"/{named}" if named else path)
    if film and (named or host == "youtu.be" or path.count("/") > 1):
        return f"{YOUTUBE}/watch?v={film[1]}"
    channel = CHANNEL.fullmatch(path)
    if channel:
        # Handles are the same in capitals, numbers of channels are not.
        name = channel[1].lower() if channel[1].startswith("@") else channel[1]
        return f"{YOUTUBE}/{name}"
    return url


def film_number(name: str) -> str:
    """A film's number in full; "" for what is none."""
    try:
        number = UUID(name) if len(name) == 36 else UUID(int=shortened(name))
    except ValueError:
        return ""
    return str(number) if number.version == 4 else ""


def shortened(name: str) -> int:
    """The number that these letters stand for."""
    number = 0
    for letter in name:
        number = number * len(LETTERS) + LETTERS.index(letter)
    return number


def of_bluesky(url: str) -> str:
    """The page of a post that is named as programs do (at://…); the address itself for others."""
    post = AT.fullmatch(url.strip())
    return f"{BLUESKY}/profile/{post[1]}/post/{post[2]}" if post else url


def author_of(url: str) -> str:
    """An author's page in its one form: for Mastodon, programs call it « /users/… »."""
    parts = urlsplit(url)
    name = re.fullmatch(r"/users/([^/?#]+)/?", parts.path)
    return f"{parts.scheme}://{parts.netloc}/@{name[1]}" if name else url
