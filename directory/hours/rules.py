"""The rules inside an opening_hours string, as data: for tables, French text and the editor.

The evaluation library answers "open when?" but not "what is written?"; it does print any string
in one canonical form, and that form is what is read here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from directory.hours.syntax import APPOINTMENT, HoursError, parse

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WHOLE_DAY = ((0, 1440),)
ON_APPOINTMENT = "sur rendez-vous"
# What a rule may say of public holidays; None when nothing is said.
HOLIDAYS_CLOSED, HOLIDAYS_UNKNOWN = "closed", "unknown"

# Minutes after midnight of the opening day; an end beyond 1440 is on the next day.
Span = tuple[int, int]
DayHours = tuple[Span, ...] | str

_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH)"
_DAYS = rf"{_DAY}(?:-{_DAY})?(?:\[[-\d,]+\])?"
_TIME = r"\d\d:\d\d"
_SPAN = rf"{_TIME}(?:-{_TIME}\+?|\+)"
RULE = re.compile(
    rf"(?:(?P<season>(?!{_DAYS}|{_SPAN}|closed|unknown|open|24/7|\")[^\"]+?)\s*)?"
    rf"(?P<days>{_DAYS}(?:,{_DAYS})*)?\s*"
    rf"(?P<times>{_SPAN}(?:,{_SPAN})*|24/7)?\s*"
    r"(?P<state>open|closed|unknown)?\s*"
    r"(?:\"(?P<comment>[^\"]*)\")?"
)
SEPARATOR = re.compile(r"(; | \|\| |, )")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `season` and `days` as written, `spans` in minutes, `open_end` for "18:00+"."""

    joiner: str
    season: str
    days: str
    spans: tuple[Span, ...]
    state: str
    comment: str
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class SimpleWeek:
    """A week as seven rows can show it, Monday first; `holidays` is None when nothing is said.

    Each day is a tuple of spans (empty: closed) or ON_APPOINTMENT.
    """

    days: tuple[DayHours, ...]
    holidays: str | None = None


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def _spans(text: str) -> tuple[Span, ...]:
    if text == "24/7":
        return WHOLE_DAY
    spans = []
    for part in text.split(","):
        start, _, end = part.rstrip("+").partition("-")
        first, last = _minutes(start), _minutes(end) if end else 1440
        spans.append((first, last if last > first else last + 1440))
    return tuple(spans)


def _split(canonical: str) -> list[tuple[str, str]]:
    """(joiner, rule) pairs; separators inside quoted comments don't count."""
    parts: list[tuple[str, str]] = []
    joiner, current = ";", ""
    for index, chunk in enumerate(re.split(r"(\"[^\"]*\")", canonical)):
        if index % 2:
            current += chunk
            continue
        pieces = SEPARATOR.split(chunk)
        current += pieces[0]
        for separator, text in zip(pieces[1::2], pieces[2::2], strict=True):
            parts.append((joiner, current))
            joiner, current = separator.strip(), text
    return [*parts, (joiner, current)]


def rules(text: str) -> list[Rule] | None:
    """The rules of a string, or None when one is too rich for this reading.

    Raises HoursError when the string isn't in the syntax at all.
    """
    found = []
    for joiner, written in _split(str(parse(text))):
        match = RULE.fullmatch(written.strip())
        if not match:
            return None
        times = match["times"] or ""
        rule = Rule(
            joiner=joiner,
            season=match["season"] or "",
            days=match["days"] or "",
            spans=_spans(times) if times else (),
            state=match["state"] or "open",
            comment=match["comment"] or "",
            open_end="+" in times,
        )
        found.append(rule)
    return found


def weekdays(days: str) -> list[int] | None:
    """Weekday numbers (Monday 0) of "Mo-Fr,Su"; None with holidays or "the first of the month"."""
    if not days:
        return list(range(7))
    numbers: list[int] = []
    for part in days.split(","):
        first, _, last = part.partition("-")
        if first not in DAYS or (last or first) not in DAYS:
            return None
        start = DAYS.index(first)
        length = (DAYS.index(last or first) - start) % 7
        numbers += [(start + step) % 7 for step in range(length + 1)]
    return numbers


def _day_hours(rule: Rule) -> DayHours | None:
    """What a plain rule says for its days; None when a row of the table cannot say it."""
    if rule.open_end or rule.season:
        return None
    if rule.state == "closed" and not rule.spans and not rule.comment:
        return ()
    if rule.state == "open" and not rule.comment:
        return tuple(sorted(rule.spans or WHOLE_DAY))
    if rule.state == "unknown" and not rule.spans and APPOINTMENT.fullmatch(_bare(rule.comment)):
        return ON_APPOINTMENT
    return None


def _bare(comment: str) -> str:
    """ "sur rendez-vous" without its "sur"."""
    return comment.strip().removeprefix("sur").removeprefix("Sur").strip()


@lru_cache(maxsize=4096)
def simple_week(text: str) -> SimpleWeek | None:
    """The string as a week of seven rows, or None when rows cannot show all that it says."""
    try:
        found = rules(text)
    except HoursError:
        return None
    days: list[DayHours] = [()] * 7
    holidays: str | None = None
    for rule in found or []:
        if rule.days == "PH" and rule.state != "open" and not (rule.season or rule.spans):
            holidays = rule.state if not rule.comment else None
            if holidays is None:
                return None
            continue
        numbers, hours = weekdays(rule.days), _day_hours(rule)
        # A weekday rule after the one on holidays would win over it.
        if rule.joiner != ";" or numbers is None or hours is None or holidays:
            return None
        for number in numbers:
            days[number] = hours
    return SimpleWeek(tuple(days), holidays) if any(days) else None


def clock(minutes: int) -> str:
    """ "09:30" of minutes after midnight; 1440 is "24:00", what lies beyond is the next day's."""
    if minutes > 1440:
        minutes -= 1440
    return f"{minutes // 60:02}:{minutes % 60:02}"


def compose_day(hours: DayHours) -> str:
    """The time part of a rule for one day's hours."""
    if hours == ON_APPOINTMENT:
        return f'unknown "{ON_APPOINTMENT}"'
    return ",".join(f"{clock(start)}-{clock(end)}" for start, end in hours)


def compose_days(numbers: Sequence[int]) -> str:
    """ "Mo-We,Sa" of sorted weekday numbers."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(DAYS[r[0]] + (f"-{DAYS[r[-1]]}" if len(r) > 1 else "") for r in runs)


def grouped(days: Sequence[DayHours]) -> list[tuple[DayHours, list[int]]]:
    """Days that have the same hours together, in order of their first day; closed days left out."""
    groups: dict[DayHours, list[int]] = {}
    for number, hours in enumerate(days):
        if hours:
            groups.setdefault(hours, []).append(number)
    return list(groups.items())


def compose(week: SimpleWeek) -> str:
    """The opening_hours string of a simple week; "" when no day is open."""
    groups = grouped(week.days)
    if not groups:
        return ""
    if groups == [(WHOLE_DAY, list(range(7)))]:
        written = ["24/7"]
    else:
        written = [f"{compose_days(numbers)} {compose_day(hours)}" for hours, numbers in groups]
    if week.holidays:
        written.append("PH off" if week.holidays == HOLIDAYS_CLOSED else "PH unknown")
    return "; ".join(written)
