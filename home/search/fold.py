"""Words without accents, plurals and elisions: what is indexed and what is asked meet here.

Folding works on any text and never raises. It does not know the language of a word; the stem
is French (Snowball), after a few rules for plurals that Snowball leaves alone.
"""

import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

LONGEST_WORD = 40
MOST_WORDS = 2000

# Little words that people type in passing (« un fromage près de chez moi »); none that could
# be what somebody looks for.
LITTLE = "a au aux avec chez d dans de des du en et l la le les ou par pour pres sur un une"
STOP_WORDS = frozenset(LITTLE.split())
# Both sides of a pair end up on the same stem; « st » is how people write to the communes.
IRREGULAR = {
    "yeux": "oeil",
    "cheveux": "cheveu",
    "jeux": "jeu",
    "feux": "feu",
    "lieux": "lieu",
    "travaux": "travail",
    "vitraux": "vitrail",
    "emaux": "email",
    "coraux": "corail",
    "st": "saint",
    "ste": "saint",
    "sainte": "saint",
}
ELIDED = "c d j l m n s t qu jusqu lorsqu puisqu quoiqu presqu"
ELISIONS = frozenset(ELIDED.split())

# What people use as an apostrophe, and letters that Unicode does not take apart.
APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʹ′´`‛＇", "'"))
UNTIED = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
WORD = re.compile(r"([^\W_]+)('?)")
# A word as it was typed, whose accents may stand as signs of their own behind the letters.
TYPED = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*'?")

_snowball = snowballstemmer.stemmer("french")
# The stemmer keeps the word it works on in itself.
_snowball_lock = threading.Lock()


@dataclass(frozen=True)
class Word:
    """A word of a text: as people write it (in lower case), folded, and its stem."""

    shown: str
    folded: str
    stem: str


def fold(text: str) -> str:
    """Return the text in lower case without accents and ligatures.

    >>> fold("Œufs frais d’Élise")
    "oeufs frais d'elise"
    """
    # Taken apart twice: lower case can bring out new marks (Turkish İ).
    plain = unicodedata.normalize("NFKD", text.translate(APOSTROPHES)).casefold().translate(UNTIED)
    return "".join(
        sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign)
    )


def words(text: str, most: int = MOST_WORDS) -> list[str]:
    """Return the folded words of a text, in order, at most `most`, each of at most 40 signs.

    >>> words("L’abeille qu'on aime")
    ['abeille', 'on', 'aime']
    """
    found = []
    for match in WORD.finditer(fold(text)):
        word, apostrophe = match.groups()
        if apostrophe and word in ELISIONS:
            continue
        found.append(word[:LONGEST_WORD])
        if len(found) == most:
            break
    return found


def tokens(text: str, most: int = MOST_WORDS) -> list[Word]:
    """Return the words that count, with their stems: stop words only where nothing else is."""
    found = []
    for match in TYPED.finditer(unicodedata.normalize("NFC", text.translate(APOSTROPHES))):
        found.extend(_parts(match.group()))
        if len(found) >= most:
            break
    telling = [word for word in found if word.folded not in STOP_WORDS]
    return (telling or found)[:most]


@lru_cache(maxsize=50_000)
def _parts(typed: str) -> tuple[Word, ...]:
    """The words of what stands between two spaces: mostly one; remembered, as words recur."""
    folded = words(typed)
    shown = typed.lower().rstrip("'")[:LONGEST_WORD]
    return tuple(Word(shown if len(folded) == 1 else word, word, stem(word)) for word in folded)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the common part of a folded word's forms.

    >>> stem("oeufs"), stem("chevaux"), stem("bijoux"), stem("velos")
    ('oeuf', 'cheval', 'bijou', 'velo')
    """
    word = IRREGULAR.get(word, word)
    if (word.endswith("s") and len(word) > 3 and not word.endswith("ss")) or (
        word.endswith("oux") and len(word) > 4
    ):
        word = word[:-1]
    with _snowball_lock:
        return _snowball.stemWord(word)[:LONGEST_WORD] or word


def stems(text: str) -> list[str]:
    """Return the stems of the words that count."""
    return [word.stem for word in tokens(text)]
