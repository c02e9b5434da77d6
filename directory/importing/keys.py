"""Forms of a text that are equal for the same thing written in two ways."""

import hashlib
import re
import unicodedata

from directory.exporting.columns import DERIVED

NOT_WORD = re.compile(r"[\W_]+")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": " ", "'": " "})

# Ways to shorten the kinds of streets, in folded form.
STREET_WORDS = {
    "av": "avenue",
    "ave": "avenue",
    "bd": "boulevard",
    "bld": "boulevard",
    "blvd": "boulevard",
    "boul": "boulevard",
    "ch": "chemin",
    "che": "chemin",
    "chem": "chemin",
    "fbg": "faubourg",
    "fg": "faubourg",
    "imp": "impasse",
    "pl": "place",
    "pass": "passage",
    "r": "rue",
    "rte": "route",
    "sq": "square",
    "st": "saint",
    "ste": "sainte",
}
# Left out of the comparison: « 10 rue de l’Olive » and « 10 rue Olive » are one street.
STREET_FILLERS = {"de", "du", "des", "la", "le", "les", "l", "d"}
NUMBER_AND_LETTER = re.compile(r"(\d)([a-z]+)")


def fold(text: str) -> str:
    """Small letters without accents, ligatures and punctuation: « L’Œuf » is « l oeuf »."""
    text = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return NOT_WORD.sub(" ", text).strip()


def street_key(street: str) -> str:
    """A street with its number, abbreviations written out and small words left out."""
    words = NUMBER_AND_LETTER.sub(r"\1 \2", fold(street)).split()
    long_words = (STREET_WORDS.get(word, word) for word in words)
    return " ".join(word for word in long_words if word not in STREET_FILLERS)


def match_key(name: str, postal_code: str) -> str:
    """What a removed listing is recognised by when an import brings it again (`Tombstone`)."""
    return f"{fold(name)}|{postal_code}"[:250]


def derived_id(name: str, postal_code: str, street: str) -> str:
    """A lasting identifier for a row that has none, from what it is and where."""
    text = f"{fold(name)}|{postal_code}|{street_key(street)}"
    return DERIVED + hashlib.sha256(text.encode()).hexdigest()[:24]
