"""Rows of our own export: taken word for word, and found again by their slug."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime

from django.utils.timezone import is_aware

from directory.exporting.values import TEXTS
from directory.importing.contacts import clean_website
from directory.importing.gazetteer import Gazetteer
from directory.importing.keys import derived_id
from directory.importing.records import Record, fitting, one_line, tag_names
from directory.importing.refusal import RowRefused
from directory.importing.rows import Row
from directory.importing.trades import Trades
from directory.models import Listing
from directory.models.listings import PAYMENT_MEANS
from home.models.tags import clean_tag

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,140}")
CHOICES = {
    "kind": Listing.Kind.values,
    "visits": Listing.Visits.values,
    "trading_state": Listing.Trading.values,
}
YES, NO = {"oui", "true", "1", "yes", "vrai"}, {"non", "false", "0", "no", "faux", ""}


class OwnMaker:
    """Understands the rows of our own export, also when a spreadsheet has been at them."""

    def __init__(self, trades: Trades, gazetteer: Gazetteer):
        self.trades = trades
        self.gazetteer = gazetteer

    def __call__(self, row: Row) -> Record:
        """Return the row's record; raises `RowRefused` when it cannot be a listing."""
        if row.problem:
            raise RowRefused(row.problem)
        cells = row.cells
        if not one_line(cells["name"]):
            raise RowRefused("pas de nom")
        slug = cells["slug"].strip()
        if slug and not SLUG.fullmatch(slug):
            raise RowRefused(f"adresse de fiche impossible : « {slug[:40]} »")
        record = Record(row.number, "", {}, notes=list(row.notes), slug=slug)
        for name in TEXTS:
            if name in cells:
                self._text(name, cells[name], record)
        for name in ("hide_address", "itinerant"):
            if name in cells:
                self._yes_or_no(name, cells[name], record)
        self._trade(cells, record)
        self._place(cells, record)
        self._lists(cells, record)
        record.sources = objects(cells.get("sources", ""), as_source, "sources", record)
        record.former_slugs = [
            former for former in strings(cells.get("former_slugs", "")) if SLUG.fullmatch(former)
        ]
        record.source_id = slug or derived_id(
            record.name, record.get("postal_code"), record.get("street")
        )
        return record

    def _text(self, name: str, text: str, record: Record) -> None:
        if name in CHOICES and text not in CHOICES[name]:
            if text:
                record.notes.append(f"valeur inconnue, laissée de côté : « {text[:40]} » ({name})")
            return
        record.values[name] = fitting(name, text, record)

    def _yes_or_no(self, name: str, text: str, record: Record) -> None:
        """Yes or no; what is neither hides the address, to be on the safe side."""
        word = text.strip().lower()
        if word not in YES | NO:
            record.notes.append(f"ni oui ni non : « {text[:40]} » ({name})")
        record.values[name] = word in YES or (name == "hide_address" and word not in NO)

    def _trade(self, cells: dict, record: Record) -> None:
        if "category" in cells:
            found, record.unknown_categories = self.trades.find(cells["category"])
            record.values["category"] = found[0].slug if found else ""
        if "more_categories" in cells:
            slugs = strings(cells["more_categories"])
            record.values["more_categories"] = sorted(s for s in slugs if s in self.trades.by_slug)
            record.unknown_categories += [s for s in slugs if s not in self.trades.by_slug]

    def _place(self, cells: dict, record: Record) -> None:
        insee = cells["insee"].strip()
        if insee not in self.gazetteer.communes:
            insee, _, note = self.gazetteer.find(
                cells.get("postal_code", ""), cells.get("commune", ""), insee, None
            )
            record.notes += [note] if note else []
        record.values["commune"] = insee
        record.values["point"] = point(cells.get("lat", ""), cells.get("lng", ""), record)
        if "serves" in cells:
            codes = strings(cells["serves"])
            record.values["serves"] = sorted(c for c in codes if c in self.gazetteer.communes)

    def _lists(self, cells: dict, record: Record) -> None:
        for name in ("products", "tags"):
            if name in cells:
                record.values[name] = _tags(cells[name])
        if "payment" in cells:
            codes = strings(cells["payment"])
            record.values["payment"] = [code for code in codes if code in PAYMENT_MEANS]
        makers: dict[str, Callable[[dict], dict]] = {
            "links": as_link,
            "exceptions": as_exception,
            "stands": as_stand,
        }
        for name, make in makers.items():
            if name in cells:
                record.values[name] = objects(cells[name], make, name, record)
        if "photos" in cells:
            files = objects(cells["photos"], lambda photo: str(photo["file"]), "photos", record)
            record.values["photos"] = files
        if "verified_on" in cells:
            record.values["verified_on"] = _day(cells["verified_on"], record)
        if "parent" in cells:
            record.values["parent"] = cells["parent"].strip()


