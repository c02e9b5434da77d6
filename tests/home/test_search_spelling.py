"""Which words a typing error may stand for, and which it may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from home.search.fold import Word
from home.search.vocabulary import Vocabulary

SHOULD = [
    ("fromgae", "fromage"),
    ("froamge", "fromage"),
    ("fromagge", "fromage"),
    ("fromge", "fromage"),
    ("romage", "fromage"),
    ("rfomage", "fromage"),
    ("gromage", "fromage"),
    ("fromagrie", "fromagerie"),
    ("boulangri", "boulangerie"),
    ("boulengerrie", "boulangerie"),
    ("apiculturr", "apiculture"),
    ("marraicher", "maraicher"),
    ("ramboulliet", "rambouillet"),
    ("charcuttrie", "charcuterie"),
    ("poteri", "poterie"),
    ("mieel", "miel"),
    ("chevvre", "chevre"),
    ("choclat", "chocolat"),
    ("horticultuer", "horticulteur"),
    ("herborristeriie", "herboristerie"),
    ("vanerie", "vannerie"),
    ("legumme", "legume"),
    ("librerie", "librairie"),
]
SHOULD_NOT = [
    ("sextant", "servant"),
    ("sextants", "servants"),
    ("sextantes", "servantes"),
    ("bain", "pain"),
    ("main", "pain"),
    ("ciel", "miel"),
    ("fiel", "miel"),
    ("livre", "vivre"),
    ("vin", "pin"),
    ("velo", "veau"),
    ("garage", "fromage"),
    ("coiffeur", "chauffeur"),
    ("plombier", "pommier"),
    ("notaire", "laitier"),
    ("piscine", "cuisine"),
    ("dentiste", "dentelle"),
    ("pharmacie", "charcuterie"),
    ("78120", "78125"),
]


def knowing(*words):
    """A vocabulary of these."""
    kept = {word: Word(word, word, word) for word in words}
    return Vocabulary(kept, [word for word in words if len(word) > 3 and word.isalpha()])


@pytest.mark.parametrize(("typed", "meant"), SHOULD)
def test_a_slip_of_the_finger_is_mended(typed, meant):
    everything = {word for _, word in SHOULD}
    assert knowing(*sorted(everything)).correct(typed).folded == meant


@pytest.mark.parametrize(("typed", "other"), SHOULD_NOT)
def test_another_word_is_left_alone(typed, other):
    assert knowing(other).correct(typed) is None


LETTERS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=6, max_size=30)


@given(LETTERS, st.data())
def test_one_wrong_letter_after_the_first_is_always_mended_from_six_letters(word, data):
    place = data.draw(st.integers(1, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    typed = word[:place] + letter + word[place + 1 :]
    assert knowing(word).correct(typed).folded == word


@given(LETTERS, LETTERS)
def test_what_is_mended_shares_most_of_its_letters(typed, word):
    if knowing(word).correct(typed):
        away = OSA.distance(typed, word)
        assert away <= min(len(typed), len(word)) / 4
        assert typed[0] == word[0] or away == 1
