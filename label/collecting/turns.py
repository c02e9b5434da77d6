"""Whose turn it is to be asked: every site in turn, none too often at the same moment.

Hundreds of authors may live on one server. They would all be asked at once, and it would think
itself attacked; or they would all be waited for, and everybody else with them.
"""

from collections import Counter, deque
from collections.abc import Iterable
from urllib.parse import urlsplit

# Asks that one site has to answer at the same moment: as many as one browser has for a page.
MOST_OF_ONE = 6


def site_of(url: str) -> str:
    """The host of an address, with its port, without « www. »; the address where there is none."""
    try:
        return urlsplit(url).netloc.lower().removeprefix("www.") or url
    except ValueError:
        return url


class Turns:
    """A queue of things, each with the address that is to be asked for it."""

    def __init__(self, pairs: Iterable[tuple[object, str]]):
        self.waiting, self.sites, self.in_hand = {}, {}, Counter()
        for thing, url in pairs:
            self.sites[thing] = site_of(url)
            self.waiting.setdefault(self.sites[thing], deque()).append(thing)
        # Sites that may be asked now, each once.
        self.ready = deque(self.waiting)

    def take(self, most: int) -> list:
        """At most so many of those whose turn it is; each is to be given back when it is done."""
        taken = []
        while self.ready and len(taken) < most:
            site = self.ready.popleft()
            taken.append(self.waiting[site].popleft())
            self.in_hand[site] += 1
            self._line_up(site)
        return taken

    def done(self, thing) -> None:
        """It was asked: another one of the same site may be."""
        site = self.sites.pop(thing)
        was_full = self.in_hand[site] >= MOST_OF_ONE
        self.in_hand[site] -= 1
        if was_full:
            self._line_up(site)

    def _line_up(self, site: str) -> None:
        """At the end of the line, while it has something left and a hand free."""
        if self.waiting[site] and self.in_hand[site] < MOST_OF_ONE:
            self.ready.append(site)
