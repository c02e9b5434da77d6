"""Names of places as people write them: folded for comparison, and ranked for a search.

Pure code without database, so that it answers alike on every engine.
"""

from __future__ import annotations

import heapq
import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz import fuzz, process

from directory.geometry import distance_km
from directory.places.departments import DEPARTMENTS, department_of
from home.search.fold import fold

# Longer texts name no place: the longest commune has 45 signs, its label with department 66.
LONGEST = 120

_EXPANDED = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_ARTICLES = ("le ", "la ", "les ", "l ")
_TAIL = re.compile(
    r" (?:en|sur|sous|les|lez|le|la|aux|au|de|du|des|d|l|et|pres) .*| \w+ arrondissement$"
)
_DISTRICT = re.compile(r"(paris|lyon|marseille) (\d{1,2}) ?(?:er|e|eme|nd|ieme)?(?: arr\w*)?")
_POSTAL_CODE = re.compile(r"(?<!\d)(\d{5})(?!\d)")
_DISTRICT_BASE = {"paris": 75100, "lyon": 69380, "marseille": 13200}

SHORTEST_MISSPELT = 4
LEAST_ALIKE, VERY_ALIKE = 78, 90  # of 100
HOME_BONUS = 3

EXACT, PREFIX, WORDS, POSTAL, FUZZY = "exact", "prefix", "words", "postal", "fuzzy"


def fold_name(text: str) -> str:
    """Fold a name for comparison: no accents, ligatures or punctuation, saint written out.

    "St-Arnoult", "SAINT ARNOULT" and "saint-arnoult" fold to "saint arnoult". NUL and all
    other signs count as spaces. The result holds only letters, digits and single spaces.
    """
    plain = fold(re.sub(r"\b[Ss]/", "sur ", text))
    words = "".join(sign if sign.isalnum() else " " for sign in plain).split()
    return " ".join(_EXPANDED.get(word, word) for word in words)


def slugs_for(folded: dict[str, str]) -> dict[str, str]:
    """A slug for each `{insee: folded name}`; all bearers of a shared name get their code."""
    bearers = Counter(folded.values())
    return {
        insee: name.replace(" ", "-") + (f"-{insee.lower()}" if bearers[name] > 1 else "")
        for insee, name in folded.items()
    }


class NamedPlace(NamedTuple):
    """What a search needs to know of a commune; degrees, and postal codes parted by spaces."""

    insee: str
    folded: str
    postal_codes: str
    lat: float
    lng: float
    population: int


class Match(NamedTuple):
    """A commune found: how (EXACT, PREFIX, WORDS, POSTAL or FUZZY) and how near, 0 to 100."""

    insee: str
    how: str
    score: float


@dataclass(frozen=True)
class Wish:
    """What a text asks for: words of a name, a postal code or its beginning, a department."""

    name: str = ""
    postal_code: str = ""
    department: str = ""

    @classmethod
    def read(cls, text: str) -> Wish:
        """Take a text apart; one that cannot be a place gives an empty wish."""
        if len(text) > LONGEST or "\x00" in text:
            return cls()
        postal_code = department = ""
        if found := _POSTAL_CODE.search(text):
            postal_code = found[1]
            text = text[: found.start()] + " " + text[found.end() :]
        elif found := re.search(r"\(([^()]*)\)\s*$", text):
            department = _department_named(found[1])
            text = text[: found.start()] if department else text
        name = fold_name(text)
        if not postal_code and re.fullmatch(r"\d{2,4}", name):
            return cls(postal_code=name)
        if not postal_code and not department:
            name, department = _department_behind(name)
        return cls(name, postal_code, department)


def _department_named(text: str) -> str:
    folded = fold_name(text)
    if folded.upper() in DEPARTMENTS:
        return folded.upper()
    return next((code for code, name in DEPARTMENTS.items() if fold_name(name) == folded), "")


def _department_behind(name: str) -> tuple[str, str]:
    """Part "rambouillet 78"; a number behind Paris, Lyon or Marseille is a district."""
    words = name.split()
    if len(words) < 2 or _DISTRICT.fullmatch(name):
        return name, ""
    code = words[-1].upper()
    if code in DEPARTMENTS:
        return " ".join(words[:-1]), code
    return name, ""


