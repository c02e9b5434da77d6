"""Words, however they are written, meet at one folded form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.search.fold import LONGEST_WORD, fold, stem, stems, tokens, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Œufs frais", ["oeufs", "frais"]),
        ("CRÉMERIE  pâtissière", ["cremerie", "patissiere"]),
        ("cre\u0301merie", ["cremerie"]),
        ("l’abeille qu'on a vue jusqu’ici", ["abeille", "on", "a", "vue", "ici"]),
        ("aujourd'hui O’Connor", ["aujourd", "hui", "o", "connor"]),
        ("Straße, Ærø, ﬁn", ["strasse", "aero", "fin"]),
        ("Saint-Arnoult-en-Yvelines", ["saint", "arnoult", "en", "yvelines"]),
        ("a\x00b 🧀 c\u200b", ["a", "b", "c"]),
        ("", []),
        ("!?*-:()^\"'", []),
    ],
)
def test_words_are_folded(text, expected):
    assert words(text) == expected


def test_words_are_cut_and_counted():
    assert words("a" * 100) == ["a" * LONGEST_WORD]
    assert len(words("miel " * 5000, most=12)) == 12


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("œuf", "oeufs"),
        ("cheval", "chevaux"),
        ("bijou", "bijoux"),
        ("gâteau", "GÂTEAUX"),
        ("vélo", "vélos"),
        ("fromage", "fromages"),
        ("chèvre", "chevres"),
        ("bœuf", "BŒUFS"),
        ("régional", "régionaux"),
        ("jeu", "jeux"),
        ("travail", "travaux"),
        ("boulanger", "boulangers"),
        ("st", "saint"),
    ],
)
def test_forms_of_a_word_share_a_stem(one, other):
    assert stems(one) == stems(other) != []


@pytest.mark.parametrize(
    ("one", "other"), [("vin", "pin"), ("pain", "panier"), ("poire", "poireau"), ("chou", "chat")]
)
def test_different_words_stay_apart(one, other):
    assert stem(one) != stem(other)


def test_little_words_count_only_where_nothing_else_is():
    assert stems("un fromage près de chez moi") == ["fromag", "moi"]
    assert stems("chez l’un") == ["chez", "un"]


def test_a_word_is_shown_as_people_write_it():
    assert [(word.shown, word.folded) for word in tokens("L’Œuf Fermé")] == [
        ("œuf", "oeuf"),
        ("fermé", "ferme"),
    ]


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
    assert words(" ".join(words(text))) == words(text)


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_any_text_comes_to_clean_words(text):
    for word in tokens(text):
        assert word.folded.isalnum()
        assert 0 < len(word.folded) <= LONGEST_WORD
        assert 0 < len(word.stem) <= LONGEST_WORD
        assert 0 < len(word.shown) <= LONGEST_WORD
    assert len(stems(text)) <= len(text) * 20
