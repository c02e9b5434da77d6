"""A calendar of markets whose answers are known: what each writing says of each date."""

import json
import os
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from directory import hours
from directory.hours import CANCELLED, DOUBTFUL, HELD, OFF, HoursOverDays
from directory.snapshots import Exceptional

WEEKLY = "Sa 08:00-13:00"
CHRISTMAS = "Fr 08:00-12:30; Sa 08:00-13:00; PH off"


def on(text, day, *exceptions):
    day = date.fromisoformat(day)
    return HoursOverDays(text, exceptions, day).on(day)


def plain(intervals):
    return ", ".join(intervals).replace("\N{NO-BREAK SPACE}", " ")


def period(start, end, text="", note=""):
    return Exceptional(date.fromisoformat(start), date.fromisoformat(end), text, note)


KNOWN = [
    # Weekly, and several days.
    (WEEKLY, "2026-11-28", "8 h – 13 h"),
    (WEEKLY, "2026-11-27", ""),
    (WEEKLY, "2026-11-29", ""),
    ("We,Sa 08:00-12:30", "2026-11-25", "8 h – 12 h 30"),
    ("We 08:00-12:00; Sa 07:30-13:00", "2026-11-28", "7 h 30 – 13 h"),
    ("Sa 08:00-12:30,15:00-18:00", "2026-11-28", "8 h – 12 h 30, 15 h – 18 h"),
    ('Sa 08:00-13:00 "sous la halle"', "2026-11-28", "8 h – 13 h (sous la halle)"),
    ("Sa 08:00+", "2026-11-28", "à partir de 8 h"),
    # Nth weekdays.
    ("Sa[1] 08:00-13:00", "2026-12-05", "8 h – 13 h"),
    ("Sa[1] 08:00-13:00", "2026-11-28", ""),
    ("Sa[2,4] 08:00-13:00", "2026-11-28", "8 h – 13 h"),
    ("Sa[5] 08:00-13:00", "2026-10-31", "8 h – 13 h"),
    ("Sa[5] 08:00-13:00", "2026-11-28", ""),
    ("Sa[-1] 08:00-13:00", "2026-11-28", "8 h – 13 h"),
    ("Sa[-1] 08:00-13:00", "2026-11-21", ""),
    ("Su[-1] 09:00-13:00", "2027-02-28", "9 h – 13 h"),
    ("Sa 08:00-13:00; Sa[-1] off", "2026-11-28", ""),
    # Every other week: ISO weeks; 2026 has 53 of them, so two odd ones follow each other.
    ("week 1-53/2 Su 09:00-12:00", "2026-11-22", "9 h – 12 h"),
    ("week 1-53/2 Su 09:00-12:00", "2026-11-29", ""),
    ("week 1-53/2 Su 09:00-12:00", "2027-01-03", "9 h – 12 h"),
    ("week 1-53/2 Su 09:00-12:00", "2027-01-10", "9 h – 12 h"),
    ("week 2-52/2 Sa 08:00-12:00", "2026-11-28", "8 h – 12 h"),
    ("week 2-52/2 Sa 08:00-12:00", "2027-01-02", ""),
    # Seasons, also over the turn of the year.
    ("Apr-Oct Su 09:00-13:00", "2026-04-05", "9 h – 13 h"),
    ("Apr-Oct Su 09:00-13:00", "2026-10-25", "9 h – 13 h"),
    ("Apr-Oct Su 09:00-13:00", "2026-03-29", ""),
    ("Apr-Oct Su 09:00-13:00", "2026-11-01", ""),
    ("Nov-Mar Su 09:00-13:00", "2027-01-17", "9 h – 13 h"),
    ("Jun 15-Sep 10 Th 17:00-20:00", "2026-06-11", ""),
    ("Jun 15-Sep 10 Th 17:00-20:00", "2026-06-18", "17 h – 20 h"),
    ("Nov 28-Dec 24 Mo-Su 10:00-20:00", "2026-11-27", ""),
    ("Nov 28-Dec 24 Mo-Su 10:00-20:00", "2026-12-24", "10 h – 20 h"),
    # Dates.
    ("2026 Nov 28 09:00-18:00", "2026-11-28", "9 h – 18 h"),
    ("2026 Nov 28 09:00-18:00", "2027-11-28", ""),
    ("Sa 08:00-13:00; Dec 24 Th 08:00-13:00", "2026-12-24", "8 h – 13 h"),
    ("Sa 08:00-13:00; Dec 24 Fr 08:00-13:00", "2026-12-24", ""),
    ("Sa 08:00-13:00; Dec 24 Fr 08:00-13:00", "2027-12-24", "8 h – 13 h"),
    ("Sa 08:00-13:00; Dec 24 Fr 08:00-13:00", "2027-12-25", "8 h – 13 h"),
    ("Feb 29 09:00-12:00", "2028-02-29", "9 h – 12 h"),
    # Easter moves: 5 April 2026, 28 March 2027.
    ("easter 09:00-12:00", "2026-04-05", "9 h – 12 h"),
    ("easter 09:00-12:00", "2027-03-28", "9 h – 12 h"),
    ("easter 09:00-12:00", "2027-04-05", ""),
    ("easter -1 day 08:00-13:00", "2027-03-27", "8 h – 13 h"),
    # Public holidays.
    (CHRISTMAS, "2026-12-26", "8 h – 13 h"),
    ("Sa 08:00-13:00; PH 09:00-12:00", "2026-08-15", "9 h – 12 h"),
    ("Sa,PH 08:00-13:00", "2026-05-14", "8 h – 13 h"),
    ("Sa 08:00-13:00; PH -1 day 07:00-12:00", "2026-12-24", "7 h – 12 h"),
    # Past midnight: the evening's day owns it.
    ("Sa 22:00-02:00", "2026-11-28", "22 h – 2 h"),
    ("Sa 22:00-02:00", "2026-11-29", ""),
    ("Sa 18:00-24:00", "2026-11-28", "18 h – minuit"),
    # The nights when clocks change: wall-clock hours stay what they are.
    ("Su 08:00-13:00", "2026-03-29", "8 h – 13 h"),
    ("Su 08:00-13:00", "2026-10-25", "8 h – 13 h"),
    ("Sa 22:00-02:00", "2026-03-28", "22 h – 2 h"),
    ("Sa 22:00-04:00", "2026-10-24", "22 h – 4 h"),
    ("Su 00:00-05:00", "2026-10-25", "0 h – 5 h"),
]


