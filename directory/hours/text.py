"""What a page says of opening hours: today's sentence, the coming week, the usual week."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone

from directory.hours.public_holidays import holiday_name, silent_holiday
from directory.hours.rules import ON_APPOINTMENT, Rule, rules, simple_week, weekdays
from directory.hours.state import (
    CLOSED,
    OPEN,
    UNKNOWN,
    HoursException,
    HoursState,
    Piece,
    governing,
    openings,
    state_at,
)
from directory.hours.syntax import APPOINTMENT, HoursError, is_valid
from directory.hours.words import (
    DAY_NAMES,
    NBSP,
    ROUND_THE_CLOCK,
    day_name,
    day_of_month,
    piece_span,
    rule_text,
    season_text,
    span_text,
    time_of_day,
)

UNKNOWN_HOURS = "Horaires inconnus"
CALL_FIRST = f"{UNKNOWN_HOURS}{NBSP}: appelez avant de passer"
HOLIDAY_DOUBT = "jour férié, à vérifier"
VARIABLE = f"Horaires variables{NBSP}: voir les prochains jours"
SOON = 60  # minutes
DAYS_AHEAD = 7


@dataclass(frozen=True, slots=True)
class Day:
    """One dated day: `intervals` are ready to print, `unknown` when nothing is known of it."""

    date: date
    label: str
    intervals: list[str]
    is_today: bool
    closed: bool
    unknown: bool
    note: str
    holiday: str


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One row of the usual week: "lundi – vendredi" and its intervals (none: closed).

    `weekdays` are the days it stands for, Monday is 0.
    """

    label: str
    intervals: list[str]
    closed: bool
    weekdays: range


@dataclass(frozen=True, slots=True)
class RegularWeek:
    """The usual week from Monday to Sunday, and what else is written, as French sentences."""

    rows: list[WeekRow]
    remarks: list[str]
    season: str = ""


