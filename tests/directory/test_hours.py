"""Open, closed or unknown: known answers, odd clocks, exceptions, anything stored."""

import json
import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import OpeningHours, State

from directory.hours import HoursError, evaluate_many, parse, state_at
from directory.hours.public_holidays import holiday_name
from directory.hours.schema import schema_org
from directory.hours.text import regular_week, today_sentence, week
from directory.hours.words import describe

PARIS = ZoneInfo("Europe/Paris")
SHOP = "Mo-Fr 09:00-12:30,14:00-19:00; Sa 09:00-13:00; PH off"
BAR = "Fr-Sa 22:00-03:00"
# Invented, in the manner of the strings that open data holds.
INVENTED = [
    "mo-fr 8:00-13:30; sa 8:00-14:00",
    "Tu, Fr, Sa 07:30-14:00",
    "We 08:00-13:00, 15:00-19:00",
    "Th[1] 15:00-20:00",
    "tu 8:00-13:00,th 8:00-13:00",
    "Tu 07:00-016:00",
    "25.04. 10-14 Uhr",
    None,
]


@dataclass
class Period:
    """An exception as a listing has it."""

    start: date
    end: date
    hours: str = ""
    note: str = ""


def at(*when, fold=0):
    return datetime(*when, tzinfo=PARIS, fold=fold)


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def today(text, when, exceptions=(), phone=""):
    return plain(today_sentence(text, exceptions, when, phone))


@pytest.mark.parametrize(
    ("text", "when", "expected"),
    [
        (SHOP, at(2026, 3, 3, 10), "open"),
        (SHOP, at(2026, 3, 3, 12, 29, 59), "open"),
        (SHOP, at(2026, 3, 3, 12, 30), "closed"),
        (SHOP, at(2026, 5, 1, 10), "closed"),
        (SHOP, at(2026, 4, 6, 10), "closed"),
        ("Mo-Fr 09:00-12:00", at(2026, 5, 1, 10), "open"),
        (BAR, at(2026, 3, 8, 2), "open"),
        (BAR, at(2026, 3, 8, 3), "closed"),
        (BAR, at(2026, 3, 6, 2), "closed"),
        ("", at(2026, 3, 3, 10), "unknown"),
        ("   ", at(2026, 3, 3, 10), "unknown"),
        ('"sur rendez-vous"', at(2026, 3, 3, 10), "unknown"),
        ('open "sur rendez-vous"', at(2026, 3, 3, 10), "unknown"),
        ('Tu 09:00-12:00 "sur RDV"', at(2026, 3, 3, 10), "unknown"),
        ('Tu "le matin"', at(2026, 3, 3, 10), "unknown"),
        ('Tu 09:00-12:00 "place de l’église"', at(2026, 3, 3, 10), "open"),
        ("sur rendez-vous", at(2026, 3, 3, 10), "unknown"),
        ("09h00-12h00", at(2026, 3, 3, 10), "unknown"),
        ("Tu, Fr 07:30-14:00", at(2026, 3, 3, 20), "closed"),
        ("24/7", at(2026, 3, 3, 3), "open"),
    ],
)
def test_known_answers(text, when, expected):
    assert state_at(text, [], when).state == expected
    assert evaluate_many([(1, text, [])], when) == {1: expected}


def test_the_hour_is_that_of_paris_whatever_the_zone_of_the_question():
    assert state_at(SHOP, [], datetime(2026, 7, 7, 7, 30, tzinfo=UTC)).is_open
    assert not state_at(SHOP, [], datetime(2026, 1, 6, 7, 30, tzinfo=UTC)).is_open


