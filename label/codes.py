"""The codes of badges: printed small on a jar, read aloud, typed on a phone."""

import re
import unicodedata
from secrets import choice

# One of each family of look-alikes; what is read or typed in its place is understood all the same.
LETTERS = "ACDEFHJKMNPRTVWXY23456789"
LENGTH = 10
LOOK_ALIKES = str.maketrans("BSZGOQ0UIL1", "8526DDDV777")
BETWEEN = re.compile(r"[\s\-‐‑–—.·,/_]+")
LONGEST_TYPED = 60


def new_code() -> str:
    """A code that nobody guesses: ten letters and digits, about 46 bits."""
    return "".join(choice(LETTERS) for _ in range(LENGTH))


def understood(typed: str) -> str:
    """The code that somebody meant: case, spaces, look-alikes and full-width letters forgiven.

    Returns "" for what can be none.
    """
    if len(typed) > LONGEST_TYPED:
        return ""
    plain = BETWEEN.sub("", unicodedata.normalize("NFKC", typed)).upper().translate(LOOK_ALIKES)
    fits = len(plain) == LENGTH and set(plain) <= set(LETTERS)
    return plain if fits else ""


def spelled(code: str) -> str:
    """In groups, as it is printed: « A2C4 E6H 8KM »."""
    return f"{code[:4]} {code[4:7]} {code[7:]}".strip()
