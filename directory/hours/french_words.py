"""The words of opening hours as people type them in French, cut into tokens."""

import re
import unicodedata
from dataclasses import dataclass

from directory.hours.rules import MONTHS, Span
from directory.hours.syntax import HoursError

DAY_WORDS = {
    0: "lundi lun lu",
    1: "mardi mar ma",
    2: "mercredi mer me",
    3: "jeudi jeu je",
    4: "vendredi ven ve vend",
    5: "samedi sam sa",
    6: "dimanche dim di",
}
MONTH_WORDS = (
    "janvier|janv?",
    "fevrier|fevr?",
    "mars",
    "avril|avr",
    "mai",
    "juin",
    "juillet|juil",
    "aout",
    "septembre|sept?",
    "octobre|oct",
    "novembre|nov",
    "decembre|dec",
)
NTH_WORDS = {
    1: "1er|1ers|premier|premiers",
    2: "2e|2eme|deuxieme|second",
    3: "3e|3eme|troisieme",
    4: "4e|4eme|quatrieme",
    -1: "dernier|derniers",
}
# A night that ends later than this is a mistake rather than a late opening.
LATEST_END = 8 * 60

_MONTH = "(?:" + "|".join(MONTH_WORDS) + ")"
_DATE = rf"(?:1er|\d{{1,2}})\s+{_MONTH}"
_CLOCK = r"(?:midi|minuit|\d{1,2}(?:\s*(?:heures?|h|:)(?:\s*\d{2}(?!\s*h))?)?)"
_NTH = "(?:" + "|".join(NTH_WORDS.values()) + ")"
_DAY = "(?:" + "|".join(f"{w}s?" for ws in DAY_WORDS.values() for w in ws.split()) + ")"
_TO = r"\s*(?:-|a|au|jusqu'a|jusqu'au)\s*"
_APPOINTMENT = r"(?:rendez[- ]?vous|rdv|r\.d\.v\.?)"

KINDS = {
    "round": r"24\s*h?(?:eures)?\s*(?:/|sur)\s*24\s*h?",
    "every": r"7\s*j(?:ours)?\s*(?:/|sur)\s*7|tous\s+les\s+jours|tlj|chaque\s+jour",
    "workdays": r"en\s+semaine",
    "weekend": r"week-?\s?ends?",
    "appointment": (
        rf"(?:(?:uniquement|seulement)\s+)?(?:(?:sur|par|avec|prise\s+de)\s+)*{_APPOINTMENT}"
    ),
    "period": (
        rf"(?:du\s+)?{_DATE}{_TO}{_DATE}|du\s+(?:1er|\d{{1,2}}){_TO}{_DATE}"
        rf"|(?:le\s+)?{_DATE}|(?:de\s+|d')?{_MONTH}{_TO}{_MONTH}|(?:en\s+)?{_MONTH}"
    ),
    "nth": rf"{_NTH}(?:\s*(?:,|et)\s*(?:le\s+)?{_NTH})*(?=\s+{_DAY}\b)",
    "holidays": r"jours?\s+feries?|feries?|j\.?\s?f\b\.?",
    "except": r"sauf|hors|excepte",
    "closed": r"fermetures?|fermee?s?|relache",
    "span": rf"{_CLOCK}{_TO}{_CLOCK}",
    "since": rf"(?:a\s+partir\s+de|des)\s+{_CLOCK}",
    "day": _DAY,
    "to": r"au?|jusqu'au?",
    "and": r"et|ou|puis",
    "filler": (
        r"du\s+mois|de\s+chaque\s+mois|le|la|les|de|du|des|ouverte?s?|ouverture|horaires?|matins?"
        r"|apres[- ]midi|soirs?|journee|non[- ]stop|sans\s+interruption|en\s+continu"
        r"|toute\s+l'annee|y\s+compris"
    ),
}
SIGNS = {"to": r"-", "comma": r",", "and": r"[&+]", "stop": r"[;./|\n]", "filler": r"[:()]|[dl]'"}
# Several kinds can begin alike ("1er" a date or "first"): in the order above, whole words only.
TOKEN = re.compile(
    "|".join(rf"(?P<{kind}>(?<![a-z0-9])(?:{word})(?![a-z0-9]))" for kind, word in KINDS.items())
)
SIGN = re.compile("|".join(rf"(?P<{kind}>{sign})" for kind, sign in SIGNS.items()))


