"""Fill the table of communes from the file that the project ships, and find one by its point."""

from __future__ import annotations

import csv
import gzip
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connections, transaction

from directory.models import Commune
from directory.models.communes import forget_names
from directory.places.contours import Contour, point_in_commune, read_contours
from directory.places.departments import department_of
from directory.places.names import fold_name, slugs_for

DATA = Path(__file__).parent.parent / "data"
# A static file, because the map in the browser draws them too.
CONTOURS = DATA.parent / "static" / "directory" / "contours.json"
BATCH = 2000
FIELDS = ("name", "slug", "postal_codes", "department", "lat", "lng", "population", "folded")
REACH_KM = 30


def communes_file() -> Path:
    """The table in use: the shipped one, or the one that the setting `COMMUNES_FILE` names."""
    return Path(getattr(settings, "COMMUNES_FILE", "") or DATA / "communes.csv.gz")


def read_communes(path: Path) -> dict[str, tuple]:
    """Each commune's values, in the order of `FIELDS`, by INSEE code.

    The file is a CSV, compressed by gzip, whose first line is a remark with the attribution.
    """
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    folded = {row["insee"]: fold_name(row["name"]) for row in rows}
    slugs = slugs_for(folded)
    return {
        row["insee"]: (
            row["name"],
            slugs[row["insee"]],
            row["postal_codes"],
            department_of(row["insee"]),
            float(row["lat"]),
            float(row["lng"]),
            int(row["population"]),
            folded[row["insee"]],
        )
        for row in rows
    }


def load_communes(using: str = "default") -> int:
    """Make the table say what the file says; returns how many rows were written.

    Compares every row, so that a second run writes nothing and a newer file only what it
    changes. Communes that are gone from the file stay: listings may still stand there.
    """
    wanted = read_communes(communes_file())
    objects = Commune.objects.using(using)
    present = {insee: values for insee, *values in objects.values_list("insee", *FIELDS).iterator()}
    changed = [
        Commune(insee=insee, **dict(zip(FIELDS, values, strict=True)))
        for insee, values in wanted.items()
        if present.get(insee) != list(values)
    ]
    # Into an empty table without a word on conflicts: half the time.
    conflicts = {"update_conflicts": True, "unique_fields": ["insee"], "update_fields": FIELDS}
    with transaction.atomic(using=using):
        objects.bulk_create(changed, batch_size=BATCH, **(conflicts if present else {}))
    forget_names()
    return len(changed)


def load_after_migrations(using, **kwargs):
    """For `post_migrate`, which also fires after a flush; waits until the table is there."""
    if Commune._meta.db_table in connections[using].introspection.table_names():
        load_communes(using)


@lru_cache(maxsize=1)
def bundled_contours() -> tuple[list[Contour], list[Contour]]:
    """The shipped contours, communes and departments, decoded once in a process."""
    return read_contours(json.loads(CONTOURS.read_text(encoding="utf-8")))


def commune_at(lat: float, lng: float) -> Commune | None:
    """The commune that holds a point (degrees), or the nearest town hall within 30 km.

    The contours decide where they reach; elsewhere the nearest town hall is a good guess only.
    """
    communes, _ = bundled_contours()
    contour = point_in_commune(communes, lat, lng)
    found = contour and Commune.objects.filter(pk=contour.code).first()
    return found or next(iter(Commune.objects.around(lat, lng, REACH_KM)), None)
