"""France's public holidays (Code du travail, article L3133-1), for any year from 1583 on."""

from datetime import date, timedelta
from functools import lru_cache

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


def holiday_name(day: date) -> str:
    """The name of the public holiday on this day, "" when it is none."""
    return FIXED.get((day.month, day.day), "") or _moving(day.year).get(day, "")
