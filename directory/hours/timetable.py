"""Today's and tomorrow's opening hours as bare numbers, so that a browser tells what is open.

Minutes count from the day's first midnight in the site's time zone, as time really passes: on the
day that summer time begins, eight o'clock is minute 420.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

from django.utils import timezone

from directory.hours.state import DAY, OPEN, HoursException, openings

MOST_KNOWN = 32_768


class Timetable(NamedTuple):
    """Two days: minutes from, to, from, to … when it is open, and when nobody knows.

    What began the evening before starts at 0; tomorrow's late opening runs past the second day.
    Where both say something, it is open.
    """

    open: tuple[int, ...] = ()
    doubts: tuple[int, ...] = ()


def midnight(day: date) -> int:
    """The first moment of a day in the site's time zone, in Unix seconds."""
    return _seconds(datetime.combine(day, time.min))


class KnownDay(dict):
    """{hours: the number of their timetable on a day}: each is worked out once a day in a process.

    `tables` holds the timetables by their numbers. The number is None where nothing is known.
    """

    def __init__(self, day: date):
        self.day = day
        self.tables: list[Timetable] = []
        self._numbers: dict[Timetable, int] = {}
        self._with_exceptions: dict[tuple, int | None] = {}
        self._lock = Lock()

    def __missing__(self, text: str) -> int | None:
        if len(self) >= MOST_KNOWN:
            self.clear()
        self[text] = found = self.number(timetable(text, (), self.day))
        return found

    def with_exceptions(self, text: str, exceptions: tuple[HoursException, ...]) -> int | None:
        """The number of the timetable that hours and exceptions come to."""
        key = text, exceptions
        if key not in self._with_exceptions:
            if len(self._with_exceptions) >= MOST_KNOWN:
                self._with_exceptions.clear()
            self._with_exceptions[key] = self.number(timetable(text, exceptions, self.day))
        return self._with_exceptions[key]

    def number(self, table: Timetable | None) -> int | None:
        """The number of a timetable, the same for equal ones; also for other threads."""
        if table is None:
            return None
        with self._lock:
            number = self._numbers.setdefault(table, len(self.tables))
            if number == len(self.tables):
                self.tables.append(table)
        return number


@lru_cache(maxsize=2)
def known_day(day: date) -> KnownDay:
    """What is known of a day, kept until the day after the next one is asked for."""
    return KnownDay(day)


def timetable(text: str, exceptions: Sequence[HoursException], day: date) -> Timetable | None:
    """The two days from `day`, exceptions applied; None where nothing at all is known."""
    zero = midnight(day)
    end = (midnight(day + 2 * DAY) - zero) // 60
    stretches = {True: [], False: []}
    for piece in openings(text or "", exceptions, day - DAY, day + DAY):
        start = max(0, (_seconds(piece.start) - zero) // 60)
        stop = (_seconds(piece.end) - zero) // 60
        if stop > start:
            stretches[piece.state == OPEN].append((start, stop))
    found = Timetable(_joined(stretches[True]), _joined(stretches[False]))
    return None if found == Timetable((), (0, end)) else found


def _seconds(moment: datetime) -> int:
    return int(timezone.make_aware(moment).timestamp())


def _joined(stretches: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """Stretches in order, those that touch made one, as one row of numbers."""
    row: list[int] = []
    for start, stop in sorted(stretches):
        if row and start <= row[-1]:
            row[-1] = max(row[-1], stop)
        else:
            row += [start, stop]
    return tuple(row)
