"""Communes by INSEE code, postal code and name, in memory for one import."""

import re
from collections import defaultdict

from directory.geometry import distance_km
from directory.importing.keys import fold
from directory.models import Commune

FIVE = re.compile(r"(?<!\d)(\d[\dABab]\s?\d{3}|\d{4})(?!\d)")
SAINT = {"st": "saint", "ste": "sainte", "sts": "saints"}
NEAR_KM = 15.0


class Gazetteer:
    """Every commune once: about 35,000 small tuples, 15 MB."""

    def __init__(self):
        self.communes: dict[str, tuple[str, list[str], float, float]] = {}
        self.by_postal_code: dict[str, list[str]] = defaultdict(list)
        self.by_name: dict[str, list[str]] = defaultdict(list)
        rows = Commune.objects.values_list("insee", "name", "postal_codes", "lat", "lng")
        for insee, name, codes, lat, lng in rows.iterator():
            folded = commune_key(name)
            self.communes[insee] = (folded, codes.split(), lat, lng)
            self.by_name[folded].append(insee)
            for code in codes.split():
                self.by_postal_code[code].append(insee)

    def point_of(self, insee: str) -> tuple[float, float]:
        """The town hall's latitude and longitude."""
        return self.communes[insee][2:]

    def find(self, postal_code: str, name: str, insee: str, point) -> tuple[str, str, str]:
        """Return INSEE code ("" if unknown), postal code as it should be, and a note."""
        if insee in self.communes:
            return insee, postal_code or self._only_code(insee), ""
        wanted = commune_key(name)
        code = clean_postal_code(postal_code) or clean_postal_code(name)
        note = f"code postal illisible : « {postal_code[:20]} »" if postal_code and not code else ""
        found = self.by_postal_code.get(code, [])
        if code and not found and code in self.communes:
            own = self._only_code(code)
            return code, own or code, f"{code} est un code INSEE : code postal {own or 'inconnu'}"
        if found:
            named = [insee for insee in found if self._is_called(insee, wanted)]
            return self._best(named or found, point), code, note
        return self._best(self.by_name.get(wanted, []), point, sure=False), code, note

    def _is_called(self, insee: str, wanted: str) -> bool:
        name = self.communes[insee][0]
        return bool(wanted) and (name == wanted or f"{name} ".startswith(f"{wanted} "))

    def _best(self, found: list[str], point, sure: bool = True) -> str:
        """The only one, else the nearest to the point; districts go before their city.

        `sure` is False when only the name speaks: then homonyms without a point give nothing.
        """
        if len(found) == 1:
            return found[0]
        if not found:
            return ""
        fewest = min(len(self.communes[insee][1]) for insee in found)
        precise = [insee for insee in found if len(self.communes[insee][1]) == fewest]
        if point:
            return min(precise, key=lambda insee: distance_km(*self.point_of(insee), *point))
        return precise[0] if sure and len(precise) == 1 else ""

    def _only_code(self, insee: str) -> str:
        codes = self.communes[insee][1]
        return codes[0] if len(codes) == 1 else ""


def commune_key(name: str) -> str:
    """A commune's name folded, « St » written out, without « Cedex » and what follows."""
    words = fold(re.sub(r"\d{5}", " ", name)).split()
    if "cedex" in words:
        words = words[: words.index("cedex")]
    return " ".join(SAINT.get(word, word) for word in words)


def clean_postal_code(text: str) -> str:
    """Five digits, a lost first zero given back; nothing when there is no postal code."""
    found = FIVE.search(text)
    return found[1].replace(" ", "").upper().zfill(5) if found else ""
