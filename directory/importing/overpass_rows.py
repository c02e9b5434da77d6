"""Rows of an OpenStreetMap extract, as the Overpass API answers in JSON.

https://wiki.openstreetmap.org/wiki/Overpass_API/Overpass_QL#Output_Format_.28out:.29
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.utils import timezone

from directory.importing import osm_tags
from directory.importing.encodings import detect_encoding
from directory.importing.json_lists import elements
from directory.importing.osm_places import Places, middle
from directory.importing.refusal import ImportRefused
from directory.importing.rows import Row, RowFile, check_limits, clean_cell
from directory.importing.trades import Trades

UNIT = "élément"
SOURCE, LICENCE = "OpenStreetMap", "ODbL-1.0"
KINDS = ("node", "way", "relation")
EXAMPLES = 5
LEFT = {
    "other": "sans rapport avec l’annuaire",
    "closed": "fermés",
    "unnamed": "sans nom",
    "double": "en double",
    "unreadable": "illisibles",
}


def open_overpass(path: Path, trades: Trades) -> RowFile:
    """Check an extract from end to end; raises `ImportRefused` with the reason."""
    extract = _Extract(path, trades, timezone.localdate())
    extract.find_places()
    total = 0
    for row in extract.rows():
        total += 1
        check_limits(row, UNIT, total)
    if not total:
        raise ImportRefused(" ; ".join(["L’extrait ne contient aucune fiche", *extract.remarks()]))
    columns = [*osm_tags.as_cells({}, extract.today), "id", "lat", "lng"]
    return RowFile(
        columns,
        total,
        UNIT,
        extract.rows,
        extract.remarks(),
        columns=dict(zip(columns, columns, strict=True)),
        source=SOURCE,
        licence=LICENCE,
        complete=not extract.others.get("remark"),
    )


class _Extract:
    """One file: its elements of interest, and counts of the others.

    Elements without tags are there for the shape of others and are not counted.
    """

    def __init__(self, path: Path, trades: Trades, today: date):
        self.path = path
        self.encoding = detect_encoding(path)
        self.trades = trades
        self.today = today
        self.others: dict = {}
        self.places = Places()
        self.left: Counter[str] = Counter()
        self.unnamed: list[str] = []

    def elements(self) -> Iterator[object]:
        """All elements, from the first on."""
        try:
            text = self.path.read_text(encoding=self.encoding)
            yield from elements(text, "elements", self.others)
        except (ValueError, RecursionError) as error:
            raise ImportRefused(
                f"Le fichier n’est pas un extrait OpenStreetMap lisible : {str(error)[:200]}."
            ) from error

    def find_places(self) -> None:
        """Look up the nodes of those ways and relations that do not say where they are."""
        found = self.of_interest()
        self.places.want(element for _, element, _, _ in found if middle(element, None) is None)
        while self.places.wanted:
            self.places.look_up(self.elements())

    def of_interest(self) -> Iterator[tuple[int, dict, str, dict[str, str]]]:
        """Number, element, identifier and cells of what can be a listing."""
        self.left.clear()
        self.unnamed.clear()
        seen = set()
        for number, element in enumerate(self.elements(), 1):
            tags = _tags(element)
            if tags == {}:
                continue
            if tags is None or not (osm_id := _identifier(element)):
                self.left["unreadable"] += 1
            elif osm_id in seen:
                self.left["double"] += 1
            elif osm_tags.has_closed(tags, self.trades, self.today):
                self.left["closed"] += 1
            elif not osm_tags.is_of_interest(tags, self.trades):
                self.left["other"] += 1
            else:
                seen.add(osm_id)
                cells = osm_tags.as_cells(tags, self.today)
                if osm_tags.has_name(cells):
                    yield number, element, osm_id, cells
                else:
                    self.left["unnamed"] += 1
                    self.unnamed.append(osm_id)

    def rows(self) -> Iterator[Row]:
        """The elements of interest as rows."""
        for number, element, osm_id, cells in self.of_interest():
            point = middle(element, self.places)
            lat, lng = map(repr, point) if point else ("", "")
            row = Row(number, cells | {"id": osm_id, "lat": lat, "lng": lng})
            if not point:
                row.notes.append(f"{osm_id} n’a pas de coordonnées")
            yield row

    def remarks(self) -> list[str]:
        """What was left out and why, and what the server said."""
        remarks = []
        if said := self.others.get("remark"):
            remarks.append(f"l’extrait est incomplet, Overpass dit : « {str(said)[:200]} »")
        if self.left:
            counted = [f"{self.left[why]} {words}" for why, words in LEFT.items() if self.left[why]]
            if self.unnamed:
                examples = ", ".join(self.unnamed[:EXAMPLES])
                more = "…" if len(self.unnamed) > EXAMPLES else ""
                counted.append(f"les sans nom : {examples}{more}")
            count = self.left.total()
            remarks.append(f"éléments laissés de côté : {count} ({' ; '.join(counted)})")
        return remarks


def _tags(element: object) -> dict[str, str] | None:
    """The tags of an element, {} where it has none, None where it is no element."""
    if not isinstance(element, dict):
        return None
    tags = element.get("tags") or {}
    if not isinstance(tags, dict):
        return None
    return {
        clean_cell(key): clean_cell(str(value))
        for key, value in tags.items()
        if isinstance(value, str | int | float)
    }


def _identifier(element: dict) -> str:
    """« node/123 », or nothing for what has no such identifier."""
    kind, number = element.get("type"), element.get("id")
    known = kind in KINDS and isinstance(number, int) and not isinstance(number, bool)
    return f"{kind}/{number}" if known and 0 < number < 10**18 else ""
