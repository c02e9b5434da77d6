"""Reading hours as a volunteer types them, in French, into OpenStreetMap's syntax.

"lundi au vendredi 9h-12h30 et 14h-19h, samedi 9h-13h" becomes
"Mo-Fr 09:00-12:30,14:00-19:00; Sa 09:00-13:00".
"""

from dataclasses import dataclass, field

from directory.hours.french_words import Word, day_number, nth_numbers, period, since, span, words
from directory.hours.rules import (
    DAYS,
    ON_APPOINTMENT,
    WHOLE_DAY,
    DayHours,
    SimpleWeek,
    Span,
    clock,
    compose,
    compose_day,
    compose_days,
)
from directory.hours.syntax import MAX_LENGTH, HoursError, is_valid

EVERY_DAY = set(range(7))


@dataclass
class Season:
    """What is said for one part of the year; `written` is its selector ("" all year)."""

    written: str = ""
    days: list[DayHours] = field(default_factory=lambda: [()] * 7)
    extra: list[str] = field(default_factory=list)
    closed: set[int] = field(default_factory=set)
    off: bool = False

    @property
    def says_open(self) -> bool:
        """Whether it tells any hours."""
        return any(self.days) or bool(self.extra)

    def rules(self) -> list[str]:
        """Its rules, each with its selector."""
        written = compose(SimpleWeek(tuple(self.days)))
        found = written.split("; ") if written else []
        if self.written and found == ["24/7"]:
            found = ["00:00-24:00"]
        found += self.extra
        if self.off:
            found = ["off"]
        elif not self.says_open:
            found = ["unknown" if self.written else "Mo-Su unknown"]
            found += [f"{compose_days(sorted(self.closed))} off"] if self.closed else []
        return [f"{self.written} {rule}".strip() for rule in found]


@dataclass
class Saying:
    """What was read since the last thing that was complete."""

    groups: list[set[int]] = field(default_factory=lambda: [set()])
    monthly: list[str] = field(default_factory=list)
    nth: list[int] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    open_end: int | None = None
    holidays: bool = False
    closed: bool = False
    removing: bool = False
    times_first: bool = False
    appointment: bool = False
    typed: list[str] = field(default_factory=list)

    @property
    def days(self) -> set[int]:
        """All days named."""
        return set().union(*self.groups)

    @property
    def timed(self) -> bool:
        """Whether hours were given."""
        return bool(self.spans) or self.open_end is not None

    @property
    def named(self) -> bool:
        """Whether it says which days."""
        return bool(self.days or self.monthly or self.holidays)