def test_an_hour_is_lost_in_march_and_repeated_in_october():
    night = "Sa 22:00-05:00"
    spring = state_at(night, [], at(2026, 3, 29, 1, 30))
    assert spring.until.timestamp() - at(2026, 3, 29, 1, 30).timestamp() == 2.5 * 3600
    second_pass = at(2026, 10, 25, 2, 15, fold=1)
    until = state_at("Sa 22:00-02:30", [], second_pass).until
    assert until.timestamp() - second_pass.timestamp() == 15 * 60
    assert today("Su 04:00-08:00", at(2026, 3, 29, 1, 30)) == "Ouvre à 4 h"
    assert today("Su 03:00-08:00", at(2026, 3, 29, 1, 30)) == "Ouvre dans 30 min"


def test_a_closed_exception_wins_but_does_not_cut_the_night_before():
    away = [Period(date(2026, 3, 7), date(2026, 3, 12), note="congés")]
    assert state_at(BAR, away, at(2026, 3, 7, 1)).is_open
    closed = state_at(BAR, away, at(2026, 3, 7, 23))
    assert (closed.state, closed.note) == ("closed", "congés")
    assert closed.next_open == at(2026, 3, 13, 22)
    assert state_at("24/7", away, at(2026, 3, 6, 12)).until == at(2026, 3, 7)
    assert evaluate_many([("a", BAR, away), ("b", BAR, [])], at(2026, 3, 7, 23)) == {
        "a": "closed",
        "b": "open",
    }


def test_an_exception_opens_a_day_also_when_the_week_is_unknown():
    fair = [Period(date(2026, 3, 8), date(2026, 3, 8), "10:00-18:00")]
    for text in (SHOP, "", "n’importe quoi"):
        assert state_at(text, fair, at(2026, 3, 8, 11)).is_open
        assert state_at(text, fair, at(2026, 3, 8, 19)).state == "closed"
    assert state_at("", fair, at(2026, 3, 9, 11)).state == "unknown"


def test_the_late_opening_of_an_exceptional_day_runs_into_the_usual_one():
    party = [Period(date(2026, 3, 3), date(2026, 3, 3), "20:00-02:00")]
    assert state_at(SHOP, party, at(2026, 3, 4, 1)).is_open
    assert state_at(SHOP, party, at(2026, 3, 3, 10)).state == "closed"
    assert state_at(SHOP, party, at(2026, 3, 4, 10)).is_open


def test_the_shorter_of_two_exceptions_rules():
    both = [
        Period(date(2026, 8, 1), date(2026, 8, 31)),
        Period(date(2026, 8, 15), date(2026, 8, 15), "09:00-12:00"),
    ]
    assert state_at(SHOP, both, at(2026, 8, 15, 10)).is_open
    assert state_at(SHOP, both, at(2026, 8, 14, 10)).state == "closed"


def test_unreadable_exceptional_hours_are_unknown():
    odd = [Period(date(2026, 3, 3), date(2026, 3, 3), "le matin")]
    assert state_at(SHOP, odd, at(2026, 3, 3, 10)).state == "unknown"


def test_what_comes_after_a_fallback_is_still_found():
    state = state_at('Mo 09:00-12:00 || "sur rendez-vous"', [], at(2026, 3, 2, 13))
    assert state.next_open == at(2026, 3, 9, 9)


@pytest.mark.parametrize(
    ("text", "when", "expected"),
    [
        (SHOP, at(2026, 3, 3, 10), "Ouvert jusqu’à 12 h 30"),
        (SHOP, at(2026, 3, 3, 12, 45), "Ouvre à 14 h"),
        (SHOP, at(2026, 3, 3, 13, 20), "Ouvre dans 40 min"),
        (SHOP, at(2026, 3, 3, 20), "Ouvre demain à 9 h"),
        (SHOP, at(2026, 3, 7, 20), "Ouvre lundi à 9 h"),
        (SHOP, at(2026, 3, 8, 10), "Fermé aujourd’hui · ouvre demain à 9 h"),
        ("Tu 09:00-12:00", at(2026, 3, 8, 10), "Fermé aujourd’hui · ouvre mardi à 9 h"),
        (
            "Apr-Oct Sa 08:00-12:30",
            at(2026, 3, 8, 10),
            "Fermé aujourd’hui · ouvre le 4 avril à 8 h",
        ),
        ("Mo-Su 18:00-24:00", at(2026, 3, 8, 20), "Ouvert jusqu’à minuit"),
        (BAR, at(2026, 3, 7, 23), "Ouvert jusqu’à 3 h"),
        ("24/7", at(2026, 3, 8, 20), "Ouvert 24 h/24"),
        ("", at(2026, 3, 8, 20), "Horaires inconnus"),
        ('"sur rendez-vous"', at(2026, 3, 8, 20), "Sur rendez-vous"),
        ("sur rdv", at(2026, 3, 8, 20), "Sur rendez-vous"),
        ("Fr 09:00-12:00", at(2026, 5, 1, 10), "Ouvert jusqu’à 12 h · jour férié, à vérifier"),
    ],
)
def test_today_in_one_sentence(text, when, expected):
    assert today(text, when) == expected


