"""Opening hours put into French: times of day, days, seasons, whole strings.

Spaces inside a time of day ("12 h 30") don't break.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from directory.hours.rules import DAYS, MONTHS, Rule, Span, rules, weekdays
from directory.hours.state import Piece, openings
from directory.hours.syntax import HoursError

NBSP = "\N{NO-BREAK SPACE}"
DAY_NAMES = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTH_NAMES = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
ROUND_THE_CLOCK = f"24{NBSP}h/24"
MONTH_DAY = rf"(?:(\d{{4}}) ?)?({'|'.join(MONTHS)})(?: (\d+))?"


def time_of_day(minutes: int) -> str:
    """ "9 h", "12 h 30", "minuit"; minutes after midnight, beyond 1440 on the next day."""
    if minutes == 1440:
        return "minuit"
    hours, rest = divmod(minutes % 1440, 60)
    return f"{hours}{NBSP}h{NBSP}{rest:02}" if rest else f"{hours}{NBSP}h"


def span_text(span: Span) -> str:
    """ "9 h – 12 h 30" for a table."""
    if span == (0, 1440):
        return ROUND_THE_CLOCK
    return f"{time_of_day(span[0])} – {time_of_day(span[1])}"


def piece_span(piece: Piece) -> Span:
    """The minutes of a dated stretch, counted from midnight of its first day."""
    start = piece.start.hour * 60 + piece.start.minute
    return start, start + int((piece.end - piece.start).total_seconds()) // 60


def day_of_month(day: date, with_year: bool = False) -> str:
    """ "1er mai", "12 août 2027"."""
    return _month_day(day.month, day.day) + (f"{NBSP}{day.year}" if with_year else "")


def day_name(day: date) -> str:
    """ "samedi 28", "mardi 1er"."""
    return f"{DAY_NAMES[day.weekday()]} {'1er' if day.day == 1 else day.day}"


def day_in_words(day: date, today: date | None = None) -> str:
    """ "samedi 28 novembre"; with the year where it isn't that of `today`."""
    other_year = today is not None and day.year != today.year
    return f"{DAY_NAMES[day.weekday()]} {day_of_month(day, other_year)}"


def _month_day(month: int, day: int) -> str:
    return f"{'1er' if day == 1 else day}{NBSP}{MONTH_NAMES[month - 1]}"


def joined(parts: Sequence[str]) -> str:
    """ "a, b et c"."""
    return " et ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def _from_to(span: Span) -> str:
    if span == (0, 1440):
        return ROUND_THE_CLOCK
    return f"de {time_of_day(span[0])} à {time_of_day(span[1])}"


def _ordinal(number: int) -> str:
    if number < 0:
        return {-1: "dernier", -2: "avant-dernier"}.get(number, f"{-number}e avant la fin,")
    return "1er" if number == 1 else f"{number}e"


def _monthly(part: str) -> str | None:
    """ "Sa[1,3]" as "le 1er et le 3e samedi du mois"."""
    match = re.fullmatch(r"(Mo|Tu|We|Th|Fr|Sa|Su)\[([-\d,]+)\]", part)
    if not match or not re.fullmatch(r"-?\d(,-?\d)*", match[2]):
        return None
    which = joined([f"le {_ordinal(int(number))}" for number in match[2].split(",")])
    return f"{which} {DAY_NAMES[DAYS.index(match[1])]} du mois"


def days_text(days: str) -> str | None:
    """ "du lundi au vendredi", "le mardi et le samedi"; None for what is too rich."""
    named, plain = [], []
    for part in re.findall(r"[^,\[]+(?:\[[^\]]*\])?", days):
        if part == "PH":
            named.append("les jours fériés")
        elif part == "SH":
            named.append("pendant les vacances scolaires")
        elif "[" in part:
            monthly = _monthly(part)
            if monthly is None:
                return None
            named.append(monthly)
        else:
            plain.append(part)
    numbers = weekdays(",".join(plain)) if plain else []
    if numbers is None:
        return None
    return joined([*_runs(sorted(set(numbers))), *named])