class Reader:
    """Goes through the words once; `result` is the string."""

    def __init__(self, found: list[Word]) -> None:
        self.words = found
        self.seasons = [Season()]
        self.holidays = ""
        self.by_appointment = False
        self.now = Saying()
        self.last = self.previous_day = ""
        self.range_from: int | None = None
        for index, word in enumerate(found):
            following = found[index + 1].kind if index + 1 < len(found) else "stop"
            self.read(word, following)
            self.last = word.kind
        self.flush()

    def read(self, word: Word, following: str) -> None:
        """Take one word."""
        kind = word.kind
        if kind in ("day", "every", "workdays", "weekend", "nth", "holidays"):
            self.take_days(word)
        elif kind in ("span", "round", "since"):
            self.take_times(word)
        elif kind == "closed":
            self.take_closed()
        elif kind == "except":
            self.take_except()
        elif kind == "appointment":
            self.take_appointment()
        elif kind == "period":
            self.take_period(word, following)
        elif kind == "to":
            self.take_to(word, following)
        elif kind == "comma":
            self.now.groups.append(set())
        elif kind == "stop" and not (self.now.timed and following in ("span", "round", "since")):
            self.flush()

    def take_to(self, word: Word, following: str) -> None:
        """ "lundi au vendredi"; elsewhere a dash is only decoration, other words are a mistake."""
        if self.last == "day" and following == "day":
            self.range_from = day_number(self.previous_day)
        elif word.text not in ("-", "a", "au"):
            raise HoursError(f"On ne comprend pas « {word.typed} » à cet endroit.")

    def take_days(self, word: Word) -> None:
        """Days, "every day", holidays or "the first … of the month"."""
        says_when = self.last != "comma" or word.kind == "every"
        if self.now.timed and not self.now.named and says_when:
            self.now.times_first = True
        elif self.now.timed and not self.now.times_first:
            self.flush()
        now = self.now
        now.typed.append(word.typed)
        if word.kind == "nth":
            now.nth = nth_numbers(word.text)
        elif word.kind == "holidays":
            if now.removing:
                self.holidays = "PH off"
            else:
                now.holidays = True
        elif word.kind == "day" and now.nth:
            numbers = ",".join(map(str, now.nth))
            now.monthly.append(f"{DAYS[day_number(word.text)]}[{numbers}]")
            now.nth = []
        else:
            self.name_days(self.numbers(word))

    def numbers(self, word: Word) -> set[int]:
        """The weekday numbers that a word stands for, a range begun before it included."""
        if word.kind != "day":
            return {"every": EVERY_DAY, "workdays": set(range(5)), "weekend": {5, 6}}[word.kind]
        number = day_number(word.text)
        self.previous_day = word.text
        if self.last == "to" and self.range_from is not None:
            first, self.range_from = self.range_from, None
            return {(first + step) % 7 for step in range((number - first) % 7 + 1)}
        return {number}

    def name_days(self, numbers: set[int]) -> None:
        """Add to the days being named, or take away after "sauf"."""
        if self.now.removing:
            self.now.groups = [group - numbers for group in self.now.groups]
        else:
            self.now.groups[-1] |= numbers

    def take_times(self, word: Word) -> None:
        """Hours; after "fermé lundi, mardi" they belong to the last days named."""
        if self.now.times_first:
            self.flush()
        if word.kind == "since":
            self.now.open_end = since(word)
        else:
            self.now.spans.append(span(word))
        self.now.typed.append(word.typed)

    def take_closed(self) -> None:
        """ "lundi fermé" closes what was named, "fermé le lundi" what follows."""
        if self.now.timed:
            self.flush()
        named_before = self.now.named and not self.now.removing
        self.now.closed = True
        if named_before:
            self.flush()

    def take_except(self) -> None:
        """ "tous les jours sauf mercredi 8h-20h", "tous les jours 8h-20h sauf mercredi"."""
        if self.now.timed:
            self.flush()
            self.now.closed = True
            return
        if not self.now.named:
            self.now.groups = [set(EVERY_DAY)]
        self.now.removing = True

    def take_appointment(self) -> None:
        """ "samedi sur rendez-vous", or a last word for all the rest: "…, ou sur rendez-vous"."""
        if self.now.timed and self.last in ("comma", "and"):
            self.flush()
        self.now.appointment = True
        if self.now.named or self.now.timed:
            self.flush()

    def take_period(self, word: Word, following: str) -> None:
        """A part of the year: for what follows, or for what was just said if the sentence ends."""
        written = period(word)
        if self.now.closed and not self.now.named:
            self.seasons.append(Season(written, off=True))
            self.now = Saying()
            return
        if self.now.timed and following == "stop" and not self.seasons[-1].written:
            self.flush()
            self.seasons[-1].written = written
            return
        self.flush()
        self.seasons.append(Season(written))

    def season(self) -> Season:
        """The part of the year that is being told; a closed one is complete."""
        told = [season for season in self.seasons if not season.off]
        return told[-1]

    def flush(self) -> None:
        """Put what was read where it belongs. Raises HoursError when hours are missing."""
        now, self.now = self.now, Saying()
        if now.timed:
            self.put_times(now)
        elif now.appointment:
            self.put_appointment(now)
        elif now.closed and now.named:
            self.close(now.days)
            self.season().extra += [f"{part} off" for part in now.monthly]
            if now.holidays:
                self.holidays = "PH off"
        elif now.closed and self.season().written:
            self.season().off = True
        elif now.closed or now.named or now.nth:
            what = " ".join(now.typed) or "fermé"
            raise HoursError(f"Il manque les heures ou les jours après « {what[:60]} ».")

    def close(self, numbers: set[int]) -> None:
        """Days on which it is closed."""
        season = self.season()
        season.closed |= numbers
        for number in numbers:
            season.days[number] = ()

    def put_times(self, now: Saying) -> None:
        """Hours for the days named; for every day when none was."""
        season = self.season()
        numbers = now.days
        if now.closed and len(now.groups) > 1:
            numbers = now.groups[-1]
            self.close(now.days - numbers)
        if not numbers and not now.monthly and not now.holidays:
            numbers = EVERY_DAY
        hours = tuple(sorted(set(now.spans)))
        if now.open_end is not None or now.appointment:
            times = ",".join(filter(None, [compose_day(hours), self.open_end(now)]))
            doubt = f' unknown "{ON_APPOINTMENT}"' if now.appointment else ""
            if numbers:
                season.extra.append(f"{compose_days(sorted(numbers))} {times}{doubt}")
            numbers = set()
        else:
            times, doubt = compose_day(hours), ""
        for number in numbers:
            before = season.days[number]
            both = set(hours) | set(before if isinstance(before, tuple) else ())
            season.days[number] = WHOLE_DAY if WHOLE_DAY[0] in both else tuple(sorted(both))
        season.extra += [f"{part} {times}{doubt}" for part in now.monthly]
        if now.holidays:
            self.holidays = f"PH {times}{doubt}"

    def open_end(self, now: Saying) -> str:
        """ "18:00+", or nothing."""
        return "" if now.open_end is None else f"{clock(now.open_end)}+"

    def put_appointment(self, now: Saying) -> None:
        """Days by appointment, or the whole."""
        if not now.named:
            self.by_appointment = True
        for number in now.days:
            self.season().days[number] = ON_APPOINTMENT
        doubt = f'unknown "{ON_APPOINTMENT}"'
        self.season().extra += [f"{part} {doubt}" for part in now.monthly]
        if now.holidays:
            self.holidays = f"PH {doubt}"

    def result(self) -> str:
        """The string in OpenStreetMap's syntax."""
        first, *others = self.seasons
        told = [first] if first.says_open or first.closed else []
        told += sorted(others, key=lambda season: season.off)
        if not told and self.by_appointment:
            return f'"{ON_APPOINTMENT}"'
        if not any(not season.off for season in told):
            told.insert(0, first)
        found = [rule for season in told for rule in season.rules()]
        found += [self.holidays] if self.holidays else []
        fallback = f' || "{ON_APPOINTMENT}"' if self.by_appointment else ""
        return "; ".join(found) + fallback