def _minutes_between(start: datetime, end: datetime) -> int:
    """Minutes that really pass, also over a change of clock; rounded up."""
    return -int((start.timestamp() - end.timestamp()) // 60)


def _clock(moment: datetime) -> str:
    return time_of_day(moment.hour * 60 + moment.minute)


def _until(state: HoursState, now: datetime) -> str:
    """ "Ouvert jusqu’à …"."""
    if state.until is None:
        return f"Ouvert {ROUND_THE_CLOCK}"
    until = timezone.localtime(state.until)
    days = (until.date() - now.date()).days
    if until.hour == until.minute == 0:
        days -= 1
        last = until.date() - timedelta(days=1)
        when = "minuit"
    else:
        last, when = until.date(), _clock(until)
    if days <= 0 or (days == 1 and until.hour < 12):
        return f"Ouvert jusqu’à {when}"
    if days < DAYS_AHEAD:
        return f"Ouvert jusqu’à {DAY_NAMES[last.weekday()]} {when}"
    return f"Ouvert {ROUND_THE_CLOCK} jusqu’au {day_of_month(last)}"


def _opening(moment: datetime, now: datetime) -> str:
    """ "à 15 h", "demain à 9 h", "samedi à 9 h", "le 4 avril à 8 h"."""
    days = (moment.date() - now.date()).days
    at = f"à {'minuit' if moment.hour == moment.minute == 0 else _clock(moment)}"
    if days == 0:
        return at
    if days == 1:
        return f"demain {at}"
    if days < DAYS_AHEAD:
        return f"{DAY_NAMES[moment.weekday()]} {at}"
    return f"le {day_of_month(moment.date(), moment.year != now.year)} {at}"


def _any_open(text: str, exceptions: list[HoursException], day: date) -> bool:
    return any(piece.state == OPEN for piece in openings(text, exceptions, day, day))


@lru_cache(maxsize=4096)
def _opens(text: str, day: date) -> bool:
    """Whether usual hours have an opening on a day: asked for the same few days all day long."""
    return _any_open(text, [], day)


def _closed(state: HoursState, text: str, exceptions: list[HoursException], now: datetime) -> str:
    today = now.date()
    ruling = state.exception
    if ruling and not (ruling.hours or "").strip() and ruling.end > today:
        return f"Fermé jusqu’au {day_of_month(ruling.end, ruling.end.year != today.year)}"
    opens_today = _opens(text, today) if not exceptions else _any_open(text, exceptions, today)
    if state.next_open is None:
        return "Fermé" if opens_today else "Fermé aujourd’hui"
    coming = timezone.localtime(state.next_open)
    minutes = _minutes_between(now, coming)
    if minutes <= SOON:
        return f"Ouvre dans {minutes}{NBSP}min"
    if coming.date() == today or opens_today:
        return f"Ouvre {_opening(coming, now)}"
    return f"Fermé aujourd’hui · ouvre {_opening(coming, now)}"


def _unknown(state: HoursState, text: str, phone: str) -> str:
    if APPOINTMENT.search(state.note):
        return "Sur rendez-vous"
    # A bare comment is all that is known: better than to say that nothing is.
    if is_valid(text) and text.count('"') == 2 and text.strip().startswith('"') and state.note:
        return state.note[:1].upper() + state.note[1:]
    return CALL_FIRST if phone else UNKNOWN_HOURS


def sentence(
    state: HoursState,
    text: str,
    exceptions: Iterable[HoursException],
    when: datetime,
    phone: str = "",
) -> str:
    """Today in one French sentence without full stop, for a state that is already at hand."""
    now = timezone.localtime(when)
    text = text or ""
    if state.state == UNKNOWN:
        return _unknown(state, text, phone)
    near = list(exceptions)
    if state.state == CLOSED:
        said, meant = _closed(state, text, near, now), state.next_open
    else:
        said, meant = _until(state, now), when
    day = timezone.localtime(meant).date() if meant else None
    lasting = state.state == OPEN and state.until is None
    silent = day and not lasting and governing(near, day) is None
    doubtful = silent and silent_holiday(text, day)
    return f"{said} · {HOLIDAY_DOUBT}" if doubtful else said


def holidays_to_check(
    text: str, exceptions: Iterable[HoursException], today: date
) -> list[tuple[date, str]]:
    """The public holidays within a week on which usual hours and nothing else say that it is open.

    With their names, today's included.
    """
    near, text = list(exceptions), text or ""
    days = (today + timedelta(days=number) for number in range(DAYS_AHEAD + 1))
    named = ((day, silent_holiday(text, day)) for day in days if governing(near, day) is None)
    return [(day, name) for day, name in named if name and _opens(text, day)]


def today_sentence(
    text: str, exceptions: Iterable[HoursException], when: datetime, phone: str = ""
) -> str:
    """Today in one French sentence: "Ouvert jusqu’à 12 h 30", "Ouvre samedi à 9 h".

    `when` is aware. `phone` only decides whether calling is proposed when nothing is known.
    """
    near = list(exceptions)
    return sentence(state_at(text, near, when), text, near, when, phone)


def _interval(piece: Piece) -> str:
    return span_text(piece_span(piece)) + (f" ({piece.note})" if piece.note else "")


def week(
    text: str,
    exceptions: Iterable[HoursException],
    start: date,
    today: date | None = None,
) -> list[Day]:
    """The seven days from `start`; `today` (default: `start`) is the one that is marked."""
    text, near = text or "", list(exceptions)
    last = start + timedelta(days=DAYS_AHEAD - 1)
    by_day: dict[date, list[Piece]] = {}
    for piece in openings(text, near, start, last):
        by_day.setdefault(piece.day, []).append(piece)
    days = []
    for offset in range(DAYS_AHEAD):
        day = start + timedelta(days=offset)
        pieces = by_day.get(day, [])
        # Neither a whole day of "unknown" nor a fallback is an interval to print.
        timed = "||" not in text
        shown = [
            p for p in pieces if p.state == OPEN or (timed and p.end - p.start < timedelta(days=1))
        ]
        ruling = governing(near, day)
        comments = [p.note for p in pieces if p not in shown and p.note]
        days.append(
            Day(
                date=day,
                label=day_name(day),
                intervals=[_interval(p) for p in shown],
                is_today=day == (today or start),
                closed=not pieces,
                unknown=bool(pieces) and not shown,
                note=(ruling.note if ruling else "") or " ".join(comments),
                holiday=holiday_name(day),
            )
        )
    return days


def _row(first: int, last: int, hours: tuple | str) -> WeekRow:
    label = DAY_NAMES[first] if first == last else f"{DAY_NAMES[first]} – {DAY_NAMES[last]}"
    weekdays = range(first, last + 1)
    if hours == ON_APPOINTMENT:
        return WeekRow(label, [ON_APPOINTMENT], closed=False, weekdays=weekdays)
    intervals = [span_text(span) for span in hours]
    return WeekRow(label, intervals, closed=not hours, weekdays=weekdays)


def _rows(days: list[tuple | str]) -> list[WeekRow]:
    """Neighbouring days with the same hours in one row."""
    rows, first = [], 0
    for number in range(1, 8):
        if number == 7 or days[number] != days[first]:
            rows.append(_row(first, number - 1, days[first]))
            first = number
    return rows


def _one_season(written: list[Rule]) -> tuple[str, list[Rule]]:
    """The season that all rules share, in French, and the rules without it; or ("", rules)."""
    season = written[0].season if written else ""
    said = season_text(season) if season else None
    if not said or any(rule.season != season for rule in written):
        return "", written
    return said[:1].upper() + said[1:], [replace(rule, season="") for rule in written]


def _plain_days(written: list[Rule]) -> tuple[list[tuple | str] | None, list[str]]:
    """The days of the rules that hold all year, and the other rules in French."""
    days: list[tuple | str] = [()] * 7
    others = []
    for rule in written:
        numbers = weekdays(rule.days)
        simple = not (rule.season or rule.comment or rule.open_end) and rule.joiner == ";"
        if simple and numbers is not None and rule.state != UNKNOWN:
            for number in numbers:
                closed = rule.state == CLOSED
                days[number] = () if closed else tuple(sorted(rule.spans)) or ((0, 1440),)
        else:
            others.append(rule)
    if not any(days):
        others = written
    said = [rule_text(rule) or VARIABLE for rule in others] or [VARIABLE]
    remarks = [words[:1].upper() + words[1:] for words in dict.fromkeys(said)]
    return (days, remarks if others else []) if any(days) else (None, remarks)


@lru_cache(maxsize=4096)
def regular_week(text: str) -> RegularWeek:
    """The usual week as a table; seasons and what rows can't show are listed as remarks.

    A season that all rules share is named in `season`, and the rows are that season's. No rows
    when seasons differ; neither rows nor remarks when nothing is known.
    """
    if not (text or "").strip():
        return RegularWeek([], [])
    try:
        season, written = _one_season(rules(text) or [])
    except HoursError:
        return RegularWeek([], [text])
    days, remarks = _plain_days(written)
    if season and days:
        return RegularWeek(_rows(days), remarks, season)
    days, remarks = _plain_days(rules(text) or [])
    simple = simple_week(text)
    if simple:
        days = list(simple.days)
        remarks = {
            None: [],
            CLOSED: ["Fermé les jours fériés"],
            UNKNOWN: [f"Jours fériés{NBSP}: horaires inconnus"],
        }[simple.holidays]
    return RegularWeek(_rows(days) if days else [], remarks)