def test_an_unknown_place_with_a_phone_is_called_first():
    assert today("", at(2026, 3, 8), phone="01") == "Horaires inconnus : appelez avant de passer"


def test_a_long_closure_says_until_when():
    away = [Period(date(2026, 8, 1), date(2026, 8, 12))]
    assert today(SHOP, at(2026, 8, 4, 10), away) == "Fermé jusqu’au 12 août"
    assert today(SHOP, at(2026, 8, 12, 10), away) == "Fermé aujourd’hui · ouvre demain à 9 h"


def test_the_coming_week_names_days_holidays_and_exceptions():
    away = [Period(date(2026, 5, 4), date(2026, 5, 4), note="congés")]
    days = week(SHOP, away, date(2026, 4, 30))
    assert [d.label for d in days[:3]] == ["jeudi 30", "vendredi 1er", "samedi 2"]
    assert [plain(i) for i in days[0].intervals] == ["9 h – 12 h 30", "14 h – 19 h"]
    assert (days[1].closed, days[1].holiday) == (True, "Fête du Travail")
    assert (days[4].closed, days[4].note) == (True, "congés")
    assert [d.is_today for d in days] == [True] + [False] * 6
    assert all(d.unknown and not d.closed for d in week("", [], date(2026, 3, 3)))
    assert plain(week(BAR, [], date(2026, 3, 7))[0].intervals[0]) == "22 h – 3 h"
    assert week(BAR, [], date(2026, 3, 7))[1].closed


def test_the_usual_week_groups_days_and_lists_seasons():
    usual = regular_week(SHOP)
    assert [row.label for row in usual.rows] == ["lundi – vendredi", "samedi", "dimanche"]
    assert usual.remarks == ["Fermé les jours fériés"]
    season = regular_week("Tu 09:00-12:00; Jul-Aug off")
    assert [row.closed for row in season.rows] == [True, False, True]
    assert season.remarks == [describe("Jul-Aug off").capitalize()]
    assert regular_week("").rows == regular_week("").remarks == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Sa 08:00-12:30", "le samedi de 8 h à 12 h 30"),
        ("Apr-Oct Sa 08:00-12:30", "d’avril à octobre : le samedi de 8 h à 12 h 30"),
        ("Th[1] 15:00-20:00", "le 1er jeudi du mois de 15 h à 20 h"),
        ("week 2-52/2 We 10:00-12:00", "les semaines paires : le mercredi de 10 h à 12 h"),
        (
            "Jun 15-Sep 1 Mo-Su 10:00+",
            "du 15 juin au 1er septembre : tous les jours à partir de 10 h",
        ),
        ("24/7", "24 h/24"),
        ("", ""),
        ("Mo 9h", "Mo 9h"),
    ],
)
def test_a_string_in_words(text, words):
    assert plain(describe(text)) == words


def test_what_words_cannot_say_is_listed_by_date():
    assert plain(describe("easter 10:00-12:00", date(2026, 4, 4))) == (
        "dimanche 5 avril : 10 h – 12 h"
    )