def _runs(numbers: list[int]) -> list[str]:
    """Runs of three days and more as "du … au …", the others one by one."""
    if len(numbers) == 7:
        return ["tous les jours"]
    parts: list[str] = []
    while numbers:
        length = next(
            (i for i, number in enumerate(numbers) if number != numbers[0] + i), len(numbers)
        )
        if length >= 3:
            parts.append(f"du {DAY_NAMES[numbers[0]]} au {DAY_NAMES[numbers[length - 1]]}")
        else:
            parts += [f"le {DAY_NAMES[number]}" for number in numbers[:length]]
        numbers = numbers[length:]
    return parts


def _point(year: str | None, month: str, day: str | None) -> str:
    number = MONTHS.index(month) + 1
    name = _month_day(number, int(day)) if day else MONTH_NAMES[number - 1]
    return f"{name}{NBSP}{year}" if year else name


def _season_part(part: str) -> str | None:
    weeks = re.fullmatch(r"week0?([12])-5[23]/2", part)
    if weeks:
        return "les semaines " + ("impaires" if weeks[1] == "1" else "paires")
    match = re.fullmatch(rf"{MONTH_DAY}(?:-{MONTH_DAY})?", part)
    if not match:
        return None
    first = _point(*match.group(1, 2, 3))
    if not match[5]:
        vowel = "le " if match[3] else "en "
        return vowel + first
    last = _point(*match.group(4, 5, 6))
    if match[3]:
        return f"du {first} au {last}"
    return f"{'d’' if first[0] in 'ao' else 'de '}{first} à {last}"


def season_text(season: str) -> str | None:
    """ "d’avril à octobre", "du 1er juin au 15 septembre"; None for what is too rich."""
    parts = [_season_part(part) for part in season.split(",")]
    return None if None in parts else joined(parts)


def rule_text(rule: Rule) -> str | None:
    """One rule in French, without capital; None for what is too rich."""
    days = days_text(rule.days) if rule.days else ""
    season = season_text(rule.season) if rule.season else ""
    if days is None or season is None:
        return None
    whole_day = rule.spans in ((), ((0, 1440),))
    if rule.open_end:
        times = joined([f"à partir de {time_of_day(start)}" for start, _ in rule.spans])
    else:
        times = joined([_from_to(span) for span in rule.spans])
    if rule.state == "closed":
        times = "fermé" if whole_day else f"fermé {times}"
    elif rule.state == "unknown":
        doubt = rule.comment or "horaires inconnus"
        times = doubt if whole_day else f"{times} ({doubt})"
    elif whole_day:
        times = ROUND_THE_CLOCK
    if rule.comment and rule.state != "unknown":
        times += f" ({rule.comment})"
    if rule.state == "closed" and whole_day and not season and not rule.comment and days:
        return f"fermé {days}"
    every_day = days == "tous les jours" and rule.state == "unknown" and not rule.comment
    said = " ".join(filter(None, ["" if every_day else days, times]))
    return f"{season}{NBSP}: {said}" if season else said


def _by_dates(text: str, start: date) -> str:
    """The coming week, date by date, for strings whose rules can't be put into words."""
    by_day: dict[date, list[str]] = {}
    for piece in openings(text, [], start, start + timedelta(days=6)):
        if piece.state == "open":
            by_day.setdefault(piece.day, []).append(span_text(piece_span(piece)))
    said = [
        f"{DAY_NAMES[day.weekday()]} {day_of_month(day)}{NBSP}: {joined(spans)}"
        for day, spans in by_day.items()
    ]
    return "; ".join(said).replace("; ", f"{NBSP}; ")


@lru_cache(maxsize=4096)
def describe(text: str, start: date | None = None) -> str:
    """A string in French: "le samedi de 8 h à 12 h 30 ; fermé les jours fériés".

    What words can't say is listed for the week from `start`; without `start`, or when the text
    isn't in the syntax, the text itself comes back. "" stays "".
    """
    if not (text or "").strip():
        return ""
    try:
        found = rules(text)
    except HoursError:
        return text
    said = [rule_text(rule) for rule in found] if found else [None]
    if None in said:
        return (_by_dates(text, start) if start else "") or text
    written = said[0]
    for rule, words in zip(found[1:], said[1:], strict=True):
        between = {",": ", ", "||": ", sinon "}.get(rule.joiner, f"{NBSP}; ")
        written += between + words
    return written