@dataclass(frozen=True, slots=True)
class Word:
    """A token: its kind, its folded text, and how it was typed."""

    kind: str
    text: str
    typed: str


def folded(text: str) -> str:
    """Lower case without accents, sign for sign, so that positions stay those of the text."""
    same = {"’": "'", "‘": "'", "–": "-", "—": "-", "−": "-", "‑": "-", "→": "-", "\r": "\n"}
    letters = []
    for sign in text:
        plain = unicodedata.normalize("NFD", same.get(sign, sign))[0].lower()[:1]
        letters.append(" " if plain.isspace() and plain != "\n" else plain)
    return "".join(letters)


def _snippet(text: str) -> str:
    """The first words of what was not understood."""
    return " ".join(text.split()[:3])[:40]


def _abbreviated(word: Word) -> bool:
    """Whether a full stop after the word is that of "mar." rather than of a sentence."""
    return word.kind in ("day", "period") and len(word.text) <= 4


def words(text: str) -> list[Word]:
    """Cut a text into tokens; raises HoursError naming the first thing that is no word of hours."""
    plain = folded(text)
    found: list[Word] = []
    position = 0
    while position < len(plain):
        if plain[position] == " ":
            position += 1
            continue
        match = TOKEN.match(plain, position) or SIGN.match(plain, position)
        if not match:
            raise HoursError(f"On ne comprend pas « {_snippet(text[position:])} ».")
        typed = text[match.start() : match.end()]
        if not (match.group() == "." and found and _abbreviated(found[-1])):
            found.append(Word(match.lastgroup or "", match.group(), typed))
        position = match.end()
    return [word for word in found if word.kind != "filler"]


def day_number(word: str) -> int:
    """Monday is 0."""
    return next(n for n, known in DAY_WORDS.items() if {word, word[:-1]} & set(known.split()))


def nth_numbers(word: str) -> list[int]:
    """The numbers of "1er et 3e"; -1 for the last."""
    return [
        number
        for part in re.findall(_NTH, word)
        for number, known in NTH_WORDS.items()
        if re.fullmatch(known, part)
    ]


def _minutes(word: str) -> int:
    if word in ("midi", "minuit"):
        return 720 if word == "midi" else 0
    numbers = [int(part) for part in re.findall(r"\d+", word)]
    hours, minutes = numbers[0], numbers[1] if len(numbers) > 1 else 0
    if hours > 24 or minutes > 59 or hours * 60 + minutes > 1440:
        raise HoursError(f"« {word} » n’est pas une heure.")
    return hours * 60 + minutes


def span(word: Word) -> Span:
    """The minutes of "9h-12h30"; a night ends beyond 1440. Raises HoursError."""
    if word.kind == "round":
        return 0, 1440
    clocks = re.findall(_CLOCK, word.text)
    if not re.search(r"h|:|midi|minuit", word.text.replace("jusqu'a", "")):
        raise HoursError(f"« {word.typed} » : écrivez les heures avec un h, par exemple 9h-12h.")
    start, end = _minutes(clocks[0]), _minutes(clocks[-1])
    if end == 0:
        end = 1440
    if end > start:
        return start, end
    if end > LATEST_END or end == start:
        raise HoursError(f"« {word.typed} » : la fin précède le début.")
    return start, end + 1440


def since(word: Word) -> int:
    """The minutes of "à partir de 18h"."""
    return _minutes(re.findall(_CLOCK, word.text)[-1])


def period(word: Word) -> str:
    """ "du 1er avril au 31 octobre" as "Apr-Oct", "en août" as "Aug", "le 1er mai" as "May 1"."""
    text = word.text
    months = [m.group() for m in re.finditer(rf"(?<![a-z]){_MONTH}(?![a-z])", text)]
    names = [
        MONTHS[n] for m in months for n, known in enumerate(MONTH_WORDS) if re.fullmatch(known, m)
    ]
    days = [int(d) for d in re.findall(r"\d+", text)]
    if any(not 1 <= day <= 31 for day in days):
        raise HoursError(f"« {word.typed} » n’est pas une date.")
    if len(days) == 2:
        first, last = names[0], names[-1]
        whole = days[0] == 1 and days[1] >= {"Feb": 28}.get(last, 30)
        if whole and (days[1] == 31 or last in ("Feb", "Apr", "Jun", "Sep", "Nov")):
            return first if first == last else f"{first}-{last}"
        return f"{first} {days[0]}-{last} {days[1]}"
    if days:
        return f"{names[0]} {days[0]}"
    return "-".join(names)