def from_french(text: str) -> str:
    """Hours typed in French, in OpenStreetMap's syntax; what already is in it stays as it is.

    "" stays "". Raises HoursError naming what is not understood.
    """
    text = (text or "").strip()
    if not text:
        return ""
    if len(text) > MAX_LENGTH:
        raise HoursError(f"Ces horaires dépassent {MAX_LENGTH} signes.")
    try:
        found = Reader(words(text))
        if not any(word.kind not in ("to", "comma", "and", "stop") for word in found.words):
            raise HoursError(f"On ne comprend pas « {text[:40]} ».")
        written = found.result()
    except HoursError:
        if is_valid(text):
            return text
        raise
    if not is_valid(written):
        raise HoursError(f"On ne comprend pas « {text[:60]} » : écrivez un jour par ligne.")
    return written


def times_from_french(text: str) -> DayHours:
    """One day's hours: "9h-12h30, 14h-19h", "fermé", "sur rendez-vous"; raises HoursError."""
    found = words(text)
    kinds = {word.kind for word in found} - {"comma", "and", "stop"}
    if kinds <= {"closed"} and len(kinds) <= 1:
        return ()
    if kinds == {"appointment"}:
        return ON_APPOINTMENT
    for word in found:
        if word.kind not in ("span", "round", "comma", "and", "stop"):
            raise HoursError(f"On ne comprend pas « {word.typed} » : indiquez 9h-12h30, 14h-19h.")
    hours = tuple(sorted({span(word) for word in found if word.kind in ("span", "round")}))
    for (_, end), (start, _) in zip(hours, hours[1:], strict=False):
        if start < end:
            raise HoursError("Deux plages se chevauchent.")
    return hours
