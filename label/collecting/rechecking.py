"""Ask the originals of publications, now and then, whether they are still there.

« Deleted » is 404 or 410, or the network's own word. Anything else (a failure, a refusal, a
certificate that is over) means nothing. Rarely: a day later, then ever less often.
"""

import json
import logging
import re
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote, urlsplit

from django.db import transaction
from django.utils import timezone

from home.fetch import Fetched, FetchError, fetch
from label.collecting import vanishing
from label.collecting.turns import Turns
from label.models import Item

THREADS = 8
AT_ONCE = 16
MOST = 200
# One that was begun and never finished is begun anew after this.
TRY = timedelta(minutes=30)
RAREST = timedelta(days=30)
BLUESKY = "https://public.api.bsky.app/xrpc/app.bsky.feed.getPosts?uris="
POST = re.compile(r"https://bsky\.app/profile/(did:[^/]+)/post/([^/]+)")
YOUTUBE = "https://www.youtube.com/oembed?format=json&url="
VIDEO_HOSTS = ("www.youtube.com", "youtube.com", "m.youtube.com", "youtu.be")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Witness:
    """Whom to ask about a publication; `counts` if the body says it rather than the status."""

    url: str
    counts: bool = False


def witness(item: Item) -> Witness | None:
    """The page itself; the open interface of networks whose pages are there whatever happens."""
    post = POST.fullmatch(item.canonical_uri)
    if post:
        name = f"at://{post[1]}/app.bsky.feed.post/{post[2]}"
        return Witness(BLUESKY + quote(name, safe=""), counts=True)
    url = item.canonical_uri if item.canonical_uri.startswith("http") else item.url
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    if host in VIDEO_HOSTS:
        return Witness(YOUTUBE + quote(url, safe=""))
    return Witness(url)


def is_gone(asked: Witness) -> bool | None:
    """Whether it was deleted; None when nobody can tell. Runs in a thread, without database."""
    try:
        answer = fetch(asked.url)
    except FetchError:
        return None
    if asked.counts:
        return has_none(answer)
    if answer.status in (404, 410):
        return True
    return False if answer.status == 200 else None


def has_none(answer: Fetched) -> bool | None:
    """Whether a network's interface knows no such post."""
    try:
        posts = json.loads(answer.body)["posts"] if answer.status == 200 else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return posts == [] if isinstance(posts, list) else None


def due(now):
    """Publications to be asked about, the longest waiting first."""
    return Item.objects.filter(recheck_at__lte=now).order_by("recheck_at", "pk")


def recheck(numbers=None) -> int:
    """Ask about what is due (of these only, if given); returns how many are gone."""
    now, gone = timezone.now(), 0
    chosen = due(now) if numbers is None else due(now).filter(pk__in=numbers)
    items = {item.pk: (item, witness(item)) for item in chosen[:MOST] if claim(item, now)}
    turns = Turns((pk, asked.url if asked else "") for pk, (_, asked) in items.items())
    with ThreadPoolExecutor(THREADS, thread_name_prefix="recheck") as pool:
        asking = {}
        while True:
            for pk in turns.take(AT_ONCE - len(asking)):
                asking[pool.submit(answer_of, items[pk][1])] = pk
            if not asking:
                return gone
            for future in wait(asking, return_when=FIRST_COMPLETED)[0]:
                pk = asking.pop(future)
                turns.done(pk)
                gone += noted(pk, future)


def answer_of(asked: Witness | None) -> bool | None:
    """What whoever knows says; None where there is nobody to ask."""
    return asked and is_gone(asked)


def noted(pk, future) -> int:
    """The same, written down; one publication that nobody foresaw holds up no other."""
    try:
        return note(pk, future.result(), timezone.now())
    except Exception:
        log.exception("recheck of item %s failed", pk)
        return 0


def claim(item, now) -> bool:
    """Take it for asking; False when another process has just done so."""
    mine = Item.objects.filter(pk=item.pk, recheck_at=item.recheck_at)
    return bool(mine.update(recheck_at=now + TRY))


@transaction.atomic
def note(pk, said, now) -> int:
    """Write down what was said about a publication; 1 if it left the site by that."""
    item = Item.objects.select_for_update().filter(pk=pk).first()
    if not item:
        return 0
    if said and item.is_held:
        # Asked once more: a site may lose its pages for an hour.
        vanishing.take_off(item, now + vanishing.FIRST_RECHECK)
        return 1
    if said and item.state == Item.State.GONE:
        vanishing.forget(item)
    elif said is False and item.state == Item.State.GONE:
        item.state, item.photo_due_at = Item.State.WAITING, now if item.photo_url else None
        item.recheck_at = now + later(item, now)
        item.save()
    else:
        Item.objects.filter(pk=pk).update(
            recheck_at=now + later(item, now), checked_at=item.checked_at if said is None else now
        )
    return 0


def later(item, now) -> timedelta:
    """Half of how long we know it: a day at least, a month at most."""
    return min(max((now - item.seen_at) / 2, vanishing.FIRST_RECHECK), RAREST)
