"""Importing a town hall's CSV, beside one bulk INSERT of the same rows."""

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.db import transaction

from benchmarks.bench import Bench
from benchmarks.row import Row, at_least
from benchmarks.timing import Contender, Run, Timing
from directory.importing import Order, import_file
from directory.models import Listing
from directory.seeding.ground import Ground
from directory.seeding.invent import invent
from home.models import SiteSettings

ROWS, QUICK_ROWS = 2000, 20
# Numbers that no size reaches: these listings are not there yet.
FROM = 5_000_000
COLUMNS = (
    *("identifiant", "nom", "catégorie", "description", "adresse", "code postal", "ville"),
    *("latitude", "longitude", "téléphone", "courriel", "site internet", "horaires"),
)


def imports(bench: Bench) -> Iterator[Row]:
    """A file of new listings with points, so that no address is looked up; undone afterwards."""
    number = QUICK_ROWS if bench.quick else ROWS
    ground = Ground.of(SiteSettings.load().insee_codes)
    today = date(2026, 1, 1)
    listings = [invent(FROM + one, ground, today).listing for one in range(number)]
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder, "few.csv"), Path(folder, "many.csv")
        write(listings[: number // 4], few)
        write(listings, many)
        with memory() as peak_of_few:
            import_undone(few)
        with memory() as peak_of_many:
            ours = import_undone(many)
    with undone():
        floor = insert(listings)
    row = Row("import", f"import de {number} fiches", Timing.of(ours), Timing.of(floor))
    row.floor_is = "un seul INSERT des mêmes fiches"
    rate = number * 1000 / ours.wall
    row.facts["rows_per_second"] = round(rate)
    row.facts["inserts_per_second"] = round(number * 1000 / floor.wall)
    row.facts |= {"growth_mb": peak_of_many[0], "growth_mb_of_a_quarter": peak_of_few[0]}
    yield row.promise(at_least(300, rate, "fiches/s"))


def write(listings: list[Listing], path: Path) -> None:
    """The listings as a town hall would send them."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(COLUMNS)
        for number, one in enumerate(listings):
            writer.writerow(
                [
                    *(f"M{number:06}", one.name, one.category.name, one.description, one.street),
                    *(one.postal_code, one.commune.name, one.lat, one.lng, one.phone, one.email),
                    *(one.website, one.hours),
                ]
            )


def import_undone(path: Path) -> Run:
    """Import a file and leave no trace."""
    said = []
    order = Order(path, "mesure", "CC0-1.0")
    with undone():
        run = Contender(lambda: said.append(import_file(order, lambda level, text: None))).run()
    if said[0].failed:
        raise RuntimeError(said[0].summary())
    return run


def insert(listings: list[Listing]) -> Run:
    """One bulk INSERT."""
    for number, listing in enumerate(listings):
        listing.slug = f"mesure-{number}"
    return Contender(lambda: Listing.objects.bulk_create(listings)).run()


@contextmanager
def undone():
    """A transaction that is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def memory():
    """Megabytes by which this process grew at most (Linux; nothing elsewhere)."""
    found = []
    before = peak(reset=True)
    yield found
    found.append(None if before is None else peak() - before)


def peak(reset: bool = False) -> int | None:
    """The process's peak memory in MB since it was last reset."""
    try:
        if reset:
            Path("/proc/self/clear_refs").write_text("5")
        status = Path("/proc/self/status").read_text()
    except OSError:
        return None
    return next(int(line.split()[1]) // 1024 for line in status.splitlines() if "VmHWM" in line)
