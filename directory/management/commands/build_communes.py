"""Make the files of communes that the project ships, from public tables."""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from directory.places import contours
from directory.places.departments import DEPARTMENTS, department_of
from directory.places.town_halls import Ground, mend_points
from home.models import SiteSettings

ATTRIBUTION = "IGN, INSEE, La Poste, DILA — Licence Ouverte 2.0"
COLUMNS = ["insee", "name", "postal_codes", "lat", "lng", "population", "type"]
# Of a department's outline, in 1/10,000 degree: thinned to some 350 m, and without rings under
# 20 km², which are holes in the data.
OUTLINE_TOLERANCE = 35
SMALLEST_RING = 250_000


class Command(BaseCommand):
    """Write `communes.csv.gz` (all of France) and `contours.json` (a territory's surroundings)."""

    help = (
        "Fabrique directory/data/communes.csv.gz et contours.json à partir des tables publiques. "
        "Les contours détaillés couvrent les départements des communes données et une marge."
    )

    def add_arguments(self, parser):
        """Declare the source files, the territory and where to write."""
        parser.add_argument("--france", required=True, type=Path, help="CSV de toutes les communes")
        parser.add_argument("--contours", required=True, type=Path, help="GeoJSON des contours")
        parser.add_argument(
            "--codes",
            default="",
            help="codes INSEE du territoire (78537,78517…) ; sans eux, ceux des réglages du site",
        )
        parser.add_argument("--margin-km", type=float, default=22, help="marge autour, en km")
        parser.add_argument("--out", required=True, type=Path, help="dossier de destination")

    def handle(self, *args, **options):
        """Read, mend, reduce and write; the same input gives the same bytes."""
        codes = [code for code in options["codes"].split(",") if code]
        codes = codes or SiteSettings.load().insee_codes
        if not codes:
            raise CommandError("Donnez les communes du territoire : --codes 78537,78517…")
        try:
            rows = read_france(options["france"])
            features = json.loads(options["contours"].read_text(encoding="utf-8"))["features"]
        except (OSError, KeyError, ValueError) as error:
            raise CommandError(f"Fichier illisible : {error}") from error
        shapes = read_shapes(features)
        mended = mend_points(rows, grounds_of(shapes))
        by_insee = {row["insee"]: row for row in rows}
        if unknown := [code for code in codes if code not in by_insee]:
            raise CommandError(f"Codes INSEE inconnus : {', '.join(unknown)}")
        options["out"].mkdir(parents=True, exist_ok=True)
        write_table(rows, options["out"] / "communes.csv.gz")
        document = contours_document(shapes, by_insee, codes, options["margin_km"])
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        (options["out"] / "contours.json").write_text(text + "\n", encoding="utf-8")
        self.stdout.write(
            f"communes={len(rows)} mended={len(mended)} "
            f"contours={len(document['communes']['shapes'])} "
            f"departments={len(document['departments']['shapes'])}"
        )


def read_france(path: Path) -> list[dict]:
    """The rows of the table of all communes, numbers read, in the order of their codes."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [
            row
            | {
                "lat": float(row["lat"]),
                "lng": float(row["lng"]),
                "population": int(row["population"]),
            }
            for row in csv.DictReader(file)
        ]
    return sorted(rows, key=lambda row: row["insee"])


def read_shapes(features: list[dict]) -> dict[str, list[contours.Ring]]:
    """The rings of each commune; a city gives way to its districts, which cover the same ground."""
    shapes = {
        feature["properties"]["insee"]: contours.rings_of(feature["geometry"])
        for feature in features
    }
    for city, first_district in (("75056", "75101"), ("69123", "69381"), ("13055", "13201")):
        if first_district in shapes:
            shapes.pop(city, None)
    return {code: shapes[code] for code in sorted(shapes) if shapes[code]}


def grounds_of(shapes: dict[str, list[contours.Ring]]) -> dict[str, Ground]:
    """What each commune covers, with a point well inside in degrees."""
    grounds = {}
    for code, rings in shapes.items():
        x, y = contours.middle_of(rings)
        grounds[code] = Ground(rings, (y / contours.SCALE, x / contours.SCALE))
    return grounds


def write_table(rows: list[dict], path: Path):
    """Write the compressed table; coordinates at 4 decimals (11 m), no time stamp inside."""
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        lines = ["# " + ATTRIBUTION, ",".join(COLUMNS)]
        for row in rows:
            numbers = {"lat": f"{row['lat']:.4f}", "lng": f"{row['lng']:.4f}"}
            lines.append(",".join(str((row | numbers)[column]) for column in COLUMNS))
        packed.write(("\n".join(lines) + "\n").encode())


def contours_document(shapes: dict, by_insee: dict, codes: list[str], margin_km: float) -> dict:
    """Detailed communes of and around the territory, and the outlines of all departments."""
    near = near_territory([by_insee[code] for code in codes], margin_km)
    home = {department_of(code) for code in codes}
    chosen = {
        code: rings
        for code, rings in shapes.items()
        if code in by_insee and (department_of(code) in home or near(by_insee[code]))
    }
    arcs, references = contours.encode(chosen)
    communes = []
    for code in chosen:
        row = by_insee[code]
        label = [contours.to_units(row["lng"]), contours.to_units(row["lat"])]
        communes.append([code, row["name"], row["population"], *label, references[code]])
    return {
        "format": contours.FORMAT,
        "attribution": ATTRIBUTION,
        "scale": contours.SCALE,
        "communes": {"arcs": arcs, "shapes": communes},
        "departments": departments_part(shapes),
    }


def near_territory(territory: list[dict], margin_km: float):
    """A test for rows within the box of the territory's town halls, widened by the margin."""
    north_km, east_km = 111.2, 73.0  # a degree of longitude in the middle of France
    south = min(row["lat"] for row in territory) - margin_km / north_km
    north = max(row["lat"] for row in territory) + margin_km / north_km
    west = min(row["lng"] for row in territory) - margin_km / east_km
    east = max(row["lng"] for row in territory) + margin_km / east_km
    return lambda row: south <= row["lat"] <= north and west <= row["lng"] <= east


def departments_part(shapes: dict[str, list[contours.Ring]]) -> dict:
    """The departments' outlines: the communes' shared edges dropped, then thinned together."""
    members = defaultdict(list)
    for code, rings in shapes.items():
        members[department_of(code)].append(rings)
    outlines = {
        code: rings
        for code, communes in sorted(members.items())
        if (rings := contours.outline(communes, SMALLEST_RING))
    }
    arcs, references = contours.encode(outlines, OUTLINE_TOLERANCE)
    rows = []
    for code, rings in outlines.items():
        west, south, east, north = contours.box_of(rings)
        label = [(west + east) // 2, (south + north) // 2]
        rows.append([code, DEPARTMENTS[code], 0, *label, references[code]])
    return {"arcs": arcs, "shapes": rows}
