"""Public holidays of the territory's country, and whether hours say anything of them.

France's are named here (Code du travail, article L3133-1), for any year from 1583 on; elsewhere
the evaluation library tells which days they are.
"""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.conf import settings
from opening_hours import OpeningHours, State

from directory.hours.syntax import MONTHS, QUOTED

FIXED = {
    (1, 1): "Jour de l’an",
    (5, 1): "Fête du Travail",
    (5, 8): "Victoire de 1945",
    (7, 14): "Fête nationale",
    (8, 15): "Assomption",
    (11, 1): "Toussaint",
    (11, 11): "Armistice de 1918",
    (12, 25): "Noël",
}
# Days after Easter Sunday.
MOVING = {1: "Lundi de Pâques", 39: "Ascension", 50: "Lundi de Pentecôte"}
# What the library knows of other countries has no name.
UNNAMED = "Fête légale"

# A longer stretch is a season or holidays, and says nothing of one day in it.
MOST_DAYS_NAMED = 7
_POINT = rf"(?:(?:\d{{4}} )?(?:{MONTHS}) \d{{1,2}}|easter(?: [+-]\d+ days?)?)"
DATES = re.compile(rf"\b({_POINT})(?:\s*-\s*({_POINT}|\d{{1,2}}))?(?![\d:])", re.IGNORECASE)
MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS.split("|"), 1)}
EVERY_DAY = re.compile(r"\bPH\b|\b24/7\b", re.IGNORECASE)


def easter(year: int) -> date:
    """Easter Sunday of a Gregorian year, by the anonymous algorithm (Nature, 20 April 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=16)
def _moving(year: int) -> dict[date, str]:
    return {easter(year) + timedelta(days=days): name for days, name in MOVING.items()}


@lru_cache(maxsize=512)
def _abroad(day: date, country: str) -> str:
    noon = datetime.combine(day, time(12))
    state, _ = OpeningHours("PH", country=country).state(noon)
    return UNNAMED if state is State.OPEN else ""


def holiday_name(day: date) -> str:
    """The name of the public holiday on this day, "" when it is none."""
    if settings.COUNTRY != "FR":
        return _abroad(day, settings.COUNTRY)
    return FIXED.get((day.month, day.day), "") or _moving(day.year).get(day, "")


def silent_holiday(text: str, day: date) -> str:
    """The name of the holiday on this day if the hours say nothing of it, else "".

    OpenStreetMap's rule is then "as usual"; in France that is a guess. Hours that speak of public
    holidays in general (PH), of this date or of a few days around it have said it, and so have
    those that never close.
    """
    holiday = holiday_name(day)
    return holiday if holiday and not _speaks_of(text or "", day) else ""


@lru_cache(maxsize=8192)
def _speaks_of(text: str, day: date) -> bool:
    stated = QUOTED.sub("", text)
    return bool(EVERY_DAY.search(stated)) or any(
        _covers(match[1], match[2], day) for match in DATES.finditer(stated)
    )


def _covers(first: str, last: str | None, day: date) -> bool:
    """Whether a written date, or a few days from one to another, has this day in it."""
    # Those that begin in the year before end in January.
    for year in (day.year, day.year - 1):
        start = _dated(first, year)
        end = start if last is None else _dated(last, year, start)
        if start and end and end < start:
            end = _dated(last, year + 1, start)
        if start and end and start <= day <= end:
            return (end - start).days < MOST_DAYS_NAMED
    return False


def _dated(written: str, year: int, month_of: date | None = None) -> date | None:
    """A written day in a year that it may name itself; None for one that the calendar lacks."""
    words = written.lower().split()
    try:
        if words[0] == "easter":
            return easter(year) + timedelta(days=int(words[1]) if len(words) > 1 else 0)
        if len(words) == 1:
            return month_of.replace(day=int(words[0])) if month_of else None
        return date(
            int(words[-3]) if len(words) > 2 else year, MONTH_NUMBERS[words[-2]], int(words[-1])
        )
    except (ValueError, OverflowError):
        return None
