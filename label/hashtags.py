"""Hashtags in a text, found in one pass.

The same word however it is typed: NFKC, then without regard to case, then equality, so that
« #mis789 » is not « #mis78 » and letters that merely look alike stay others. What stands in a web
or mail address is no hashtag. The patterns look a bounded number of signs ahead, so the time grows
with the length of the text and not faster (threats.md, hashtags).
"""

import re
import unicodedata
from itertools import islice
from typing import NamedTuple

from home.models.tags import clean_tag

# Nobody's honest text has more; it bounds the time that a hostile one takes.
MOST = 1000
LONGEST = 60
# The number sign, its full-width and its small form, which are the same sign for NFKC.
SIGNS = "#\uff03\ufe5f"
# Accents, and the vowels of many scripts, come as signs of their own behind their letter; not what
# merely makes a picture of the sign before it.
MARKS = "".join(
    chr(code)
    for code in range(0x300, 0x20000)
    if unicodedata.category(chr(code)) in ("Mn", "Mc") and not 0xFE00 <= code <= 0xFE0F
)
# As other networks have it: Hebrew and Tibetan signs that belong to a word, and what stands between
# letters only (a middle dot, as in « il·lusió » and in names in kana; joiners, a wave, a maqaf).
WITHIN = f"[\\w{MARKS}\u05f3\u05f4\u0f0b\u0f0c\u3003\u30a0]"
BETWEEN = "[\u00b7\u05be\u200c\u200d\u301c\u30fb\uff65]"
# Signs without width that join rather than part: « #mis78 », one of these and « 9 » read as one
# word, which is another. (The space without width does part.) A ring or a key around a letter too.
# These are all that Unicode lets programs ignore, as far as they are not signs of a word above.
UNSEEN = (
    "[\u00ad\u061c\u180e\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
JOINED = rf"{UNSEEN}*+(?:{WITHIN}|[\u20dd-\u20e0\u20e2-\u20e4])"
WORD = rf"\w(?:{WITHIN}|{BETWEEN}(?={WITHIN})){{0,{LONGEST - 1}}}+"
# Every address has one of « :.@ », so that all other signs are passed over at once. Behind « :// »,
# « www. », « mailto: », a domain with a path or a mail address all belongs to it up to a space.
ADDRESS = r"(?:(?<=:)//|(?<=mailto:)|(?<=\bwww\.)|(?<=\w\.)[a-z]{2,24}[/?:]|(?<=[\w.+-]@)\w)[^\s]*"
BEFORE = rf"(?<=[{SIGNS}])(?<![\w&/=@{MARKS}].)"
HASHTAG = rf"{BEFORE}(?P<word>{WORD})(?!{BETWEEN}?{WITHIN}|{JOINED}|@|://)"
FOUND = re.compile(rf"[{SIGNS}:.@](?=[\w/])(?:{HASHTAG}|(?i:{ADDRESS}))")
ONE_WORD = re.compile(WORD)


class Hashtag(NamedTuple):
    """A hashtag at `text[start:end]`, its sign included; `tag` is the one form of its word."""

    start: int
    end: int
    tag: str


def find(text: str) -> list[Hashtag]:
    """The hashtags of a text in their order; of more than `MOST` words the first ones."""
    words = (match for match in FOUND.finditer(text) if match["word"])
    forms = ((match, one_form(match["word"])) for match in islice(words, MOST))
    return [Hashtag(match.start(), match.end(), tag) for match, tag in forms if tag]


def tags_in(text: str) -> list[str]:
    """The words of a text's hashtags, each once, in the order in which they come."""
    return list(dict.fromkeys(found.tag for found in find(text)))


def one_form(word: str) -> str:
    """The one form of a word that may follow the sign, or "" for what is none.

    A number alone is none (« le n° #12 »), nor what falls into several words when it is folded.
    """
    # Twice: folding a letter may leave what composes anew.
    form = clean_tag(clean_tag(word))
    is_word = ONE_WORD.fullmatch(form) and any(sign.isalpha() for sign in form)
    return form if is_word else ""
