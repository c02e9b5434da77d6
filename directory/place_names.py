"""Names of places as people write them: folded for comparison, and ranked for a search.

Pure code without database, so that it answers alike on every engine.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz, process

from directory.departments import DEPARTMENTS, department_of

# Longer texts name no place: the longest commune has 45 signs, its label with department 66.
LONGEST = 120

_EXPANDED = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"})
_ARTICLES = ("le ", "la ", "les ", "l ")
_TAIL = re.compile(
    r" (?:en|sur|sous|les|lez|le|la|aux|au|de|du|des|d|l|et|pres) .*| \w+ arrondissement$"
)
_DISTRICT = re.compile(r"(paris|lyon|marseille) (\d{1,2}) ?(?:er|e|eme|nd|ieme)?(?: arr\w*)?")
_POSTAL_CODE = re.compile(r"(?<!\d)(\d{5})(?!\d)")
_DISTRICT_BASE = {"paris": 75100, "lyon": 69380, "marseille": 13200}

EXACT, PREFIX, WORDS, POSTAL, FUZZY = "exact", "prefix", "words", "postal", "fuzzy"


def fold_name(text: str) -> str:
    """Fold a name for comparison: no accents, ligatures or punctuation, saint written out.

    "St-Arnoult", "SAINT ARNOULT" and "saint-arnoult" fold to "saint arnoult". NUL and all
    other signs count as spaces. The result holds only letters, digits and single spaces.
    """
    text = re.sub(r"\b([Ss])/", "sur ", text.translate(_LIGATURES))
    letters = (
        sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)
    )
    words = "".join(s if s.isalnum() else " " for s in letters).lower().split()
    return " ".join(_EXPANDED.get(word, word) for word in words)


def slugs_for(names: dict[str, str]) -> dict[str, str]:
    """A slug for each of `{insee: name}`; all bearers of a shared name get their code behind it."""
    plain = {insee: fold_name(name).replace(" ", "-") for insee, name in names.items()}
    bearers: dict[str, int] = defaultdict(int)
    for slug in plain.values():
        bearers[slug] += 1
    return {
        insee: slug if bearers[slug] == 1 else f"{slug}-{insee.lower()}"
        for insee, slug in plain.items()
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
        self.by_insee = {place.insee: place for place in self.places}
        self._spaced = [f" {place.folded}" for place in self.places]
        self._codes = [f" {place.postal_codes}" for place in self.places]
        self._fulls = [place.folded for place in self.places]
        self._heads = [_head(place.folded) for place in self.places]
        self._exact: dict[str, list[NamedPlace]] = defaultdict(list)
        for place in self.places:
            self._exact[place.folded].append(place)

    def search(self, text: str, territory: Collection[str] = (), limit: int = 20) -> list[Match]:
        """The communes a text may mean, best first; see `_rank` for the order."""
        wish = Wish.read(text)
        territory = frozenset(territory)
        found = self._matching(wish)
        if not found and len(wish.name) >= 4:
            found = self._similar(wish)
        rank = self._ranking(wish, territory)
        return sorted(found, key=rank)[:limit]

    def named(self, text: str) -> list[NamedPlace]:
        """The communes with exactly this name, as folded."""
        return self._exact.get(fold_name(text), [])

    def _matching(self, wish: Wish) -> list[Match]:
        if not wish.name:
            if not wish.postal_code:
                return []
            return [Match(place.insee, POSTAL, 100) for place in self._with_code(wish.postal_code)]
        if found := self._district(wish.name):
            return found
        matches = self._by_name(wish)
        if wish.postal_code:
            coded = {place.insee for place in self._with_code(wish.postal_code)}
            matches = [match for match in matches if match.insee in coded] or matches
            # A misspelt name beside a good code: the code decides.
            matches = matches or [Match(insee, POSTAL, 100) for insee in coded]
        return matches

    def _with_code(self, beginning: str) -> list[NamedPlace]:
        needle = f" {beginning}"
        return [self.places[i] for i, codes in enumerate(self._codes) if needle in codes]

    def _district(self, name: str) -> list[Match]:
        """ "paris 7", "paris 7e" and "Paris 7e Arrondissement" are one district."""
        if not (found := _DISTRICT.fullmatch(name)):
            return []
        insee = str(_DISTRICT_BASE[found[1]] + int(found[2]))
        return [Match(insee, EXACT, 100)] if insee in self.by_insee else []

    def _by_name(self, wish: Wish) -> list[Match]:
        words = wish.name.split()
        needles = [f" {word}" for word in words]
        longest = max(needles, key=len)
        candidates = (i for i, spaced in enumerate(self._spaced) if longest in spaced)
        matches = []
        for i in candidates:
            place, spaced = self.places[i], self._spaced[i]
            if not all(needle in spaced for needle in needles):
                continue
            if wish.department and department_of(place.insee) != wish.department:
                continue
            matches.append(Match(place.insee, _how(place.folded, wish.name), 100))
        return matches

    def _similar(self, wish: Wish) -> list[Match]:
        """Names within a few typing errors, compared whole and by their head."""
        scores: dict[int, float] = {}
        head = _without_article(wish.name)
        for choices, asked, weight in ((self._fulls, wish.name, 1.0), (self._heads, head, 0.97)):
            for _, score, i in process.extract(
                asked, choices, scorer=fuzz.ratio, score_cutoff=78, limit=40
            ):
                scores[i] = max(scores.get(i, 0), score * weight)
        return [
            Match(self.places[i].insee, FUZZY, score)
            for i, score in scores.items()
            if not wish.department or department_of(self.places[i].insee) == wish.department
        ]

    def _ranking(self, wish: Wish, territory: frozenset[str]):
        centre = self.centre(territory)

        def rank(match: Match):
            """Territory and exactness first, then large and near before small and far."""
            place = self.by_insee[match.insee]
            here = place.insee in territory
            whole = place.folded.startswith(f"{wish.name} ")
            return (
                _tier(match, here, whole),
                -match.score + (0 if here else 3) if match.how == FUZZY else 0,
                not place.folded.endswith("arrondissement") if match.how == POSTAL else False,
                _pull(place, centre),
                place.insee,
            )

        return rank

    def centre(self, territory: Collection[str]) -> tuple[float, float] | None:
        """The middle of a territory's town halls in degrees; None without a known commune."""
        known = [self.by_insee[code] for code in territory if code in self.by_insee]
        if not known:
            return None
        return (
            sum(place.lat for place in known) / len(known),
            sum(place.lng for place in known) / len(known),
        )


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


def _tier(match: Match, here: bool, whole: bool) -> int:
    """The class of a match; the territory's "X-en-Yvelines" goes before another's plain "X"."""
    how = match.how
    if how == EXACT:
        return 0 if here else 2
    if how in (PREFIX, WORDS) and here:
        return 1 if how == PREFIX and whole else 3
    if how == PREFIX:
        return 4 if whole else 5
    if how == WORDS:
        return 6
    if how == POSTAL:
        return 0 if here else 1
    return 7


def _pull(place: NamedPlace, centre: tuple[float, float] | None) -> float:
    """Lower is better: kilometres from the centre, less 60 for each tenfold of inhabitants."""
    size = 60 * math.log10(place.population + 10)
    return (kilometres(*centre, place.lat, place.lng) if centre else 0) - size


def kilometres(lat: float, lng: float, other_lat: float, other_lng: float) -> float:
    """Distance in km on a flat map around the two points (degrees): good to 1 % within France."""
    north = (other_lat - lat) * 111.2
    east = (other_lng - lng) * 111.32 * math.cos(math.radians((lat + other_lat) / 2))
    return math.hypot(north, east)
