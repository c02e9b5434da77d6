"""Public holidays: hours that do not speak of them are to be checked, and it is said."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import OpeningHours, State

from directory.checks import check_country
from directory.hours import holidays_to_check, silent_holiday, state_at, today_sentence
from directory.hours.public_holidays import easter, holiday_name
from tests import factories

PARIS = ZoneInfo("Europe/Paris")
DAILY = "Mo-Su 09:00-18:00"
CHRISTMAS = date(2026, 12, 25)
YEARS = st.integers(1900, 2099)
MOVING = {1: "Lundi de Pâques", 39: "Ascension", 50: "Lundi de Pentecôte"}


def at(day, hour):
    return datetime(day.year, day.month, day.day, hour, tzinfo=PARIS)


def said(text, day, hour, exceptions=()):
    return today_sentence(text, exceptions, at(day, hour)).replace("\N{NO-BREAK SPACE}", " ")


def plain(response):
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


class Period:
    def __init__(self, start, end, hours):
        self.start, self.end, self.hours, self.note = start, end, hours, ""


@pytest.mark.parametrize(
    "text",
    [
        "Mo-Su 09:00-18:00; PH off",
        "Mo-Su,PH 09:00-18:00",
        "Mo-Su 09:00-18:00; Dec 25 off",
        "Mo-Su 09:00-18:00; dec 25 10:00-12:00",
        "Mo-Su 09:00-18:00; Dec 24-26 10:00-12:00",
        "Mo-Su 09:00-18:00; Dec 24-Dec 25 10:00-12:00",
        "Mo-Su 09:00-18:00; Dec 24,Dec 25 10:00-12:00",
        "Mo-Su 09:00-18:00; 2026 Dec 25 10:00-12:00",
        "24/7",
    ],
)
def test_hours_that_speak_of_the_day_leave_no_doubt(text):
    assert silent_holiday(text, CHRISTMAS) == ""
    assert CHRISTMAS not in dict(holidays_to_check(text, [], CHRISTMAS))
    assert "férié" not in said(text, CHRISTMAS, 11)


@pytest.mark.parametrize(
    "text",
    [
        DAILY,
        "Fr 09:00-18:00",
        'Mo-Su 09:00-18:00 "PHARMACIE PH"',
        "Jan-Dec Mo-Su 09:00-18:00",
        "Dec 1-Dec 31 Mo-Su 09:00-18:00",
        "Mo-Su 09:00-18:00; Dec 26 off",
        "Mo-Su 09:00-18:00; 2025 Dec 25 off",
    ],
)
def test_hours_that_say_nothing_of_the_day_are_to_be_checked(text):
    assert silent_holiday(text, CHRISTMAS) == "Noël"
    assert said(text, CHRISTMAS, 11) == "Ouvert jusqu’à 18 h · jour férié, à vérifier"
    assert silent_holiday(text, CHRISTMAS + timedelta(days=3)) == ""


def test_an_opening_that_comes_on_a_holiday_is_to_be_checked_too():
    assert said(DAILY, CHRISTMAS, 8).endswith("Ouvre dans 60 min · jour férié, à vérifier")
    eve = said("Fr 09:00-18:00", date(2026, 12, 24), 20)
    assert eve == "Fermé aujourd’hui · ouvre demain à 9 h · jour férié, à vérifier"
    # It is the day of the opening that counts, not the one on which one looks.
    assert "férié" not in said(DAILY, CHRISTMAS, 20)


def test_an_exception_that_rules_on_the_day_has_said_it():
    fair = [Period(CHRISTMAS, CHRISTMAS, "10:00-12:00")]
    assert said(DAILY, CHRISTMAS, 11, fair) == "Ouvert jusqu’à 12 h"
    assert holidays_to_check(DAILY, fair, CHRISTMAS) == [(date(2027, 1, 1), "Jour de l’an")]


def test_holidays_are_told_a_week_ahead_and_only_where_it_is_usually_open():
    assert holidays_to_check(DAILY, [], date(2026, 12, 18)) == [(CHRISTMAS, "Noël")]
    assert holidays_to_check(DAILY, [], date(2026, 12, 17)) == []
    assert holidays_to_check("Mo 09:00-18:00", [], date(2026, 12, 20)) == []
    assert holidays_to_check("", [], CHRISTMAS) == []


@given(YEARS, st.sampled_from(sorted(MOVING)))
def test_days_that_move_with_easter_are_holidays_and_can_be_spoken_of(year, days):
    day = easter(year) + timedelta(days=days)
    # On the same day as a fixed one, that one has the name.
    name = holiday_name(day)
    assert name == MOVING[days] or (day.month, day.day) in ((5, 1), (5, 8))
    assert silent_holiday(DAILY, day) == name
    for rule in (f"easter +{days} days", f"easter +{days} days-easter +{days + 1} days"):
        assert silent_holiday(f"{DAILY}; {rule} off", day) == ""
    assert silent_holiday(f"{DAILY}; easter off", day) == name
    assert silent_holiday(f"{DAILY}; {day:%b} {day.day} off", day) == ""


@given(YEARS)
def test_easter_is_a_sunday_of_march_or_april_and_the_library_s(year):
    sunday = easter(year)
    assert sunday.weekday() == 6
    assert (3, 22) <= (sunday.month, sunday.day) <= (4, 25)
    noon = datetime(year, sunday.month, sunday.day, 12)  # noqa: DTZ001 -- wall-clock time
    assert OpeningHours("easter 10:00-14:00").state(noon)[0] is State.OPEN


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.integers(0, 5), st.integers(0, 5))
def test_a_few_written_days_are_read_as_the_library_reads_them(day, before, after):
    first, last = day - timedelta(days=before), day + timedelta(days=after)
    rule = f"{first:%b} {first.day}-{last:%b} {last.day}"
    assert not state_at(f"{DAILY}; {rule} off", [], at(day, 12)).is_open
    spoken = before + after < 7
    expected = "" if spoken else holiday_name(day)
    assert silent_holiday(f"{DAILY}; {rule} off", day) == expected


@given(st.text(max_size=40), st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_any_text_can_be_asked(text, day):
    assert silent_holiday(text, day) in ("", holiday_name(day))
    assert silent_holiday(f"easter +99999999999 days {text} Feb 31", day) in ("", holiday_name(day))


def test_the_country_is_a_setting(settings):
    national = date(2026, 7, 21)
    assert holiday_name(national) == ""
    settings.COUNTRY = "BE"
    assert holiday_name(national) == "Fête légale"
    assert holiday_name(date(2026, 7, 14)) == ""
    assert not state_at(f"{DAILY}; PH off", [], at(national, 11)).is_open
    assert state_at(f"{DAILY}; PH off", [], at(date(2026, 7, 14), 11)).is_open
    assert "férié" in said(DAILY, national, 11)


def test_a_country_that_nobody_knows_is_told_at_the_start(settings):
    assert check_country(None) == []
    settings.COUNTRY = "XX"
    assert "« XX » n’est pas un pays connu" in check_country(None)[0].msg


@pytest.fixture
def christmas_morning(categories, monkeypatch):
    """It is eleven o'clock on Christmas Day."""
    monkeypatch.setattr(timezone, "now", lambda: at(CHRISTMAS, 11))


