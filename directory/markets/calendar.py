"""Market days as iCalendar (RFC 5545): what a telephone's calendar follows.

Days are written out one by one, as `directory.hours` knows them, so that holidays, exceptions and
nth weekdays are exact; docs/decisions/0017-agendas.md says why. The bytes depend on the content
and on the week only: asked again, nothing has changed until something has.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from directory import hours
from directory.hours.state import Piece
from directory.markets.clocks import time_zone

WEEKS_BEHIND, WEEKS_AHEAD = 2, 26
# All markets around a place are many: fewer weeks of them.
WEEKS_AHEAD_OF_MANY = 8
YEAR = timedelta(days=366)
ASK_AGAIN = timedelta(hours=12)
# SEQUENCE must grow with each change: minutes since then, which fits 31 bits for ages.
FIRST_CHANGE = datetime(2020, 1, 1, tzinfo=UTC)
CONFIRMED, TENTATIVE, CANCELLED = "CONFIRMED", "TENTATIVE", "CANCELLED"


@dataclass(frozen=True)
class Entry:
    """What a calendar shows for one day of one place: the stretches of `day`, and their words.

    `key` names the place for ever, in letters that need no escaping. `revised` is when what
    decides on the days was changed last, `changed` when anything was, words included; `point` is
    (lat, lng) in degrees where it may be shown.
    """

    key: str
    day: hours.HoursOfDay
    summary: str
    location: str
    description: str
    url: str
    revised: datetime
    changed: datetime
    point: tuple[float, float] | None = None


def window(today: date, weeks_ahead: int = WEEKS_AHEAD) -> tuple[date, date]:
    """The days that a calendar holds: whole weeks, so that it stays the same for a week."""
    monday = today - timedelta(days=today.weekday())
    return (
        monday - timedelta(weeks=WEEKS_BEHIND),
        monday + timedelta(weeks=weeks_ahead, days=-1),
    )


def as_ical(name: str, description: str, url: str, entries: Iterable[Entry], span) -> bytes:
    """The calendar of these entries; `span` is the first and last day that it may hold."""
    host = urlsplit(settings.SITE_URL).hostname
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{host}//marches//FR")
    calendar.add("calscale", "GREGORIAN")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, one_paragraph(name))
    for key in ("description", "x-wr-caldesc"):
        calendar.add(key, one_paragraph(description))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("url", url)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    # From before any change of clock that matters, until after the last late night.
    calendar.add_component(time_zone(settings.TIME_ZONE, span[0] - YEAR, span[1] + YEAR))
    for entry in entries:
        for event in _events(entry, host):
            calendar.add_component(event)
    return calendar.to_ical()


def _events(entry: Entry, host: str) -> Iterator[Event]:
    """One event for each stretch; usual ones that an exception shortens away are called off."""
    day = entry.day
    status = _status(day)
    for number, piece in enumerate(day.pieces, 1):
        yield _event(entry, number, piece, status, host)
    for number, piece in enumerate(day.usual[len(day.pieces) :], len(day.pieces) + 1):
        yield _event(entry, number, piece, CANCELLED, host)


def _status(day: hours.HoursOfDay) -> str:
    if day.status == hours.CANCELLED:
        return CANCELLED
    return TENTATIVE if day.doubt or day.status == hours.DOUBTFUL else CONFIRMED


def _event(entry: Entry, number: int, piece: Piece, status: str, host: str) -> Event:
    changed = entry.changed.astimezone(UTC).replace(microsecond=0)
    before = {CANCELLED: "Annulé : ", TENTATIVE: "À vérifier : "}.get(status, "")
    event = Event()
    # The number keeps its identity when an exception shifts the hours.
    event.add("uid", f"{entry.key}-{entry.day.date:%Y%m%d}-{number}@{host}")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", max(0, int((entry.revised - FIRST_CHANGE) / timedelta(minutes=1))))
    event.add("dtstart", on_the_clock(piece.start))
    event.add("dtend", on_the_clock(piece.end))
    event.add("summary", one_paragraph(before + entry.summary))
    event.add("status", status)
    event.add("transp", "TRANSPARENT")
    if entry.location:
        event.add("location", one_paragraph(entry.location))
    if entry.point:
        event.add("geo", tuple(round(degrees, 6) for degrees in entry.point))
    event.add("url", entry.url)
    event.add("description", lines_only(entry.description))
    return event


def on_the_clock(moment: datetime) -> datetime:
    """A wall-clock time with the site's zone, as clocks really show it.

    What falls into the hour that spring leaves out is the same moment an hour later.
    """
    aware = timezone.make_aware(moment)
    return timezone.localtime(aware.astimezone(UTC))


def one_paragraph(text: str) -> str:
    """Text in one line, without control signs, which iCalendar forbids."""
    return " ".join(_clean(text).split())


def lines_only(text: str) -> str:
    """Text whose only control signs are line breaks."""
    return "\n".join(_clean(line) for line in text.splitlines())


def _clean(text: str) -> str:
    return "".join(sign if sign >= " " and not "\x7f" <= sign <= "\x9f" else " " for sign in text)
