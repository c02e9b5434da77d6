"""Hours typed in French by volunteers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.hours import HoursError, is_valid
from directory.hours.french import from_french
from directory.hours.rules import SimpleWeek, compose
from directory.hours.words import describe

KNOWN = {
    "lundi au vendredi 9h-12h30 et 14h-19h, samedi 9h-13h": (
        "Mo-Fr 09:00-12:30,14:00-19:00; Sa 09:00-13:00"
    ),
    "Mar-Sam : 9h30–19h": "Tu-Sa 09:30-19:00",
    "tous les jours sauf mercredi 8h-20h": "Mo-Tu,Th-Su 08:00-20:00",
    "tous les jours 8h-20h sauf mercredi": "Mo-Tu,Th-Su 08:00-20:00",
    "fermé le lundi": "Mo-Su unknown; Mo off",
    "Fermé le lundi. Mardi au samedi 9h-19h": "Tu-Sa 09:00-19:00",
    "fermé lundi, mardi au samedi 9h-19h": "Tu-Sa 09:00-19:00",
    "mardi au samedi 9h-19h, fermé dimanche et jours fériés": "Tu-Sa 09:00-19:00; PH off",
    "sur rendez-vous": '"sur rendez-vous"',
    "uniquement sur RDV": '"sur rendez-vous"',
    "samedi sur rendez-vous": 'Sa unknown "sur rendez-vous"',
    "lundi-vendredi 9h-12h, ou sur rendez-vous": 'Mo-Fr 09:00-12:00 || "sur rendez-vous"',
    "mercredi 16h à 19h": "We 16:00-19:00",
    "9h00-12h00": "Mo-Su 09:00-12:00",
    "9h-12h du lundi au vendredi": "Mo-Fr 09:00-12:00",
    "9h-12h lundi, 14h-16h mardi": "Mo 09:00-12:00; Tu 14:00-16:00",
    "du 1er avril au 31 octobre": "Apr-Oct unknown",
    "du 1er avril au 31 octobre : samedi 8h-12h30": "Apr-Oct Sa 08:00-12:30",
    "samedi 8h-12h30 d’avril à octobre": "Apr-Oct Sa 08:00-12:30",
    "du 15 juin au 10 septembre : samedi 8h-12h": "Jun 15-Sep 10 Sa 08:00-12:00",
    "lundi 9h-12h ; fermé en août": "Mo 09:00-12:00; Aug off",
    "1er et 3e samedi du mois 9h-12h": "Sa[1,3] 09:00-12:00",
    "lun-ven 9-12h / 14-18h": "Mo-Fr 09:00-12:00,14:00-18:00",
    "mar. jeu. sam. 8h-13h": "Tu,Th,Sa 08:00-13:00",
    "en semaine 9h-18h, week-end 10h-12h": "Mo-Fr 09:00-18:00; Sa-Su 10:00-12:00",
    "vendredi 18h-2h": "Fr 18:00-02:00",
    "tous les jours midi-minuit": "Mo-Su 12:00-24:00",
    "24h/24, 7j/7": "24/7",
    "Mo-Fr 09:00-12:00; PH off": "Mo-Fr 09:00-12:00; PH off",
    "": "",
}


@pytest.mark.parametrize(("typed", "stored"), KNOWN.items())
def test_what_volunteers_type(typed, stored):
    assert from_french(typed) == stored


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("bonjour lundi 9h-12h", "« bonjour"),
        ("lundi", "« lundi »"),
        ("samedi matin", "« samedi »"),
        ("lundi 9-12", "« 9-12 »"),
        ("lundi 25h-26h", "« 25h »"),
        ("lundi 14h-12h", "la fin précède le début"),
        ("du 40 avril au 50 mai : lundi 9h-12h", "n’est pas une date"),
        ("fermé", "« fermé »"),
        ("x" * 2000, "1000 signes"),
    ],
)
def test_the_message_names_what_was_not_understood(typed, named):
    with pytest.raises(HoursError, match=named):
        from_french(typed)


WORDS = st.sampled_from(
    ["lundi", "mar.", "au", "-", "samedi", "dim", "9h", "12h30", "9h-12h", "14h à 2h", "et", ","]
    + [";", "\n", "sauf", "fermé", "jours fériés", "du 1er avril au 31 octobre", "en août", "rdv"]
    + [
        "1er",
        "dernier",
        "tous les jours",
        "24h/24",
        "à partir de 18h",
        "midi",
        "week-end",
        "(",
        ":",
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=9).map(" ".join)))
def test_any_text_gives_valid_hours_or_a_message(text):
    try:
        stored = from_french(text)
    except HoursError as error:
        assert str(error)
    else:
        assert is_valid(stored)


def spans(parts):
    times = sorted({*parts})
    pairs = [(a * 15, b * 15) for a, b in zip(times[::2], times[1::2], strict=False)]
    return tuple(pairs)


DAY = st.lists(st.integers(0, 96), max_size=6).map(spans)
WEEKS = st.builds(
    SimpleWeek,
    st.tuples(*[st.one_of(DAY, st.just("sur rendez-vous"))] * 7).filter(any),
    st.sampled_from([None, "closed"]),
)


@given(WEEKS)
def test_the_french_text_of_a_plain_week_reads_back_as_that_week(week):
    stored = compose(week)
    assert from_french(describe(stored)) == stored