class PlaceNames:
    """All communes' names in memory, searched by text."""

    def __init__(self, places: Iterable[NamedPlace]):
        self.places = list(places)
        self._number = {place.insee: i for i, place in enumerate(self.places)}
        self._spaced = _Lines([f" {place.folded}" for place in self.places])
        self._codes = _Lines([f" {place.postal_codes}" for place in self.places])
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._alike = _Alike()
        for i, place in enumerate(self.places):
            self._exact[place.folded].append(i)
            self._alike.add(i, place.folded)
        self._pulls = lru_cache(maxsize=8)(self._pulls_of)

    def search(self, text: str, territory: Collection[str] = (), limit: int = 20) -> list[Match]:
        """The communes a text may mean, best first: see `_tier`, then large and near ones."""
        wish = Wish.read(text)
        if not (wish.name or wish.postal_code):
            return []
        here = frozenset(self._number[code] for code in territory if code in self._number)
        found = self._matching(wish, here)
        if len(wish.name) >= SHORTEST_MISSPELT:
            found |= self._misspelt(wish, here, found)
        pulls = self._pulls(here)
        ranked = (
            (_tier(how, i in here, self._is_head(i, wish.name)), -score, pulls[i], i)
            for i, (how, score) in found.items()
        )
        best = heapq.nsmallest(limit, ranked)
        return [Match(self.places[i].insee, *found[i]) for *_, i in best]

    def named(self, text: str) -> list[NamedPlace]:
        """The communes with exactly this name, however it is written."""
        return [self.places[i] for i in self._exact.get(fold_name(text), ())]

    def mentioned(self, text: str, lat: float, lng: float, km: float) -> NamedPlace | None:
        """The commune within `km` of a point whose name, or its first part, stands in a text.

        "Devant la mairie, Clairefontaine" is Clairefontaine-en-Yvelines for somebody nearby. The
        longest name wins, then the nearest place.
        """
        words = fold_name(text[:LONGEST]).split()
        spans = [(i, j) for i in range(len(words)) for j in range(i + 1, len(words) + 1)]
        near = [
            (-len(name), away, i)
            for name in {" ".join(words[start:end]) for start, end in spans}
            for i in self._heads.get(name, ())
            if (away := distance_km(lat, lng, self.places[i].lat, self.places[i].lng)) <= km
        ]
        return self.places[min(near)[2]] if near else None

    @cached_property
    def _heads(self) -> dict[str, list[int]]:
        """Numbers by whole name and by its first part."""
        found: dict[str, list[int]] = defaultdict(list)
        for i, place in enumerate(self.places):
            for form in {place.folded, _head(place.folded)}:
                found[form].append(i)
        return found

    def _matching(self, wish: Wish, here: frozenset[int]) -> dict[int, tuple[str, float]]:
        """The places that answer the letter of the wish: `{number: (how, score)}`."""
        if (district := self._district(wish.name)) is not None:
            return {district: (EXACT, 100)}
        coded = self._with_code(wish.postal_code) if wish.postal_code else []
        if not wish.name:
            return {i: (POSTAL, 100 + self._is_district(i)) for i in coded}
        named = self._by_name(wish, here)
        if not coded:
            return named
        # A misspelt name beside a good code: the code decides.
        return {i: self._coded(i, named[i]) for i in coded if i in named} or {
            i: (POSTAL, fuzz.ratio(wish.name, self.places[i].folded)) for i in coded
        }

    def _with_code(self, beginning: str) -> list[int]:
        return self._codes.holding(f" {beginning}")

    def _coded(self, i: int, found: tuple[str, float]) -> tuple[str, float]:
        """ "Paris 75007" is the district, though only the city is called just so."""
        return (EXACT, 101) if self._is_district(i) else found

    def _is_district(self, i: int) -> bool:
        return self.places[i].folded.endswith(" arrondissement")

    def _district(self, name: str) -> int | None:
        """ "paris 7", "paris 7e" and "Paris 7e Arrondissement" are one district."""
        if not (found := _DISTRICT.fullmatch(name)):
            return None
        return self._number.get(str(_DISTRICT_BASE[found[1]] + int(found[2])))

    def _by_name(self, wish: Wish, here: frozenset[int]) -> dict[int, tuple[str, float]]:
        needles = sorted({f" {word}" for word in wish.name.split()}, key=len, reverse=True)
        longest, *others = needles
        if len(wish.name) < 2:  # one letter: the territory's, and the commune of Y
            near = [*here, *self._exact.get(wish.name, ())]
            candidates = [i for i in near if longest in self._spaced.lines[i]]
        else:
            candidates = self._spaced.holding(longest)
        return {
            i: (_how(self.places[i].folded, wish.name), 100)
            for i in candidates
            if all(needle in self._spaced.lines[i] for needle in others)
            and self._lies_in(i, wish.department)
        }

    def _misspelt(self, wish, here, found) -> dict[int, tuple[str, float]]:
        """Near misses: of all places if nothing else was found, else the territory's nearest."""
        if not found:
            alike = self._alike.all(wish.name)
        elif here.isdisjoint(found) and not (wish.postal_code or wish.department):
            alike = self._alike.among(here, wish.name)
        else:
            return {}
        return {
            i: (FUZZY, score + HOME_BONUS * (i in here))
            for i, score in alike.items()
            if self._lies_in(i, wish.department)
        }

    def _lies_in(self, i: int, department: str) -> bool:
        return not department or department_of(self.places[i].insee) == department

    def _is_head(self, i: int, name: str) -> bool:
        """Whether the name is the whole first part: "saint arnoult" of "… en yvelines"."""
        return f"{self.places[i].folded} ".startswith(f"{name} ")

    def _pulls_of(self, here: frozenset[int]) -> list[float]:
        """For each place kilometres from the territory less 60 for each tenfold of people."""
        size = [-60 * math.log10(place.population + 10) for place in self.places]
        if not here:
            return size
        lat = sum(self.places[i].lat for i in here) / len(here)
        lng = sum(self.places[i].lng for i in here) / len(here)
        return [
            pull + distance_km(lat, lng, place.lat, place.lng)
            for pull, place in zip(size, self.places, strict=True)
        ]


