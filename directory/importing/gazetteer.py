"""Communes by INSEE code, postal code and name, in memory for one import."""

import re
from collections import defaultdict

from directory.geometry import distance_km
from directory.importing.keys import fold
from directory.importing.points import Point
from directory.models import Commune
from directory.places.communes import bundled_contours, commune_at
from directory.places.contours import point_in_commune

FIVE = re.compile(r"(?<!\d)(\d[\dABab]\s?\d{3}|\d{4})(?!\d)")
SAINT = {"st": "saint", "ste": "sainte", "sts": "saints"}


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

    @staticmethod
    def name_of(insee: str) -> str:
        """The commune's name as it is written."""
        return Commune.objects.values_list("name", flat=True).get(pk=insee)

    def find(
        self, postal_code: str, name: str, insee: str, point: Point | None
    ) -> tuple[str, str, str]:
        """Return INSEE code ("" if unknown), postal code as it should be, and a note."""
        if insee in self.communes:
            return insee, clean_postal_code(postal_code) or self._only_code(insee), ""
        code = clean_postal_code(postal_code) or clean_postal_code(name)
        if code in self.communes and code not in self.by_postal_code:
            own = self._only_code(code)
            return code, own or code, f"{code} est un code INSEE : code postal {own or 'inconnu'}"
        found = self._offers(code, commune_key(name))
        best = self._best(found, point)
        if not code:
            code = self._only_code(best) if best else ""
        return best, code, self._note(postal_code, name, code, found, best)

    def _offers(self, code: str, wanted: str) -> list[str]:
        """The communes of a postal code, those of the wanted name if there are any; or by name.

        Districts go before their city, which has all the postal codes.
        """
        found = self.by_postal_code.get(code, [])
        named = [insee for insee in found if self._is_called(insee, wanted)]
        offers = named or found or self.by_name.get(wanted, [])
        fewest = min((len(self.communes[insee][1]) for insee in offers), default=0)
        if fewest == 1 and any(len(self.communes[insee][1]) > 5 for insee in offers):
            return [insee for insee in offers if len(self.communes[insee][1]) == 1]
        return offers

    def _is_called(self, insee: str, wanted: str) -> bool:
        name = self.communes[insee][0]
        return bool(wanted) and (name == wanted or f"{name} ".startswith(f"{wanted} "))

    def _best(self, offers: list[str], point: Point | None) -> str:
        """The only one, else the one that holds the point or is nearest to it."""
        if len(offers) == 1:
            return offers[0]
        if not point:
            return ""
        contours, _ = bundled_contours()
        around = point_in_commune(contours, *point)
        if around and around.code in self.communes and (around.code in offers or not offers):
            return around.code
        if offers:
            return min(offers, key=lambda insee: distance_km(*self.point_of(insee), *point))
        nearest = commune_at(*point)
        return nearest.pk if nearest else ""

    @staticmethod
    def _note(postal_code: str, name: str, code: str, found: list[str], best: str) -> str:
        if postal_code and not code:
            return f"code postal illisible : « {postal_code[:20]} »"
        if best or not (code or name):
            return ""
        if found:
            return f"plusieurs communes pour « {(name or code)[:40]} » : précisez la ville"
        return f"commune inconnue : « {f'{code} {name}'.strip()[:60]} »"

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
