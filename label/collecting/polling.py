"""Ask the sources: many at once, with one hand that writes.

Threads ask and do nothing else: they touch no database. What comes back is read, cleaned and
kept here, one source after the other, so that memory holds a bounded number of answers, and
there is one writer. Whatever one source does, the others are collected.
"""

import logging
import random
import re
import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from home.fetch import FetchError, fetch
from label.collecting import cleaning, outcome, parsing, storing, wanted
from label.collecting.entries import Entry
from label.collecting.leases import Lease
from label.collecting.trusting import moved_house
from label.collecting.turns import Turns
from label.models import Source

# A slow site holds one thread for 10 seconds at most.
THREADS = 24
# Answers in memory, of 2 MB each at most.
AT_ONCE = 32
A_GROUP = 16
# Of a timeline that went on since: so many pages back.
MOST_PAGES = 3
MOST_TRIES = 3
# Seconds that a person waits for another collector.
PATIENCE = 60
LONGEST_PAUSE = timedelta(days=2)
FEEDS = (
    "application/atom+xml, application/rss+xml, application/feed+json, "
    "application/json;q=0.9, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.5"
)
NEXT = re.compile(r'<([^<>\s]{1,2000})>;\s*rel="?next"?')
log = logging.getLogger(__name__)


@dataclass
class Report:
    """What a round brought."""

    sources: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    gone: int = 0
    failed: int = 0
    errors: list = field(default_factory=list)

    def add(self, kept):
        """Count one source that answered."""
        self.sources += 1
        self.created += kept.created
        self.updated += kept.updated
        self.unchanged += kept.unchanged
        self.gone += kept.gone

    def summary(self) -> str:
        """The last line of the command."""
        names = ("sources", "created", "updated", "unchanged", "gone", "failed")
        return " ".join(f"{name}={getattr(self, name)}" for name in names)


@dataclass
class Asking:
    """A source in hand: what was read of it until now."""

    source: Source
    url: str
    entries: list[Entry] = field(default_factory=list)
    first: object = None
    pages: int = 0
    title: str = ""


def poll(numbers, tell=lambda done, total: None, started=None, patient=False) -> Report:
    """Ask the sources with these numbers, whoever of them is free; `tell` hears how far it is.

    `patient`: come back only when another collector has done with those that it has in hand.
    """
    this = Round(list(numbers), tell, started or timezone.now())
    this.run(this.numbers)
    ends = time.monotonic() + PATIENCE
    while patient and this.busy and time.monotonic() < ends:
        time.sleep(0.5)
        this.run(this.busy)
    return this.report


