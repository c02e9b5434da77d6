"""All rows on one engine, size after size: `python -m benchmarks.engine`, started by bin/bench.

Writes a line of JSON for each row to the file it is given, and says on standard error what is
going on.
"""

import argparse
import json
import sys
import time
import traceback
from pathlib import Path

import django
from django.db import connection, transaction

SMALL = (800, 600)


def main() -> None:
    """Prepare a site, fill it, measure it."""
    options = argparse.ArgumentParser()
    options.add_argument("--engine", required=True)
    options.add_argument("--sizes", required=True, type=json.loads)
    options.add_argument("--rows", required=True, type=json.loads)
    options.add_argument("--quick", action="store_true")
    options.add_argument("--out", required=True, type=Path)
    chosen = options.parse_args()
    django.setup()

    from config.prepare import prepare

    prepare()
    with chosen.out.open("w", encoding="utf-8") as out:
        for line in measure(chosen.engine, chosen.sizes, chosen.rows, chosen.quick):
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            out.flush()


def measure(engine: str, sizes: list[int], rows: list[str], quick: bool = False):
    """Yield the facts of the engine, then the rows at each size, as dictionaries."""
    # Only once Django is set up.
    from benchmarks.bench import Bench
    from benchmarks.machine import engine_version
    from benchmarks.rows import ONCE, ROWS
    from config.demo import loading

    loading.load_site()
    yield {"engine": engine, "version": engine_version()}
    for size in sorted(sizes):
        seeded = fill(size)
        yield {"engine": engine, "size": size, "seeding": seeded}
        bench = Bench(engine, size, quick)
        illustrate(bench)
        say(f"{engine}, {size} fiches : semées en {seeded['seconds']} s")
        for name in rows:
            if name in ONCE and size != max(sizes):
                continue
            started = time.monotonic()
            try:
                for row in ROWS[name](bench):
                    row.engine, row.size = engine, size
                    yield row.as_json()
            except Exception:
                # One that fails costs no other: ten minutes of figures are worth keeping.
                traceback.print_exc()
                yield {"engine": engine, "size": size, "failed": name}
            say(f"{engine}, {size} fiches : {name}, {time.monotonic() - started:.1f} s")


def say(text: str) -> None:
    """Tell whoever waits."""
    print(text, file=sys.stderr, flush=True)


def fill(size: int) -> dict:
    """Invent as many listings as there shall be; the planner's statistics are renewed, as at
    night."""
    from directory import seeding
    from home.models import SiteSettings

    started = time.monotonic()
    created = seeding.plant(size, SiteSettings.load().insee_codes)
    seconds = time.monotonic() - started
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"created": created, "seconds": round(seconds, 1)}


def illustrate(bench) -> None:
    """Give a photo to every second listing of the pages that are measured."""
    from benchmarks.rows.pictures import keep, photo
    from directory import snapshots
    from directory.models import Listing, ListingPhoto
    from home.models import ContentVersion, Photo

    slugs = [*bench.slugs_on("/annuaire/"), *bench.slugs_on(bench.search_address)][::2]
    bare = list(Listing.objects.filter(slug__in=slugs, photos=None))
    with transaction.atomic():
        one = Photo.objects.filter(title="Fiche").first()
        if not one:
            one = keep(photo(*SMALL), *SMALL, title="Fiche", credit="Mesure")
        rows = [ListingPhoto(listing=listing, photo=one) for listing in bare]
        ListingPhoto.objects.bulk_create(rows)
        snapshots.refresh(list(Listing.objects.filter(pk__in=[listing.pk for listing in bare])))
        ContentVersion.bump()


if __name__ == "__main__":
    main()