@pytest.mark.django_db
def test_a_listing_s_page_says_so_on_the_day_and_before(client, christmas_morning):
    shop = factories.listing("Crémerie", hours=DAILY, phone="01 99 00 12 34")
    careful = factories.listing("Fournil", hours=f"{DAILY}; PH 09:00-12:00")
    page = plain(client.get(shop.get_absolute_url()))
    assert "Jour férié (Noël) : les horaires peuvent changer, appelez avant de passer." in page
    assert "vendredi 1er janvier</strong> : jour férié (Jour de l’an)" in page
    assert "férié (" not in plain(client.get(careful.get_absolute_url()))


@pytest.mark.django_db
def test_what_is_open_now_comes_with_the_notice_on_a_holiday_only(client, christmas_morning):
    factories.listing("Crémerie", hours=DAILY)
    page = plain(client.get("/annuaire/?ouvert=1"))
    assert "Jour férié aujourd’hui (Noël)" in page
    assert 'data-listing="cremerie"' in page and "jour férié, à vérifier" in page
    assert "aujourd’hui (Noël)" not in plain(client.get("/annuaire/"))


@pytest.mark.django_db
def test_an_ordinary_day_has_no_notice(client, categories, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: at(date(2026, 12, 8), 11))
    factories.listing("Crémerie", hours=DAILY)
    assert "férié" not in plain(client.get("/annuaire/?ouvert=1"))
