"""Opening hours: is a place open, closed, or don't we know?

Hours are stored in OpenStreetMap's syntax
(https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification) and evaluated when read.
Times of the syntax are wall-clock times of the site's time zone; public holidays are those of the
country set (`COUNTRY`).
What cannot be read is unknown: it is never taken for open.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from heapq import merge
from typing import Protocol

from django.utils import timezone
from opening_hours import OpeningHours, State

from directory.hours.syntax import APPOINTMENT, HORIZON, read

OPEN, CLOSED, UNKNOWN = "open", "closed", "unknown"

# An opening that runs past midnight belongs to the evening before if it ends by noon.
LATE_LIMIT = timedelta(hours=12)
DAY = timedelta(days=1)

STATES = {State.OPEN: OPEN, State.CLOSED: CLOSED, State.UNKNOWN: UNKNOWN}


class HoursException(Protocol):
    """A period with other hours than usual: `start` and `end` included, "" means closed."""

    start: date
    end: date
    hours: str
    note: str


@dataclass(frozen=True, slots=True)
class HoursState:
    """The state of a place at one moment.

    `until` is the next change of state and `next_open` the next opening (both aware; None when
    there is none within a year). `exception` is the period that rules on that day.
    """

    state: str
    until: datetime | None = None
    next_open: datetime | None = None
    note: str = ""
    exception: HoursException | None = None

    @property
    def is_open(self) -> bool:
        """True only when it is known to be open."""
        return self.state == OPEN


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """A stretch of one state that isn't "closed", in wall-clock times, owned by `day`."""

    start: datetime
    end: datetime
    state: str
    note: str
    day: date


def _local(when: datetime) -> datetime:
    """The wall-clock time of the site's time zone, without zone."""
    return timezone.localtime(when).replace(tzinfo=None)


def _aware(moment: datetime | None, after: datetime | None = None) -> datetime | None:
    """Put the site's time zone on a wall-clock time.

    In the hour that the autumn change repeats, the second pass is meant when the first is over.
    """
    if moment is None:
        return None
    aware = timezone.make_aware(moment)
    if after is not None and aware.timestamp() < after.timestamp():
        aware = timezone.make_aware(moment.replace(fold=1))
    return aware


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)


def _by_day(start: datetime, end: datetime, state: str, note: str) -> Iterator[Piece]:
    """Cut a long stretch at midnight; a late opening stays whole, with the evening before."""
    while start < end:
        next_day = _midnight(start.date()) + DAY
        stop = end if end <= next_day + LATE_LIMIT and end - start < DAY else min(end, next_day)
        yield Piece(start, stop, state, note, start.date())
        start = stop


def _pieces(text: str, first: date, last: date) -> Iterator[Piece]:
    """What the hours say for the days from `first` to `last`, in order; unreadable is unknown."""
    start, end = _midnight(first), _midnight(last) + DAY
    hours, _ = read(text)
    if hours is None:
        yield from _by_day(start, end, UNKNOWN, "")
        return
    # From the day before, whose late opening would else look like an early one of the first.
    for begin, finish, state, note in _stretches(hours, "||" in text, start - DAY, end):
        if state is not State.CLOSED:
            for piece in _by_day(begin, finish, STATES[state], note):
                if first <= piece.day <= last:
                    yield piece


def _stretches(
    hours: OpeningHours, with_fallback: bool, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime, State, str]]:
    """The library's intervals, and a morning more, so that the last evening is seen whole.

    With a fallback rule ("||") the library loses count after the first day: one day at a time.
    """
    if not with_fallback:
        yield from hours.intervals(start, end + LATE_LIMIT)
        return
    while start < end:
        yield from hours.intervals(start, start + DAY)
        start += DAY


def governing(exceptions: Sequence[HoursException], day: date) -> HoursException | None:
    """The exception that rules on a day: the shortest, as the most precise, of those around it."""
    around = [e for e in exceptions if e.start <= day <= e.end]
    return min(around, key=lambda e: e.end - e.start, default=None)


def _exception_pieces(
    exceptions: Sequence[HoursException], first: date, last: date
) -> Iterator[Piece]:
    for exception in exceptions:
        start, end = max(exception.start, first), min(exception.end, last)
        if start > end or not (exception.hours or "").strip():
            continue
        for piece in _pieces(exception.hours, start, end):
            if governing(exceptions, piece.day) is exception:
                yield piece


