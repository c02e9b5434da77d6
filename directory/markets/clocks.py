"""A time zone with its changes of clock, as iCalendar tells it (RFC 5545, 3.6.5).

icalendar can write one from a name, but puts the onset of summer an hour late.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def time_zone(name: str, first: date, last: date) -> Timezone:
    """The zone of this name, right for all local times from `first` to `last`."""
    zone = ZoneInfo(name)
    component = Timezone()
    component.add("tzid", name)
    start = datetime.combine(first, time.min, zone)
    component.add_component(_observance(start, start.utcoffset()))
    for moment, before in _changes(zone, start, datetime.combine(last + DAY, time.min, zone)):
        component.add_component(_observance(moment, before))
    return component


def _observance(moment: datetime, before: timedelta):
    """What holds from a moment on; its onset is told by the clock that ends there."""
    after = moment.utcoffset()
    observance = TimezoneDaylight() if moment.dst() else TimezoneStandard()
    observance.add("dtstart", (moment.astimezone(UTC) + before).replace(tzinfo=None))
    observance.add("tzoffsetfrom", before)
    observance.add("tzoffsetto", after)
    observance.add("tzname", moment.tzname())
    return observance


def _changes(
    zone: ZoneInfo, start: datetime, end: datetime
) -> Iterator[tuple[datetime, timedelta]]:
    """Each moment from which on the offset is another one, with the offset before it."""
    moment, last = start.astimezone(UTC), end.astimezone(UTC)
    while moment < last:
        before = moment.astimezone(zone).utcoffset()
        later = moment + DAY
        if later.astimezone(zone).utcoffset() != before:
            low, high = moment, later
            while high - low > MINUTE:
                middle = low + (high - low) // 2
                same = middle.astimezone(zone).utcoffset() == before
                low, high = (middle, high) if same else (low, middle)
            change = high.replace(second=0, microsecond=0)
            yield change.astimezone(zone), before
        moment = later
