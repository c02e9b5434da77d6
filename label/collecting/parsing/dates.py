"""Dates as programs and people spell them in feeds, in English and in French.

RFC 822 has English names and a zone; small sites leave the zone out, translate the names, or write
a day as people do. What has no zone is meant where the site is.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from django.utils.timezone import get_default_timezone

LONGEST = 100  # characters
MONTHS = {
    **dict.fromkeys(("jan", "janv", "january", "janvier"), 1),
    **dict.fromkeys(("feb", "fev", "fevr", "february", "fevrier"), 2),
    **dict.fromkeys(("mar", "mars", "march"), 3),
    **dict.fromkeys(("apr", "avr", "april", "avril"), 4),
    **dict.fromkeys(("may", "mai"), 5),
    **dict.fromkeys(("jun", "juin", "june"), 6),
    **dict.fromkeys(("jul", "juil", "july", "juillet"), 7),
    **dict.fromkeys(("aug", "aou", "aout", "august"), 8),
    **dict.fromkeys(("sep", "sept", "september", "septembre"), 9),
    **dict.fromkeys(("oct", "october", "octobre"), 10),
    **dict.fromkeys(("nov", "november", "novembre"), 11),
    **dict.fromkeys(("dec", "december", "decembre"), 12),
}
ACCENTS = str.maketrans("éèêûôç", "eeeuoc")
# Hours from UTC. Letters of others mean too many things.
ZONES = {"z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "met": 1}
ZONES |= {"cest": 2, "mest": 2, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6}
ZONES |= {"pst": -8, "pdt": -7}
TIME = r"""
    (?:[\s,t]+(?:(?:à|a|at)\s+)?(?P<hour>\d{1,2})\s?[:h]\s?(?P<minute>\d{2})?(?::(?P<second>\d{2}))?
    (?:[.,]\d{1,9})?(?:\s?(?P<half>[ap])\.?m\.?)?)?
    (?:\s*(?P<zone>[a-z]{1,5})?\s*(?P<offset>[+-]\d{1,2}(?::?\d{2})?)?)(?:\s*\([^()]{0,40}\))?
"""
DAY = r"(?:[a-z]{2,9}\.?,?\s+)?"
WORDS = re.compile(
    rf"{DAY}(?P<day>\d{{1,2}})(?:er)?[\s-]+(?P<month>[a-z]{{3,9}})\.?,?[\s-]+(?P<year>\d{{4}}|\d\d){TIME}",
    re.VERBOSE,
)
MONTH_FIRST = re.compile(
    rf"{DAY}(?P<month>[a-z]{{3,9}})\.?\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}}){TIME}", re.VERBOSE
)
FIGURES = re.compile(
    rf"{DAY}(?P<day>\d{{1,2}})[/.](?P<month>\d{{1,2}})[/.](?P<year>\d{{4}}){TIME}", re.VERBOSE
)
SINCE_1970 = re.compile(r"(\d{9,10})(?:\d{3})?")


def spelled(text: str) -> datetime | None:
    """The moment that these words name, in UTC; None for words of another shape."""
    text = " ".join(text[:LONGEST].lower().translate(ACCENTS).split())
    try:
        if seconds := SINCE_1970.fullmatch(text):
            return datetime.fromtimestamp(int(seconds[1]), UTC)
        for shape in (WORDS, MONTH_FIRST, FIGURES):
            if found := shape.fullmatch(text):
                return moment(found)
    except (ValueError, OverflowError):
        pass
    return None


def moment(found: re.Match) -> datetime:
    """The moment of a match; raises `ValueError` for a day or an hour that is none."""
    month = int(found["month"]) if found["month"].isdigit() else MONTHS.get(found["month"], 0)
    year = int(found["year"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    # A minute may have 61 seconds, and a day end at 24:00; no clock of ours knows either.
    hour, second = int(found["hour"] or 0), min(int(found["second"] or 0), 59)
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"] == "p")
    if hour > 24:
        raise ValueError("no such hour")
    day, minute = int(found["day"]), int(found["minute"] or 0)
    start = datetime(year, month, day, 0, minute, second, tzinfo=zone_of(found))
    return (start + timedelta(hours=hour)).astimezone(UTC)


def zone_of(found: re.Match):
    """What its clock was set to; the site's own zone where it does not say."""
    name, offset = found["zone"], found["offset"]
    if offset:
        digits = offset[1:].replace(":", "")
        hours, minutes = (digits, 0) if len(digits) < 3 else (digits[:-2], digits[-2:])
        away = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-away if offset[0] == "-" else away)
    return timezone(timedelta(hours=ZONES[name])) if name in ZONES else get_default_timezone()