@pytest.mark.parametrize(("text", "day", "expected"), KNOWN)
def test_the_answer_is_known(text, day, expected):
    found = on(text, day)
    assert (plain(found.intervals) if found.status == HELD else "") == expected
    assert (found.status == HELD) == bool(expected)


@pytest.mark.parametrize(
    ("text", "day", "status", "reason", "doubt"),
    [
        # Silent on holidays: it may well be on, and nobody has said so.
        ("Fr 08:00-12:30", "2026-12-25", HELD, "", "jour férié (Noël), à vérifier"),
        ("Su 08:00-12:30", "2026-11-01", HELD, "", "jour férié (Toussaint), à vérifier"),
        (CHRISTMAS, "2026-12-25", CANCELLED, "jour férié (Noël)", ""),
        ("PH off; Fr 08:00-12:00", "2026-12-24", OFF, "", ""),
        ("Fr 08:00-12:30; Dec 25 off", "2026-12-25", CANCELLED, "jour férié (Noël)", ""),
        ("Sa 08:00-12:30; Dec 24-Jan 2 off", "2026-12-26", CANCELLED, "", ""),
        ("Sa 08:00-12:30; Dec 24-Jan 2 off", "2026-12-25", OFF, "", ""),
        # A season or a rhythm is not called off, it is not there.
        ("Sa 08:00-12:30; Jan-Mar off", "2027-01-02", OFF, "", ""),
        ("Sa 08:00-12:30; Sa[-1] off", "2026-11-28", OFF, "", ""),
        # Nobody knows: never "closed".
        ("", "2026-11-28", DOUBTFUL, "", ""),
        ("le samedi matin", "2026-11-28", DOUBTFUL, "", ""),
        ('Sa "le matin"', "2026-11-28", DOUBTFUL, "le matin", ""),
        ("Sa 08:00-12:00 unknown", "2026-11-28", DOUBTFUL, "", ""),
        (
            "Sa 08:00-12:00; SH off",
            "2026-11-28",
            HELD,
            "",
            "selon les vacances scolaires, à vérifier",
        ),
    ],
)
def test_what_is_called_off_or_not_known(text, day, status, reason, doubt):
    found = on(text, day)
    assert (found.status, found.reason, found.doubt) == (status, reason, doubt)


def test_a_closing_calls_off_the_days_that_would_have_been():
    fair = period("2026-11-24", "2026-11-30", note="Foire")
    found = on(WEEKLY, "2026-11-28", fair)
    assert (found.status, found.reason, plain(found.intervals)) == (
        CANCELLED,
        "Foire",
        "8 h – 13 h",
    )
    assert on(WEEKLY, "2026-11-27", fair).status == OFF
    assert on("", "2026-11-28", fair).status == CANCELLED


def test_other_hours_replace_the_usual_ones_and_say_which_those_were():
    found = on(WEEKLY, "2026-11-28", period("2026-11-28", "2026-11-28", "09:00-11:00", "Verglas"))
    assert (found.status, plain(found.intervals)) == (HELD, "9 h – 11 h")
    assert plain(found.usual_intervals) == "8 h – 13 h"
    assert found.exceptional and found.reason == "Verglas" and not found.doubt


def test_an_exception_opens_a_day_that_is_usually_none_and_knows_about_holidays():
    eve = period("2026-12-24", "2026-12-24", "08:00-13:00", "Marché de Noël")
    assert plain(on("Fr 08:00-13:00", "2026-12-24", eve).intervals) == "8 h – 13 h"
    christmas = period("2026-12-25", "2026-12-25", "09:00-12:00")
    assert on("Fr 08:00-13:00; PH off", "2026-12-25", christmas).doubt == ""


