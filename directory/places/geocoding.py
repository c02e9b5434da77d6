"""Where is it: a commune, a postal code or an address in the words of a visitor."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from directory.geometry import distance_km
from directory.models import Commune
from directory.places.address_base import Hit, Unreachable, find_addresses
from directory.places.communes import commune_at
from directory.places.names import EXACT, FUZZY, POSTAL, Wish, fold_name
from home.models import SiteSettings
from home.versions import remembered

LONGEST = 200  # signs; more is no address
SURE = 85  # of 100: a near miss taken for the commune itself
LEAST_SCORE = 0.4  # the address base's own measure, 0 to 1
FAR_KM = 25  # from the commune that was named: another street of that name
ALTERNATIVES = 5

OFFLINE = "Adresse non vérifiée pour le moment : position de la commune."
NO_NETWORK = "Pour le moment, seules les communes et les codes postaux sont reconnus."
NOT_FOUND = "Adresse introuvable : position de la commune."

_STREET = re.compile(
    r"\b(?:rue|avenue|av|boulevard|bd|place|chemin|che|impasse|imp|allee|allees|route|rte|quai"
    r"|square|cours|sente|sentier|ruelle|hameau|lieu dit|lieudit|ferme|zone|za|zi|zac|residence"
    r"|faubourg|passage|domaine|lotissement|esplanade|rond point|moulin|chateau)\b"
)
_HOUSE_NUMBER = re.compile(r"\d{1,4} ?(?:bis|ter|quater|[a-d])? [a-z]{2,}")
# "rue de Paris" names no commune: a name behind one of these belongs to the street.
_BINDING = {"de", "du", "des", "d", "la", "le", "les", "l", "a", "au", "aux", "en", "rue", "route"}
_LONGEST_NAME = 8  # words


@dataclass(frozen=True)
class Place:
    """A point (degrees) with a name. `precision`: address, commune, postal_code or point.

    `approximate` says that the commune stands in for an address; `note` says so in French.
    """

    label: str
    lat: float
    lng: float
    commune: Commune | None = None
    precision: str = "commune"
    approximate: bool = False
    note: str = ""


@dataclass(frozen=True)
class Answer:
    """The place, or None; other communes that the text may mean; a note in French if one is due."""

    place: Place | None = None
    alternatives: list[Commune] = field(default_factory=list)
    note: str = ""


def locate(text: str, codes: Collection[str] | None = None) -> Answer:
    """Find the place that a text names; the territory's communes (`codes`) go first.

    Communes and postal codes need no network. Any text is safe; one that names nothing gives
    an answer without a place.
    """
    text = text.strip()
    if not text or len(text) > LONGEST or "\x00" in text:
        return Answer()
    if codes is None:
        codes = remembered("settings", SiteSettings.load).insee_codes
    matches = Commune.objects.matches(text, codes)
    if matches and _settles(matches[0][1], text):
        return _commune_answer(matches, text)
    suggestions = [commune for commune, _ in matches[:ALTERNATIVES]]
    return _address_answer(text, codes, suggestions)


def here(lat: float, lng: float) -> Place:
    """The point itself, for "around me", named after the commune it lies in."""
    commune = commune_at(lat, lng)
    label = commune.label if commune else "ce point de la carte"
    return Place(label, lat, lng, commune, "point")


def address_point(text: str) -> tuple[float, float] | None:
    """Latitude and longitude of an address for imports; None when it is not known for sure.

    Raises `address_base.Unreachable`, an `OSError`, without network.
    """
    commune = commune_in(text)
    hit = _best(find_addresses(text), (), commune)
    return (hit.lat, hit.lng) if hit and hit.kind != "municipality" else None


def _settles(match, text: str) -> bool:
    """Whether a match is what was meant, rather than part of an address."""
    if match.how == FUZZY:
        return match.score >= SURE and not looks_like_address(text)
    if match.how == POSTAL:
        return not looks_like_address(text)
    # "la" begins too many names to mean one.
    return match.how == EXACT or max(map(len, fold_name(text).split()), default=0) >= 3


def looks_like_address(text: str) -> bool:
    """Whether a text holds a house number with a word behind it, or a kind of street."""
    folded = fold_name(text)
    return bool(_HOUSE_NUMBER.match(folded) or _STREET.search(folded))


def _commune_answer(matches, text: str) -> Answer:
    (commune, match), *others = matches
    wish = Wish.read(text)
    alternatives = [
        other
        for other, its in others
        if match.how not in (EXACT, POSTAL) or its.how in (EXACT, FUZZY) or not wish.name
    ]
    label, precision = commune.label, "commune"
    if match.how == POSTAL and len(wish.postal_code) == 5 and not wish.name:
        label, precision = f"{commune.label} ({wish.postal_code})", "postal_code"
    place = Place(label, commune.lat, commune.lng, commune, precision)
    return Answer(place, alternatives[:ALTERNATIVES])


def _address_answer(text: str, codes: Collection[str], suggestions: list[Commune]) -> Answer:
    """The address as the national base knows it, else the commune that the text names."""
    commune = commune_in(text, codes)
    hit, offline = None, False
    try:
        hit = _best(find_addresses(text), codes, commune)
    except Unreachable:
        offline = True
    if hit:
        return Answer(_place_of(hit))
    if commune:
        note = OFFLINE if offline else NOT_FOUND
        place = Place(commune.label, commune.lat, commune.lng, commune, "commune", True, note)
        return Answer(place, note=note)
    return Answer(None, suggestions, NO_NETWORK if offline else "")


def _place_of(hit: Hit) -> Place:
    commune = Commune.objects.filter(pk=hit.insee).first() or commune_at(hit.lat, hit.lng)
    precision = "commune" if hit.kind == "municipality" else "address"
    return Place(hit.label, hit.lat, hit.lng, commune, precision)


def _best(hits: list[Hit], codes: Collection[str], commune: Commune | None) -> Hit | None:
    """The surest hit near the commune that was named; without one the territory's, if as sure."""
    hits = [hit for hit in hits if hit.score >= LEAST_SCORE]
    if commune:
        hits = [h for h in hits if distance_km(commune.lat, commune.lng, h.lat, h.lng) <= FAR_KM]
    bonus = 0 if commune else 0.2
    return max(hits, key=lambda hit: hit.score + bonus * (hit.insee in codes), default=None)


def commune_in(text: str, codes: Collection[str] = ()) -> Commune | None:
    """The commune that an address ends with, by its postal code or its name."""
    wish = Wish.read(text)
    if len(wish.postal_code) == 5:
        behind = re.split(wish.postal_code, text, maxsplit=1)[-1]
        for part in (f"{wish.postal_code} {behind}", wish.postal_code):
            if found := Commune.objects.matching(part, codes, limit=1):
                return found[0]
    if "," in text:
        last = Commune.objects.matches(text.rpartition(",")[2], codes, limit=1)
        if last and (last[0][1].how != FUZZY or last[0][1].score >= SURE):
            return last[0][0]
    return _named_at_the_end(fold_name(text).split(), codes)


def _named_at_the_end(words: list[str], codes: Collection[str]) -> Commune | None:
    names = Commune.objects.names()
    for start in range(max(1, len(words) - _LONGEST_NAME), len(words)):
        name = " ".join(words[start:])
        if words[start - 1] not in _BINDING and names.named(name):
            return next(iter(Commune.objects.matching(name, codes, limit=1)), None)
    return None