class Round:
    """One pass over some sources."""

    def __init__(self, numbers, tell, started):
        self.numbers, self.tell = numbers, tell
        self.lease = Lease(started)
        self.words = wanted.words()
        self.report = Report()
        self.done = 0
        self.busy = []

    def run(self, numbers):
        """Keep the threads busy until everybody was asked."""
        self.busy = []
        theirs = Source.objects.filter(pk__in=numbers).order_by("next_poll_at", "pk")
        turns = Turns(theirs.values_list("pk", "url"))
        asked, waiting = {}, []
        pool = ThreadPoolExecutor(THREADS, thread_name_prefix="collect")
        try:
            while True:
                # Few at a time are taken: who waits long for their turn would be free again.
                while len(waiting) < A_GROUP and (group := turns.take(A_GROUP)):
                    waiting += self.lease_of(group, turns)
                while waiting and len(asked) < AT_ONCE:
                    asking = waiting.pop(0)
                    asked[pool.submit(ask, asking, self.words.digest(asking.source))] = asking
                if not asked:
                    return
                finished, _ = wait(asked, return_when=FIRST_COMPLETED)
                for future in finished:
                    asking = asked.pop(future)
                    if self.take(asking, future):
                        turns.done(asking.source.pk)
                    else:
                        waiting.insert(0, asking)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            self.lease.give_back()

    def lease_of(self, group, turns) -> list[Asking]:
        """Take these sources; who is not free has had their turn."""
        taken = self.lease.take(group, timezone.now())
        self.busy += self.lease.busy(group, timezone.now())
        for number in {*group}.difference(source.pk for source in taken):
            turns.done(number)
        return [Asking(source, source.url) for source in taken]

    def take(self, asking: Asking, future) -> bool:
        """Keep what a source said; False when another page of it is to be asked for first."""
        try:
            if self.read(asking, future):
                return False
        except (FetchError, parsing.Unreadable) as error:
            self.failed(asking.source, str(error))
        except Exception:
            log.exception("source %s failed", asking.source.pk)
            self.failed(asking.source, "Un souci chez nous : il est noté dans le journal.")
        self.done += 1
        self.tell(self.done, len(self.numbers))
        return True

    def read(self, asking: Asking, future) -> bool:
        """Read an answer, and keep it unless there is more; True when there is."""
        try:
            answer = future.result()
        except FetchError:
            if not asking.pages:
                raise
            # The first page is there: the rest comes another time.
            self.keep(asking)
            return False
        if asking.pages and answer.status != 200:
            self.keep(asking)
            return False
        said = outcome.of(answer)
        if said == outcome.NOTHING_NEW:
            self.keep(asking)
            return False
        if said != outcome.CONTENT:
            self.failed(asking.source, outcome.sentence(answer), said, answer.retry_after)
            return False
        page = parsing.read(asking.source.kind, answer.body, answer.content_type, answer.url)
        asking.pages += 1
        asking.entries += page.entries
        asking.first = asking.first or answer
        asking.title = asking.title or page.title
        following = older(answer, page)
        if self.has_more(asking, page, following):
            asking.url = following
            return True
        self.keep(asking)
        return False

    def has_more(self, asking: Asking, page, following: str) -> bool:
        """Whether all of a timeline's page is new, so that older ones may be, too."""
        source = asking.source
        if source.kind != Source.Kind.TIMELINE or asking.pages >= MOST_PAGES or not page.entries:
            return False
        if not following or urlsplit(following).netloc != urlsplit(asking.url).netloc:
            return False
        names = [cleaning.guid_that_fits(one.guid) for one in page.entries]
        return not source.sightings.filter(guid__in=names).exists()

    def keep(self, asking: Asking):
        """Write down what a source said, its entries and its health, in one transaction."""
        ready = storing.prepare(asking.source, asking.entries, self.words)
        for tries_left in reversed(range(MOST_TRIES)):
            try:
                kept = self.write(asking, ready)
                break
            except (IntegrityError, OperationalError):
                # On PostgreSQL another collector may keep the same publication just now.
                if not tries_left:
                    raise
        if kept:
            self.report.add(kept)

    @transaction.atomic
    def write(self, asking: Asking, ready):
        """Inside the transaction; None when the source is no longer ours, or another one now."""
        source, now, kept = self.lease.held(asking.source), timezone.now(), storing.Kept()
        if not source or source.url != asking.source.url:
            return None
        source.failures, source.last_error = 0, ""
        if asking.pages and moved_house(source, asking.first.moved):
            self.note_new_house(source, asking.first.moved)
        elif asking.pages:
            kept = storing.store(source, ready, self.words, now)
            self.note_answer(source, asking)
        source.brought += kept.created
        source.polled_at = source.succeeded_at = now
        source.wait_until, source.next_poll_at = None, now + pause(source)
        source.read_for = self.words.digest(source)
        release(source)
        return kept

    def note_new_house(self, source, moved):
        """Whether the new site is the same person's, a volunteer says; until then, nothing."""
        there = f"Déménagée vers un autre site, {urlsplit(moved).netloc[:100]}"
        source.state = Source.State.PAUSED
        source.last_error = f"{there} : voyez si c’est la même personne, puis reprenez."
        if len(moved) <= 500 and not Source.objects.filter(url=moved).exists():
            source.address, source.url, source.etag, source.last_modified = moved, moved, "", ""

    def note_answer(self, source, asking: Asking):
        """Its name, what to ask with the next time, and where it moved for good."""
        answer = asking.first
        source.etag, source.last_modified = answer.etag, answer.last_modified
        source.title = source.title or asking.title[:200]
        if not answer.moved or len(answer.moved) > 500 or answer.moved == source.url:
            return
        twin = Source.objects.filter(url=answer.moved).exclude(pk=source.pk).first()
        if twin:
            source.state = Source.State.PAUSED
            source.last_error = f"Déménagée à l’adresse d’une autre source : « {twin} »."[:300]
        else:
            # Also what is shown: the old address may be somebody else's one day.
            if source.address == source.url:
                source.address = answer.moved
            source.url = answer.moved

    def failed(self, source, sentence, said=outcome.FAILURE, retry_after=None):
        """Note why; ask again ever more rarely, not before the time that it named itself."""
        now = timezone.now()
        with transaction.atomic():
            source = self.lease.held(source)
            if not source:
                return
            source.failures = min(source.failures + 1, 32_000)
            source.last_error, source.polled_at = sentence[:300], now
            source.next_poll_at = now + pause(source)
            if retry_after is not None:
                source.wait_until = now + timedelta(seconds=retry_after)
                source.next_poll_at = max(source.next_poll_at, source.wait_until)
            if said == outcome.GONE:
                source.state = Source.State.GONE
            release(source)
        self.report.sources += 1
        self.report.failed += 1
        self.report.errors.append(f"{source.pk} {source} : {sentence}")


def ask(asking: Asking, digest: str):
    """What a source answers; raises a `FetchError`. Runs in a thread, without database."""
    source = asking.source
    known = not asking.pages and source.read_for == digest
    return fetch(
        asking.url,
        accept=FEEDS,
        etag=source.etag if known else "",
        last_modified=source.last_modified if known else "",
    )


def older(answer, page) -> str:
    """The address of the next page, by the answer or its header (RFC 8288); "" for none."""
    match = NEXT.search(answer.headers.get("link", ""))
    try:
        return page.next_url or (urljoin(answer.url, match[1]) if match else "")
    except ValueError:
        return ""


def pause(source) -> timedelta:
    """Until the next time: its interval, doubled with each failure, never quite the same."""
    usual = timedelta(minutes=source.interval)
    longest = max(LONGEST_PAUSE, usual)
    doubled = min(usual * 2 ** min(source.failures, 10), longest)
    return doubled * random.uniform(0.9, 1.1)  # noqa: S311 -- spreads requests, keeps no secret


WRITTEN = (
    *("address", "url", "title", "state", "etag", "last_modified", "read_for", "failures"),
    *("last_error", "polled_at", "succeeded_at", "brought", "next_poll_at", "wait_until"),
    *("leased_by", "leased_until"),
)


def release(source):
    """Write what collecting knows of a source, nothing that a person types, and let it go."""
    source.leased_by, source.leased_until = "", None
    source.save(update_fields=WRITTEN)