def openings(
    text: str, exceptions: Sequence[HoursException], first: date, last: date
) -> Iterator[Piece]:
    """Stretches that are open or unknown, exceptions applied, for days from `first` to `last`."""
    usual = (p for p in _pieces(text, first, last) if governing(exceptions, p.day) is None)
    return merge(usual, sorted(_exception_pieces(exceptions, first, last)))


def _changes(
    pieces: Iterable[Piece], now: datetime
) -> Iterator[tuple[datetime, datetime, str, str]]:
    """Join what touches and has the same state; skip what is over."""
    current: Piece | None = None
    for piece in pieces:
        if piece.end <= now:
            continue
        if current and piece.state == current.state and piece.start <= current.end:
            current = replace(current, end=max(current.end, piece.end))
            continue
        if current:
            yield current.start, current.end, current.state, current.note
        current = piece
    if current:
        yield current.start, current.end, current.state, current.note


def _walk(
    text: str, exceptions: Sequence[HoursException], now: datetime
) -> tuple[str, datetime | None, datetime | None, str]:
    """State, next change, next opening and note, when exceptions are near."""
    today = now.date()
    limit = _midnight(today) + HORIZON
    state, until, next_open, note = CLOSED, None, None, ""
    pieces = openings(text, exceptions, today - DAY, limit.date() - DAY)
    for start, end, kind, comment in _changes(pieces, now):
        if start <= now:
            if state != OPEN:
                state, until, note = kind, end, comment
            continue
        if state == CLOSED and until is None:
            until = start
        if kind == OPEN:
            next_open = start
            break
    return state, until if until and until < limit else None, next_open, note


def _ask(hours: OpeningHours, now: datetime) -> tuple[str, datetime | None, datetime | None, str]:
    """State, next change, next opening and note, straight from the library."""
    state, note = hours.state(now)
    until = next_open = hours.next_change(now)
    if until and hours.state(until)[0] is not State.OPEN:
        coming = hours.intervals(until, until + HORIZON)
        next_open = next((start for start, _, kind, _ in coming if kind is State.OPEN), None)
    return STATES[state], until, next_open, note


def _nearby(exceptions: Iterable[HoursException], today: date) -> list[HoursException]:
    """The exceptions that can matter from yesterday on, within the horizon."""
    return [e for e in exceptions if today - DAY <= e.end and e.start <= today + HORIZON]


def state_at(text: str, exceptions: Iterable[HoursException], when: datetime) -> HoursState:
    """The state at an aware moment; exceptions win on their days, also over unknown hours.

    Never raises for what is stored: unreadable hours are unknown.
    """
    text, now = text or "", _local(when)
    near = _nearby(exceptions, now.date())
    hours, _ = read(text)
    if near or (hours and "||" in text):
        state, until, next_open, note = _walk(text, near, now)
    elif hours is None:
        state, until, next_open, note = UNKNOWN, None, None, ""
    else:
        state, until, next_open, note = _ask(hours, now)
    ruling = governing(near, now.date())
    if ruling and ruling.note:
        note = ruling.note
    elif hours is None and not ruling and APPOINTMENT.search(text):
        note = "sur rendez-vous"
    return HoursState(
        state=state,
        until=_aware(until, when),
        next_open=None if state == OPEN else _aware(next_open, when),
        note=note,
        exception=ruling,
    )


def evaluate_many(
    rows: Iterable[tuple[Hashable, str, Iterable[HoursException]]], when: datetime
) -> dict[Hashable, str]:
    """ "open", "closed" or "unknown" for many (key, hours, exceptions) at one aware moment.

    Only the state, to filter and to mark pins: some microseconds a row once the hours were read.
    """
    now = _local(when)
    today = now.date()
    known: dict[str, str] = {}
    states: dict[Hashable, str] = {}
    for key, text, exceptions in rows:
        text = text or ""
        begun = [e for e in _nearby(exceptions, today) if e.start <= today]
        if begun:
            states[key] = _walk(text, begun, now)[0]
            continue
        if text not in known:
            hours, _ = read(text)
            known[text] = STATES[hours.state(now)[0]] if hours else UNKNOWN
        states[key] = known[text]
    return states
