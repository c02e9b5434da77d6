"""One list of all that waits for a volunteer, whichever room it belongs to.

A room says what waits with it (`offer`, from its app's `ready`); here it is put in one order, the
oldest first, and counted. Nobody has to look in two places.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice

from django.db.models import QuerySet
from django.utils import timezone

# What a list may be asked for: what waits, what was asked back, what is done.
WAITING, ASKED, HANDLED = "", "precision", "traitees"
RIGHT = "directory.change_listingrequest"


@dataclass(frozen=True)
class Entry:
    """One line of the list."""

    when: datetime
    title: str
    kind: str
    text: str
    state: str
    url: str
    who: str = ""
    by: str = ""
    note: str = ""


@dataclass(frozen=True)
class Source:
    """What waits in one room: its kinds, and how to ask for them.

    `found(state, kind)` is a query, the oldest first (what is handled, the newest); kind "" is
    any. `entry(row, state)` is its line. `since` names the field that says since when it waits.
    """

    name: str
    kinds: tuple[tuple[str, str], ...]
    since: str
    found: Callable[[str, str], QuerySet]
    entry: Callable[[object, str], Entry]


_sources: dict[str, Source] = {}


def offer(source: Source) -> None:
    """Take a source in; rooms call it when they are ready."""
    _sources[source.name] = source


def kinds() -> list[tuple[str, str]]:
    """All kinds there are: [(code, label)]."""
    return [kind for source in _sources.values() for kind in source.kinds]


def summary() -> tuple[int, int | None]:
    """How many wait, and for how many days the oldest one has: (count, days or None)."""
    count, oldest = 0, None
    for source in _sources.values():
        found = source.found(WAITING, "")
        here = found.count()
        count += here
        if here and (row := found.first()):
            when = source.entry(row, WAITING).when
            oldest = min(oldest, when) if oldest else when
    return count, (timezone.now() - oldest).days if oldest else None


class Lines:
    """The lines of one list, as a paginator wants them."""

    def __init__(self, state: str, kind: str):
        self.state = state
        self.queries = [
            (source, source.found(state, kind))
            for source in _sources.values()
            if not kind or kind in dict(source.kinds)
        ]

    def count(self) -> int:
        """How many."""
        return sum(found.count() for _, found in self.queries)

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Entry]:
        """One page: no source is asked for more than its end."""
        lists = [
            [source.entry(row, self.state) for row in found[: part.stop]]
            for source, found in self.queries
        ]
        newest_first = self.state == HANDLED
        in_order = merge(*lists, key=lambda entry: entry.when, reverse=newest_first)
        return list(islice(in_order, part.start, part.stop))


def following(url: str, after: datetime | None = None) -> str:
    """The page of the next case that waits: the oldest, or the next after a moment; "" if none.

    `url` is the page of the case that one comes from.
    """
    found = []
    for source in _sources.values():
        rows = source.found(WAITING, "")
        if after is None:
            found += [source.entry(row, WAITING) for row in rows[:2]]
            continue
        at_once = rows.filter(**{source.since: after})
        later = rows.filter(**{f"{source.since}__gt": after})[:1]
        found += [source.entry(row, WAITING) for row in (*at_once, *later)]
    # Of two that came at the same moment, the addresses say which is first.
    ways = [(entry.when, entry.url) for entry in found if entry.url != url]
    return min([way for way in ways if after is None or way > (after, url)], default=("", ""))[1]
