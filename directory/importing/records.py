"""From a row of somebody's file to the values that a listing would take."""

from collections.abc import Callable
from dataclasses import dataclass, field

from directory import hours
from directory.importing.columns import OSM_KEYS
from directory.importing.contacts import clean_email, clean_phone, clean_website
from directory.importing.gazetteer import Gazetteer
from directory.importing.keys import derived_id
from directory.importing.points import Point, find_point
from directory.importing.refusal import RowRefused
from directory.importing.rows import Row
from directory.importing.trades import Trades, guess_kind, kind_of, kind_of_osm
from directory.importing.wording import tidy_name, tidy_street
from directory.models import Listing
from directory.models.listings import PAYMENT_MEANS
from home.models.tags import clean_tag
from home.templatetags.french import de

MAX_TAGS = 30
PAYMENT_WORDS = {
    "espece": "especes",
    "liquide": "especes",
    "sans contact": "sans-contact",
    "carte": "carte",
    "cb": "carte",
    "cheque": "cheque",
    "ticket": "titre-restaurant",
    "titre": "titre-restaurant",
    "virement": "virement",
    "monnaie": "monnaie-locale",
}


@dataclass(slots=True)
class Record:
    """A row understood: `values` are in the forms of `directory.exporting.values`.

    `defaults` are taken only by a new listing. `slug`, `sources` and `former_slugs` come from
    our own export alone.
    """

    row: int
    source_id: str
    values: dict
    defaults: dict = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    unknown_categories: list[str] = field(default_factory=list)
    slug: str = ""
    sources: list[dict] = field(default_factory=list)
    former_slugs: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.values["name"]

    def get(self, field_name: str):
        """A value, or "" where the file says nothing about it."""
        return self.values.get(field_name, "")


