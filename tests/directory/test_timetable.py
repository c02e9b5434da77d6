"""Two days of hours as numbers say what evaluating the hours says, at any moment."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory import hours
from directory.snapshots import Exceptional
from tests.directory.test_hours import BAR, SHOP, Period

PARIS = ZoneInfo("Europe/Paris")
WRITTEN = [
    *(SHOP, BAR, "24/7", "", '"sur rendez-vous"', "n’importe quoi", "off"),
    *("Mo-Su 18:00-24:00", "Mo-Su 00:00-02:00,20:00-24:00", "Fr-Su 20:00-06:00"),
    *('Mo 09:00-12:00; Tu "sur rendez-vous"', "Jan-Jun Sa 08:00-12:30; PH 10:00-11:00"),
    *("Tu 10:00-12:00 || unknown", "Mo-Fr 09:00-12:00 unknown; Mo 10:00-11:00"),
]


def state(table, moment, day):
    """What a browser makes of a timetable at a moment."""
    if table is None:
        return hours.UNKNOWN
    minute = (moment.timestamp() - hours.midnight(day)) / 60
    for row, meaning in ((table.open, hours.OPEN), (table.doubts, hours.UNKNOWN)):
        if any(a <= minute < b for a, b in zip(row[::2], row[1::2], strict=True)):
            return meaning
    return hours.CLOSED


days = st.one_of(
    st.dates(date(2026, 1, 1), date(2027, 12, 30)),
    # Clock changes, and the days before them.
    st.sampled_from([date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25)]),
)
periods = st.lists(
    st.tuples(st.integers(-2, 2), st.integers(0, 2), st.sampled_from(["", "10:00-12:00", BAR])),
    max_size=2,
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(WRITTEN), days, periods, st.integers(0, 2 * 24 * 60 - 1))
def test_a_timetable_agrees_with_the_hours_at_any_minute(text, day, exceptional, minute):
    exceptions = [
        Period(day + timedelta(days=start), day + timedelta(days=start + more), times)
        for start, more, times in exceptional
    ]
    local = datetime.combine(day, datetime.min.time(), PARIS)
    moment = datetime.fromtimestamp(local.timestamp() + 60 * minute, PARIS)
    # The hour that the autumn change repeats has no times of its own in its second pass, and the
    # two days around the spring change are an hour short.
    if not moment.fold and moment.date() <= day + timedelta(days=1):
        expected = hours.evaluate_many([(1, text, exceptions)], moment)[1]
        assert state(hours.timetable(text, exceptions, day), moment, day) == expected


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        # A Saturday, then the Sunday on which summer time begins.
        ("Mo-Su 08:00-12:00", date(2026, 3, 28), (480, 720, 1860, 2100)),
        ("Mo-Su 08:00-12:00", date(2026, 3, 29), (420, 660, 1860, 2100)),
        ("Mo-Su 08:00-12:00", date(2026, 10, 25), (540, 780, 1980, 2220)),
        ("24/7", date(2026, 10, 25), (0, 2940)),
        # Open since the evening before; tomorrow's late opening is told to its end.
        ("Fr-Sa 22:00-03:00", date(2026, 3, 7), (0, 180, 1320, 1620)),
        ("Fr-Sa 22:00-03:00", date(2026, 3, 6), (1320, 1620, 2760, 3060)),
        # The first of May is a holiday.
        (SHOP, date(2026, 4, 30), (540, 750, 840, 1140)),
        ("off", date(2026, 3, 6), ()),
    ],
)
def test_minutes_count_from_the_first_midnight(text, day, expected):
    assert hours.timetable(text, (), day) == hours.Timetable(expected)


@pytest.mark.parametrize("text", ["", None, '"sur rendez-vous"', "n’importe quoi"])
def test_what_nobody_knows_is_nothing(text):
    assert hours.timetable(text, (), date(2026, 3, 6)) is None


def test_a_doubt_on_one_day_is_told_beside_the_hours_of_the_other():
    table = hours.timetable('Mo 09:00-12:00; Tu "sur rendez-vous"', (), date(2026, 3, 2))
    assert table == hours.Timetable((540, 720), (1440, 2880))


@settings(deadline=None)
@given(st.sampled_from(WRITTEN), days, periods)
def test_what_is_known_of_a_day_is_what_its_hours_come_to(text, day, told):
    known = hours.known_day(day)
    exceptions = tuple(
        Exceptional(day + timedelta(days=first), day + timedelta(days=first + length), other, "")
        for first, length, other in told
    )
    for number, kept in ((known[text], ()), (known.with_exceptions(text, exceptions), exceptions)):
        expected = hours.timetable(text, kept, day)
        assert (number is None) == (expected is None)
        assert number is None or known.tables[number] == expected
