"""Names and streets as one would write them by hand, when a file shouts them in capitals."""

import re

# fmt: off
SMALL = {
    "a", "à", "and", "au", "aux", "chez", "d", "dans", "de", "des", "du", "en", "et", "for", "l",
    "la", "le", "les", "of", "ou", "par", "pour", "s", "sous", "sur", "the", "un", "une",
}
STREET_SMALL = {
    "allee", "allees", "allée", "allées", "avenue", "bis", "boulevard", "carrefour", "chaussée",
    "chemin", "cité", "cour", "cours", "esplanade", "faubourg", "galerie", "hameau", "impasse",
    "lotissement", "mail", "montée", "parc", "passage", "place", "pont", "porte", "quai",
    "quater", "quartier", "rond-point", "route", "rue", "ruelle", "résidence", "sente", "sentier",
    "square", "ter", "venelle", "villa", "voie",
}
# fmt: on
SHORT_STREETS = {
    "av": "avenue",
    "ave": "avenue",
    "bd": "boulevard",
    "bld": "boulevard",
    "blvd": "boulevard",
    "imp": "impasse",
    "pl": "place",
    "rte": "route",
    "sq": "square",
}
LEGAL_FORMS = {"EARL", "GAEC", "SARL", "SASU", "SCEA", "SCIC", "SCOP", "EURL", "AMAP", "CUMA"}
WORD = re.compile(r"[^\W\d_]+")
VOWEL = re.compile(r"[AEIOUYÀ-ÖÙ-Ü]")


def is_shouted(text: str) -> bool:
    """Whether all its letters are capitals, and more than three of them."""
    return text == text.upper() and sum(map(str.isalpha, text)) > 3


def tidy_name(name: str) -> str:
    """A name in capitals with capitals where French has them; others are left as they are.

    >>> tidy_name("FROMAGERIE DE L'EURE & CIE")
    "Fromagerie de l'Eure & Cie"
    """
    return _tidy(name, keep_short=True) if is_shouted(name) else name


def tidy_street(street: str) -> str:
    """A street in capitals, with small letters for its kind and abbreviations written out.

    >>> tidy_street("23 BIS AVENUE DE LA MOTTE PICQUET")
    '23 bis avenue de la Motte Picquet'
    """
    return _tidy(street, small=STREET_SMALL, short=SHORT_STREETS) if is_shouted(street) else street


def _tidy(
    text: str,
    small: set[str] = frozenset(),
    short: dict[str, str] | None = None,
    keep_short: bool = False,
) -> str:
    first = True

    def written(match: re.Match) -> str:
        nonlocal first
        word, begins = match[0], first
        first = False
        low = word.lower()
        if short and low in short:
            return short[low]
        if low in small or (low in SMALL and not begins):
            return low
        if word in LEGAL_FORMS or (keep_short and len(word) <= 3 and not VOWEL.search(word)):
            return word
        return low.capitalize()

    return WORD.sub(written, text)
