"""Reading opening hours in OpenStreetMap's syntax, with the doubts that it leaves.

https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
"""

import re
from datetime import timedelta
from functools import lru_cache

from django.conf import settings
from opening_hours import OpeningHours, ParserError

# Beyond a year a change of state is of no interest, and looking for it can take a second.
HORIZON = timedelta(days=366)
MAX_LENGTH = 1000

APPOINTMENT = re.compile(r"rendez[ -]?vous|\brdv\b|appointment", re.IGNORECASE)
QUOTED = re.compile(r'"[^"]*"')
WEEKDAYS = "Mo|Tu|We|Th|Fr|Sa|Su|PH|SH"
SPACED_WEEKDAYS = re.compile(
    rf"\b({WEEKDAYS})(\[[-\d,]+\])?\s*,\s*(?=(?:{WEEKDAYS})\b)", re.IGNORECASE
)

MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
# Holidays and dates on which nothing is held; "Sa[-1] off" is a rhythm and no such day.
CLOSED_DAYS = re.compile(
    rf"(?:^|;)\s*(?:PH|SH\s*,\s*PH|PH\s*,\s*SH|(?:\d{{4}} )?(?:{MONTHS}) \d[^;:\"]*?)"
    r"\s+(?:off|closed)\s*(?:\"[^\"]*\")?\s*(?=;|$)"
)


class HoursError(ValueError):
    """Hours that cannot be read; the message is a French sentence for the person who typed them."""


def _with_doubts(text: str) -> str:
    """Mark what the evaluation library takes for open though it is only a comment.

    `"sur rendez-vous"`, `Sa "le matin"` and any hours commented "sur rendez-vous" become unknown.
    """
    done = ""
    position = 0
    for comment in QUOTED.finditer(text):
        before = text[position : comment.start()]
        rule = re.split(r";|\|\|", before)[-1]
        stated = re.search(r"\b(open|closed|off|unknown)\s*$", rule, re.IGNORECASE)
        appointment = APPOINTMENT.search(comment.group())
        if appointment and stated and stated.group(1).lower() == "open":
            before = before[: len(before) - len(stated.group())]
            stated = None
        if not stated and (appointment or not re.search(r"\d:\d|24/7", rule)):
            before = before.rstrip() + " unknown "
        done += before + comment.group()
        position = comment.end()
    return (done + text[position:]).strip()


def _reason(error: Exception, text: str) -> str:
    """A plain French sentence from the library's message, which points at a line and column."""
    place = re.search(r"--> \d+:(\d+)", str(error))
    rest = text[int(place.group(1)) - 1 :].strip() if place else text
    if not rest:
        return f"Il manque la fin après « {text[-40:]} »."
    return f"On ne comprend pas « {rest[:40]} » dans ces horaires."


def read(text: str) -> tuple[OpeningHours | None, str]:
    """The parsed hours, with the public holidays of `COUNTRY`, or None and the reason why not."""
    return _read(text, settings.COUNTRY)


@lru_cache(maxsize=32_768)
def _read(text: str, country: str) -> tuple[OpeningHours | None, str]:
    text = (text or "").strip()
    if not text:
        text = "unknown"
    if len(text) > MAX_LENGTH:
        return None, f"Ces horaires dépassent {MAX_LENGTH} signes."
    # "Tu, Fr 08:00-12:00" would be read as all of Tuesday, and Friday morning.
    prepared = SPACED_WEEKDAYS.sub(r"\1\2,", _with_doubts(text))
    try:
        return OpeningHours(prepared, country=country, max_interval_days=HORIZON.days), ""
    except ParserError as error:
        return None, _reason(error, prepared)


def parse(text: str) -> OpeningHours:
    """Read hours in OpenStreetMap's syntax; "" and a bare comment are unknown at any time.

    Raises HoursError naming what is not understood.
    """
    hours, reason = read(text)
    if hours is None:
        raise HoursError(reason)
    return hours


def is_valid(text: str) -> bool:
    """Whether the stored text can be evaluated."""
    return read(text)[0] is not None


def without_closed_days(text: str) -> str:
    """The hours without rules such as "PH off" and "Dec 25 off": what an ordinary day would be."""
    return CLOSED_DAYS.sub("", text).strip("; ")