class RecordMaker:
    """Understands the rows of one file, given {our field: its column}."""

    def __init__(self, columns: dict[str, str], trades: Trades, gazetteer: Gazetteer):
        self.columns = columns
        self.trades = trades
        self.gazetteer = gazetteer

    def __call__(self, row: Row) -> Record:
        """Return the row's record; raises `RowRefused` when it cannot be a listing."""
        if row.problem:
            raise RowRefused(row.problem)
        cells = {ours: row.cells.get(theirs, "") for ours, theirs in self.columns.items()}
        record = Record(row.number, one_line(cells.get("id", ""))[:250], {}, notes=list(row.notes))
        self._place(cells, record)
        name = one_line(cells.get("name", "")) or self._name_from_place(cells, record)
        if not name:
            raise RowRefused("pas de nom")
        self._texts(cells, record, name)
        self._trade(cells, record)
        self._contacts(cells, record)
        self._opening(cells, record)
        if not record.source_id:
            record.source_id = derived_id(name, record.get("postal_code"), record.get("street"))
        return record

    def _name_from_place(self, cells: dict, record: Record) -> str:
        """« Marché de Limours », for what needs no name to be found; "" for anything else."""
        what, insee = cells.get("unnamed", ""), record.get("commune")
        return f"{what} {de(self.gazetteer.name_of(insee))}" if what and insee else ""

    def _texts(self, cells: dict, record: Record, name: str) -> None:
        """Name, prose and tags."""
        record.values["name"] = fitting("name", tidy_name(name), record)
        for ours in ("summary", "season_note"):
            if ours in cells:
                record.values[ours] = fitting(ours, one_line(cells[ours]), record)
        if "description" in cells:
            record.values["description"] = fitting(
                "description", paragraphs(cells["description"]), record
            )
        for ours in ("products", "tags"):
            if ours in cells:
                record.values[ours] = tag_names(cells[ours])
        if "payment" in cells:
            record.values["payment"] = payment_codes(cells["payment"])
        if cells.get("trading_state", "") in Listing.Trading.values:
            record.values["trading_state"] = cells["trading_state"]
        if cells.get("checked_on"):
            # For a new listing only: later on, who has checked it last is not for a file to say.
            record.defaults |= {
                "verified_on": cells["checked_on"],
                "verified_by": cells.get("checked_by", ""),
            }

    def _trade(self, cells: dict, record: Record) -> None:
        """Categories by name, synonym or OSM tag; the kind from them, or from their words."""
        text = cells.get("category", "")
        found, unknown = self.trades.find(text)
        osm = [
            f"{key}={value.strip()}"
            for key in OSM_KEYS
            for value in cells.get(f"osm:{key}", "").split(";")
            if value.strip()
        ]
        if not found and osm:
            found = self.trades.find_osm(osm)
            unknown = [] if found else [" ".join(osm)]
        if "category" in cells or osm:
            guessed = guess_kind(text) if text else kind_of_osm(osm)
            record.values["category"] = found[0].slug if found else ""
            if len(found) > 1:
                record.values["more_categories"] = sorted(other.slug for other in found[1:])
            record.values["kind"] = kind_of(found[0]) if found else guessed
        elif "kind" not in cells:
            record.defaults["kind"] = guess_kind(record.name)
        if cells.get("kind", "") in Listing.Kind.values:
            record.values["kind"] = cells["kind"]
        record.unknown_categories = unknown

    def _place(self, cells: dict, record: Record) -> None:
        """Street, postal code, commune and point."""
        point: Point | None = None
        if {"lat", "lng", "point", "geometry"} & cells.keys():
            point, note = find_point(cells)
            record.values["point"] = list(point) if point else None
            record.notes += [note] if note else []
        if "street" in cells:
            number = one_line(cells.get("house_number", ""))
            street = f"{number} {one_line(cells['street'])}".strip()
            record.values["street"] = fitting("street", tidy_street(street), record)
        if point or {"postal_code", "commune", "insee"} & cells.keys():
            insee, postal_code, note = self.gazetteer.find(
                one_line(cells.get("postal_code", "")),
                one_line(cells.get("commune", "")),
                cells.get("insee", "").strip(),
                point,
            )
            record.values |= {"postal_code": postal_code, "commune": insee}
            record.notes += [note] if note else []

    def _contacts(self, cells: dict, record: Record) -> None:
        cleaners: dict[str, Callable[[str], tuple[str, str]]] = {
            "phone": clean_phone,
            "email": clean_email,
            "website": clean_website,
        }
        for ours, clean in cleaners.items():
            if ours in cells:
                record.values[ours], note = clean(cells[ours])
                record.notes += [note] if note else []

    def _opening(self, cells: dict, record: Record) -> None:
        """Hours in OSM's syntax or in French; what cannot be read stays as a note."""
        if "hours" not in cells:
            return
        text = one_line(cells["hours"])
        record.values |= {"hours": "", "hours_note": ""}
        try:
            understood = hours.from_french(text)
        except hours.HoursError as error:
            record.notes.append(f"horaires gardés en texte : {error}")
            record.values["hours_note"] = fitting("hours_note", text, record)
        else:
            record.values["hours"] = fitting("hours", understood, record)


def one_line(text: str) -> str:
    """The text with single spaces and nothing around it."""
    return " ".join(text.split())


def paragraphs(text: str) -> str:
    """The text with tidy lines and at most one blank line between paragraphs."""
    lines = [one_line(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    joined = "\n".join(lines).strip("\n")
    while "\n\n\n" in joined:
        joined = joined.replace("\n\n\n", "\n\n")
    return joined


def fitting(field_name: str, text: str, record: Record) -> str:
    """The text cut to what the field holds, with a note when something was cut off."""
    longest = Listing._meta.get_field(field_name).max_length
    if len(text) <= longest:
        return text
    label = Listing._meta.get_field(field_name).verbose_name
    record.notes.append(f"{label} : coupé à {longest} signes")
    return text[: longest - 1].rstrip() + "…"


def tag_names(text: str) -> list[str]:
    """The tags of a cell, sorted, each once."""
    words = text.replace(";", ",").replace("|", ",").replace("\n", ",").split(",")
    return sorted({tag for word in words if (tag := clean_tag(word))})[:MAX_TAGS]


def payment_codes(text: str) -> list[str]:
    """The means of payment that a cell names, in their usual order."""
    plain = text.lower().replace("é", "e").replace("è", "e")
    codes = {code for word, code in PAYMENT_WORDS.items() if word in plain}
    return [code for code in PAYMENT_MEANS if code in codes]