def test_schema_org_knows_days_nights_and_holidays():
    specs = schema_org("Sa 18:00-24:00; Su 22:00-03:00; PH off")
    assert [(s["dayOfWeek"], s["opens"], s["closes"]) for s in specs] == [
        (["https://schema.org/Saturday"], "18:00", "23:59"),
        (["https://schema.org/Sunday"], "22:00", "03:00"),
        (["https://schema.org/PublicHolidays"], "00:00", "00:00"),
    ]
    assert (
        schema_org("") == schema_org('"sur rendez-vous"') == schema_org("Apr Sa 09:00-12:00") == []
    )


def test_holidays_have_the_same_days_as_the_library():
    library = OpeningHours("PH", country="FR")
    for offset in range(366 * 4):
        day = date(2024, 1, 1) + timedelta(days=offset)
        noon = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 -- wall-clock time
        assert bool(holiday_name(day)) == (library.state(noon)[0] is State.OPEN), day


def test_a_message_names_what_is_not_understood():
    with pytest.raises(HoursError, match="« 09h00-12h00 »"):
        parse("Mo 09h00-12h00")
    assert parse("").state()[0] is State.UNKNOWN


def market_strings():
    folder = os.environ.get("REAL_DATA")
    if not folder:
        pytest.skip("REAL_DATA n’indique aucun dossier de données réelles")
    files = sorted(Path(folder).glob("markets/*.json"))
    if not files:
        pytest.skip("pas de markets/*.json dans REAL_DATA")
    for file in files:
        for feature in json.loads(file.read_text())["features"]:
            yield from (v for k, v in feature["properties"].items() if "hours" in k)


def check_everything(texts):
    for text in texts:
        assert state_at(text, [], at(2026, 3, 3, 10)).state in ("open", "closed", "unknown")
        assert today(text, at(2026, 3, 3, 10))
        assert len(week(text, [], date(2026, 3, 3))) == 7
        assert regular_week(text) is not None
        assert describe(text) is not None
        assert isinstance(schema_org(text), list)


def test_strings_as_open_data_holds_them_never_raise():
    check_everything(INVENTED)


def test_the_strings_of_real_markets_never_raise():
    check_everything(market_strings())


PARTS = st.sampled_from(
    ["Mo", "Tu-Sa", "Su[1]", "PH", "SH", "Apr-Oct", "2026", "easter", "week01-53/2"]
    + ["09:00-12:00", "22:00-03:00", "18:00+", "24/7", "sunrise-sunset", "off", "open", "unknown"]
    + ['"sur rdv"', '"x"', ";", ",", "||"]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PARTS, max_size=8).map(" ".join))
DATES = st.dates(date(2000, 1, 1), date(2100, 1, 1))
PERIODS = st.builds(
    lambda start, days, hours: Period(start, start + timedelta(days=days), hours),
    DATES,
    st.integers(0, 40),
    TEXTS,
)


@given(TEXTS, st.lists(PERIODS, max_size=3), st.datetimes(at(2000, 1, 1).replace(tzinfo=None)))
def test_any_text_has_one_of_three_states_at_any_time(text, periods, when):
    moment = when.replace(tzinfo=PARIS, year=min(when.year, 2090))
    state = state_at(text, periods, moment)
    assert state.state in ("open", "closed", "unknown")
    assert state.until is None or state.until > moment
    assert evaluate_many([(1, text, periods)], moment) == {1: state.state}
    assert today_sentence(text, periods, moment)
    assert len(week(text, periods, moment.date())) == 7


def test_a_thousand_evaluations_take_some_milliseconds():
    rows = [(n, f"Mo-Fr 08:{n % 60:02}-1{n % 9}:{n // 60:02}; PH off", []) for n in range(1000)]
    evaluate_many(rows, at(2026, 3, 3, 10))
    best = 1.0
    for _ in range(5):
        start = perf_counter()
        evaluate_many(rows, at(2026, 3, 3, 10))
        best = min(best, perf_counter() - start)
    # Some 2 ms here; the margin is for busy machines.
    assert best < 0.02