def test_the_more_precise_exception_rules():
    month, one_day = (
        period("2026-11-01", "2026-11-30"),
        period("2026-11-28", "2026-11-28", "10:00-12:00"),
    )
    assert plain(on(WEEKLY, "2026-11-28", month, one_day).intervals) == "10 h – 12 h"
    assert on(WEEKLY, "2026-11-21", month, one_day).status == CANCELLED


def test_a_day_called_off_names_the_one_that_stands_in():
    off = period("2026-12-25", "2026-12-25", note="Noël")
    eve = period("2026-12-24", "2026-12-24", "08:00-13:00")
    far = period("2026-12-10", "2026-12-10", "08:00-13:00")
    day = date(2026, 12, 25)
    known = HoursOverDays("Fr 08:00-13:00", [far, off, eve], day)
    assert known.stand_in(day).date == date(2026, 12, 24)
    assert HoursOverDays("Fr 08:00-13:00", [far, off], day).stand_in(day) is None


@pytest.mark.parametrize(
    "holiday",
    ["2026-01-01", "2026-04-06", "2026-05-01", "2026-05-08", "2026-05-14", "2026-05-25"]
    + ["2026-07-14", "2026-08-15", "2026-11-01", "2026-11-11", "2026-12-25"],
)
def test_each_public_holiday_is_one(holiday):
    assert on("08:00-13:00; PH off", holiday).status == CANCELLED
    assert on("08:00-13:00", holiday).doubt.startswith("jour férié")
    assert on("Sa 08:00-13:00", "2027-05-01").doubt == "jour férié (Fête du Travail), à vérifier"


STRINGS = [text for text, _, _ in KNOWN] + ["", "24/7", "quand il fait beau", CHRISTMAS]
DAYS = st.sampled_from(
    [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25)]
    + [date(2026, 8, 15), date(2026, 11, 28), date(2026, 12, 25), date(2027, 1, 1)]
) | st.dates(date(2026, 1, 1), date(2028, 3, 1))


def sampled(text, exceptions, day):
    """(wall clock, whether it is open) each five minutes of a day that has 23 to 25 hours."""
    moment = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), datetime.min.time()))
    stamp, last = moment.timestamp(), end.timestamp()
    while stamp < last:
        when = datetime.fromtimestamp(stamp, tz=timezone.get_current_timezone())
        states = hours.evaluate_many([(0, text, exceptions)], when)
        yield when.replace(tzinfo=None), states[0] == hours.OPEN
        stamp += 300


@settings(max_examples=25, deadline=None)
@given(
    text=st.sampled_from(STRINGS),
    day=DAYS,
    other=st.sampled_from([None, "", "10:00-11:00", "21:00-01:00", "Sa 09:00-10:00"]),
)
def test_a_day_holds_exactly_when_the_place_is_open(text, day, other):
    exceptions = [] if other is None else [Exceptional(day, day, other, "")]
    known = HoursOverDays(text, exceptions, day - timedelta(days=1), day)
    pieces = [
        piece
        for one in (known.on(day - timedelta(days=1)), known.on(day))
        if one.status == HELD
        for piece in one.pieces
    ]
    wrong = [
        clock
        for clock, is_open in sampled(text, exceptions, day)
        if is_open != any(piece.start <= clock < piece.end for piece in pieces)
    ]
    assert wrong == []


def real_strings():
    folder = Path(os.environ.get("REAL_DATA", ""), "markets")
    files = sorted(folder.glob("*.json")) if os.environ.get("REAL_DATA") else []
    return sorted(
        {
            feature["properties"]["opening_hours"] or ""
            for file in files
            for feature in json.loads(file.read_text(encoding="utf-8"))["features"]
        }
    )


def test_the_markets_of_five_real_cities_have_plausible_days_all_year():
    strings = real_strings()
    if not strings:
        pytest.skip("REAL_DATA n’est pas là : les marchés réels ne sont pas lus")
    first, last = date(2026, 11, 22), date(2027, 11, 22)
    days = {}
    for text in strings:
        known = HoursOverDays(text, (), first, last)
        found = [known.on(first + timedelta(days=n)) for n in range(366)]
        days[text] = [one for one in found if one.status == HELD]
        assert all(one.intervals for one in days[text])
    readable = [text for text in strings if text and hours.is_valid(text)]
    assert len(readable) > 50
    # Most are weekly, twice weekly or daily markets; of the others some have a few days a year.
    assert sum(45 <= len(days[text]) <= 320 for text in readable) > 0.7 * len(readable)
    assert not days.get("")


def test_invented_markets_have_their_days_all_year():
    known = HoursOverDays(WEEKLY, (), date(2026, 11, 22), date(2027, 11, 21))
    days = [date(2026, 11, 22) + timedelta(days=n) for n in range(365)]
    held = [day for day in days if known.on(day).status == HELD]
    assert len(held) == 52 and {day.weekday() for day in held} == {5}