def strings(text: str) -> list[str]:
    """A JSON list of texts, or what somebody wrote instead: words between commas."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, list):
        return [item for item in value if isinstance(item, str)]
    return [word.strip() for word in text.replace(";", ",").split(",") if word.strip()]


def _tags(text: str) -> list[str]:
    if text.startswith("["):
        return sorted({tag for word in strings(text) if (tag := clean_tag(word))})
    return tag_names(text)


def objects(text: str, make: Callable[[dict], object], name: str, record: Record) -> list:
    """A JSON list of objects, each put in form by `make`; what cannot be is left out, noted."""
    if not text.strip():
        return []
    try:
        items = json.loads(text)
        if not isinstance(items, list):
            raise TypeError
    except (ValueError, TypeError, RecursionError):
        record.notes.append(f"illisible, laissé de côté : {name}")
        return []
    made = []
    for item in items:
        try:
            made.append(make(item))
        except (KeyError, TypeError, ValueError, AttributeError):
            record.notes.append(f"illisible, laissé de côté : une ligne de {name}")
    return made


def as_link(item: dict) -> dict:
    """A link as it is kept; raises `ValueError` for an address that is none."""
    if not clean_website(item["url"])[0]:
        raise ValueError(item["url"])
    return {"label": str(item["label"])[:60], "url": item["url"][:500]}


def as_exception(item: dict) -> dict:
    """A period with other hours; raises `ValueError` for impossible dates."""
    start, end = date.fromisoformat(item["start"]), date.fromisoformat(item["end"])
    if end < start:
        raise ValueError(item["end"])
    return {
        "start": start.isoformat(),
        "end": end.isoformat(),
        "hours": str(item["hours"])[:200],
        "note": str(item["note"])[:120],
    }


def as_stand(item: dict) -> dict:
    """A stand on a market (by its slug) or at another place."""
    limits = {"market": 140, "place": 120, "hours": 200, "note": 120}
    return {name: str(item[name])[:limit] for name, limit in limits.items()}


def as_source(item: dict) -> dict:
    """Where a listing comes from, its times with their zone."""
    times = [datetime.fromisoformat(item["retrieved_at"])]
    if item.get("missing_since"):
        times.append(datetime.fromisoformat(item["missing_since"]))
    if not all(map(is_aware, times)):
        raise ValueError("no time zone")
    return {
        "source": str(item["source"])[:120],
        "source_id": str(item["id"])[:250],
        "licence": str(item["licence"])[:40],
        "retrieved_at": times[0],
        "missing_since": times[1] if len(times) > 1 else None,
    }


def point(lat: str, lng: str, record: Record) -> list[float] | None:
    """The point exactly as it was exported; None where there is none or it is impossible."""
    if not lat.strip() and not lng.strip():
        return None
    try:
        found = [float(lat.replace(",", ".")), float(lng.replace(",", "."))]
    except ValueError:
        found = [999.0, 999.0]
    if abs(found[0]) <= 90 and abs(found[1]) <= 180:
        return found
    record.notes.append(f"point illisible : « {lat[:20]}, {lng[:20]} »")
    return None


def _day(text: str, record: Record) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat() if text.strip() else ""
    except ValueError:
        record.notes.append(f"date illisible : « {text[:20]} »")
        return ""