class _Lines:
    """Many short texts, asked which of them hold a few signs: read as one, in a hundredth of the
    time that one after the other would take."""

    def __init__(self, lines: list[str]):
        self.lines = lines
        self._text = "\n".join(lines)
        self._ends = list(accumulate(len(line) + 1 for line in lines))

    def holding(self, needle: str) -> list[int]:
        """The numbers of the lines that hold the needle, in order."""
        found = []
        at = self._text.find(needle)
        while at >= 0:
            found.append(bisect_right(self._ends, at))
            at = self._text.find(needle, self._ends[found[-1]])
        return found


class _Alike:
    """Names within a few typing errors, compared whole and by their head; scores 0 to 100.

    Few people mistake the first letter: the names that share it are compared first.
    """

    def __init__(self):
        self._forms: dict[int, tuple[str, str]] = {}
        self._by_letter: dict[str, dict[str, list]] = defaultdict(lambda: {"names": [], "of": []})

    def add(self, i: int, folded: str):
        """Take in a name under its number."""
        self._forms[i] = (folded, _head(folded))
        for form in {folded, _head(folded)}:
            letter = self._by_letter[form[:1]]
            letter["names"].append(form)
            letter["of"].append(i)

    def all(self, name: str) -> dict[int, float]:
        """The numbers of all similar names with their scores."""
        asked = _without_article(name)
        found = self._compare(asked, [asked[:1]]) | self._compare(name, [name[:1]])
        if found and max(found.values()) >= VERY_ALIKE:
            return found
        return self._compare(asked, list(self._by_letter)) | found

    def _compare(self, asked: str, letters: list[str]) -> dict[int, float]:
        scores: dict[int, float] = {}
        for letter in letters:
            pool = self._by_letter.get(letter, {"names": [], "of": []})
            for _, score, at in process.extract(
                asked, pool["names"], scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE, limit=40
            ):
                i = pool["of"][at]
                scores[i] = max(scores.get(i, 0), score)
        return scores

    def among(self, numbers: Iterable[int], name: str) -> dict[int, float]:
        """The same among these few, and closer only."""
        asked = _without_article(name)
        scores = {i: max(fuzz.ratio(asked, form) for form in self._forms[i]) for i in numbers}
        return {i: score for i, score in scores.items() if score >= VERY_ALIKE}


def _head(folded: str) -> str:
    """The first part of a name: "perray" of "le perray en yvelines"."""
    return _TAIL.sub("", _without_article(folded))


def _without_article(folded: str) -> str:
    return next((folded[len(a) :] for a in _ARTICLES if folded.startswith(a)), folded)


def _how(folded: str, asked: str) -> str:
    for form in (folded, _without_article(folded)):
        if form == asked:
            return EXACT
    for form in (folded, _without_article(folded)):
        if form.startswith(asked):
            return PREFIX
    return WORDS


def _tier(how: str, here: bool, head: bool) -> int:
    """The class of a match; the territory's "X-en-Yvelines" goes before another's plain "X"."""
    if how == FUZZY:
        return 8
    if how in (EXACT, POSTAL):
        return 0 if here else 2
    if how == PREFIX and head:
        return 1 if here else 5
    if how == PREFIX:
        return 3 if here else 6
    return 4 if here else 7
