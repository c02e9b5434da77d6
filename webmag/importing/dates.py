"""Dates as blogs write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from django.utils import timezone

# Before the web there was no blog; a clock that is wrong says 1970.
FIRST = datetime(1993, 1, 1, tzinfo=UTC)
LAST = datetime(2100, 1, 1, tzinfo=UTC)
LONGEST = 60  # characters
TIME = r"(?:[t ,àa]{1,5}(\d{1,2})\s?[:h]\s?(\d{2})(?::(\d{2}))?)?"
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + TIME)
DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})" + TIME)
IN_WORDS = re.compile(r"(?:\w{2,9}\.?,? )?(\d{1,2})(?:er)? ([a-zéû]{3,9})\.? (\d{4})" + TIME)
SECONDS = re.compile(r"\d{9,10}")
MONTHS = ("janv", "fev", "mars", "avr", "mai", "juin", "juil", "aou", "sept", "oct", "nov", "dec")
PLAIN = str.maketrans("éû", "eu")
ZONE = re.compile(r" (UTC|GMT|Z|CET|CEST|[+-]\d{2}:?\d{2})$")
ZONES = {"UTC": "+0000", "GMT": "+0000", "Z": "+0000", "CET": "+0100", "CEST": "+0200"}


def first_of(*written: tuple[str, bool]) -> datetime | None:
    """The first date that is one, of (text, is it in universal time when it does not say).

    « 0000-00-00 00:00:00 » is none; without a zone it is the site's.
    """
    for text, is_universal in written:
        date = read(text.strip()[:LONGEST], is_universal)
        if date and FIRST <= date <= LAST:
            return date
    return None


def read(text: str, is_universal: bool) -> datetime | None:
    """ISO 8601, as in mails (RFC 2822), else as people write."""
    text = re.sub(r" CES?T$", lambda match: f" {ZONES[match[0].strip()]}", text)
    for parse in (datetime.fromisoformat, parsedate_to_datetime, loosely):
        try:
            date = parse(text)
            if date.tzinfo is None:
                date = date.replace(tzinfo=UTC if is_universal else timezone.get_default_timezone())
            return date.astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def loosely(text: str) -> datetime:
    """« 4/3/2014 11:00 », « mar. 4 mars 2014 à 11h30 », seconds since 1970; raises ValueError."""
    text = text.lower().strip()
    if SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text), UTC)
    zone = ZONE.search(text.upper())
    if zone:
        text = text[: zone.start()]
    if found := YEAR_FIRST.fullmatch(text):
        year, month, day, *time = found.groups()
    elif found := DAY_FIRST.fullmatch(text):
        day, month, year, *time = found.groups()
        # Only Americans have a thirteenth month.
        day, month = (month, day) if int(month) > 12 else (day, month)
    elif found := IN_WORDS.fullmatch(text):
        day, name, year, *time = found.groups()
        month = month_of(name)
    else:
        raise ValueError("no date")
    hour, minute, second = (int(part or 0) for part in time)
    day_written = f"{int(year):04}-{int(month):02}-{int(day):02}"
    offset = ZONES.get(zone[1], zone[1]) if zone else ""
    return datetime.fromisoformat(f"{day_written}T{hour:02}:{minute:02}:{second:02}{offset}")


def month_of(name: str) -> int:
    """The number of a French month, shortened perhaps; raises ValueError."""
    bare = name.translate(PLAIN)
    found = [at for at, begins in enumerate(MONTHS, 1) if bare.startswith(begins[:4])]
    if not found:
        raise ValueError("no month")
    return found[0]
