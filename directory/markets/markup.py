"""The markup of who stands at a market: kept by all that it shows, as cards are.

A Saturday has some hundred lines of this kind, and most are the same after any change
(docs/decisions/0020).
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from directory.markets.stands import Absent, Holder

# Some 2 kB each.
MOST_KEPT = 2048


class Line(NamedTuple):
    """Somebody who stands there, as the page says it; `hours` only where they differ."""

    url: str
    name: str
    sells: str
    hours: str
    note: str
    doubt: str
    labelled: bool


class Away(NamedTuple):
    """Somebody who does not, and why."""

    url: str
    name: str
    reason: str


def holders(several: Iterable[Holder], absent: Iterable[Absent]) -> SafeString:
    """The list of who stands at a market on a day, and of who does not."""
    lines = tuple(
        Line(
            one.listing.get_absolute_url(),
            one.listing.name,
            one.sells,
            ", ".join(one.intervals),
            one.note,
            one.doubt,
            one.listing.labelled,
        )
        for one in several
    )
    away = tuple(
        Away(one.listing.get_absolute_url(), one.listing.name, one.reason) for one in absent
    )
    return lasting(lines, away)


@lru_cache(maxsize=MOST_KEPT)
def lasting(lines: tuple[Line, ...], absent: tuple[Away, ...]) -> SafeString:
    """The markup of these lines."""
    return render_to_string("directory/_holders.html", {"holders": lines, "absent": absent})
