"""What hours say of given days: held, not held, called off, or not known."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from directory.hours.public_holidays import holiday_name, silent_holiday
from directory.hours.state import OPEN, HoursException, Piece, governing, openings
from directory.hours.syntax import without_closed_days
from directory.hours.words import joined, piece_span, span_text, time_of_day

HELD, OFF, CANCELLED, DOUBTFUL = "held", "off", "cancelled", "doubtful"

DAY = timedelta(days=1)
# An exceptional day this near to one that is called off stands in for it.
STANDS_IN = timedelta(days=6)
NO_PIECES: tuple[Piece, ...] = ()
MIDNIGHT = 1440
OPEN_ENDED = re.compile(r"\d:\d\d\+")
SCHOOL_DOUBT = "selon les vacances scolaires, à vérifier"


@dataclass(frozen=True, slots=True)
class HoursOfDay:
    """One day: whether it is held, its stretches, and what a reader should know of them.

    `pieces` are those that hold; of a day that is called off, those that would have held.
    `usual` are those of an ordinary day where an exception rules, `reason` is why. `open_end`:
    "08:00+" was written, which the evaluation library ends at midnight.
    """

    date: date
    status: str
    pieces: tuple[Piece, ...] = NO_PIECES
    usual: tuple[Piece, ...] = NO_PIECES
    reason: str = ""
    doubt: str = ""
    exceptional: bool = False
    open_end: bool = False

    @property
    def intervals(self) -> list[str]:
        """ "8 h – 13 h" for each stretch, with its comment."""
        return [interval(piece, self.open_end) for piece in self.pieces]

    @property
    def usual_intervals(self) -> list[str]:
        """The same for an ordinary day, where that is another one."""
        if [(p.start, p.end) for p in self.usual] == [(p.start, p.end) for p in self.pieces]:
            return []
        return [interval(piece) for piece in self.usual]

    @property
    def said(self) -> str:
        """ "de 8 h à 13 h et de 15 h à 18 h"."""
        return joined([from_to(piece, self.open_end) for piece in self.pieces])


def interval(piece: Piece, open_end: bool = False) -> str:
    """ "8 h – 13 h (halle)"; with `open_end`, midnight is nobody's word: "à partir de 8 h"."""
    start, end = piece_span(piece)
    said = _from(start) if open_end and end == MIDNIGHT else span_text((start, end))
    return said + _in_brackets(piece)


def from_to(piece: Piece, open_end: bool = False) -> str:
    """ "de 8 h à 13 h"."""
    start, end = piece_span(piece)
    if open_end and end == MIDNIGHT:
        return _from(start) + _in_brackets(piece)
    return f"de {time_of_day(start)} à {time_of_day(end)}" + _in_brackets(piece)


def _from(start: int) -> str:
    return f"à partir de {time_of_day(start)}"


def _in_brackets(piece: Piece) -> str:
    return f" ({piece.note})" if piece.note else ""


def usual_days(text: str, first: date, last: date) -> Mapping[date, tuple[Piece, ...]]:
    """The stretches of each day without exceptions; not to be changed by whoever gets them.

    A thousand markets share a few dozen writings: single days are kept.
    """
    return _usual_day(text, first) if first == last else _by_day(text, (), first, last)


@lru_cache(maxsize=8192)
def _usual_day(text: str, day: date) -> Mapping[date, tuple[Piece, ...]]:
    return _by_day(text, (), day, day)


def _by_day(
    text: str, exceptions: Sequence[HoursException], first: date, last: date
) -> dict[date, tuple[Piece, ...]]:
    found: dict[date, tuple[Piece, ...]] = {}
    for piece in openings(text, exceptions, first, last):
        found[piece.day] = (*found.get(piece.day, ()), piece)
    return found


class HoursOverDays:
    """The days from `first` to `last` of one place: its hours read once, then asked day by day."""

    def __init__(
        self, text: str, exceptions: Sequence[HoursException], first: date, last: date | None = None
    ):
        last = last or first
        self.text = text or ""
        self.exceptions = exceptions
        self.usual = usual_days(self.text, first, last)
        near = [e for e in exceptions if e.start <= last and first <= e.end]
        self.actual = _by_day(self.text, near, first, last) if near else self.usual

    def on(self, day: date) -> HoursOfDay:
        """What is known of a day."""
        ruling = governing(self.exceptions, day)
        usual = self.usual.get(day, NO_PIECES)
        actual = self.actual.get(day, NO_PIECES)
        if ruling is None:
            return self._ordinary(day, usual)
        told = {
            "reason": ruling.note,
            "exceptional": True,
            "open_end": bool(OPEN_ENDED.search(ruling.hours or "")),
        }
        held = _known(actual)
        if held:
            return HoursOfDay(day, HELD, held, _known(usual), **told)
        if actual:
            return HoursOfDay(day, DOUBTFUL, _timed(actual), _known(usual), **told)
        if usual:
            return HoursOfDay(day, CANCELLED, _timed(usual), **told)
        return HoursOfDay(day, OFF, **told)

    def _ordinary(self, day: date, usual: tuple[Piece, ...]) -> HoursOfDay:
        held = _known(usual)
        holiday, doubt = holiday_name(day), ""
        open_end = bool(OPEN_ENDED.search(self.text))
        if silent_holiday(self.text, day):
            doubt = f"jour férié ({holiday}), à vérifier"
        elif "SH" in self.text:
            doubt = SCHOOL_DOUBT
        if held:
            return HoursOfDay(day, HELD, held, doubt=doubt, open_end=open_end)
        if usual:
            return HoursOfDay(day, DOUBTFUL, _timed(usual), reason=_comment(usual), doubt=doubt)
        missed = _missed(self.text, day)
        if missed:
            why = f"jour férié ({holiday})" if holiday else ""
            return HoursOfDay(day, CANCELLED, missed, reason=why, open_end=open_end)
        return HoursOfDay(day, OFF)

    def stand_in(self, day: date) -> HoursOfDay | None:
        """The exceptional day that replaces one that is called off: the nearest, if any."""
        near = []
        for exception in self.exceptions:
            if (exception.hours or "").strip() and abs(exception.start - day) <= STANDS_IN:
                other = HoursOverDays(self.text, self.exceptions, exception.start)
                there = other.on(exception.start)
                if there.status == HELD and not there.usual:
                    near.append(there)
        return min(near, key=lambda other: abs(other.date - day), default=None)


def _known(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Those that are open for sure."""
    return tuple(piece for piece in pieces if piece.state == OPEN)


def _timed(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Without whole days of "unknown", which tell no hours."""
    return tuple(piece for piece in pieces if piece.end - piece.start < DAY)


def _comment(pieces: Sequence[Piece]) -> str:
    return " ".join(dict.fromkeys(piece.note for piece in pieces if piece.note))


def _missed(text: str, day: date) -> tuple[Piece, ...]:
    """What would be held if the hours did not say "PH off" or "Dec 25 off"."""
    plain = without_closed_days(text)
    return _known(usual_days(plain, day, day).get(day, NO_PIECES)) if plain != text else NO_PIECES


def closing(exceptions: Sequence[HoursException], day: date) -> HoursException | None:
    """The exceptional closing that covers a day, or None."""
    ruling = governing(exceptions, day)
    return ruling if ruling and not (ruling.hours or "").strip() else None
