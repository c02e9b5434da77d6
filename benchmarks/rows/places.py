"""Geography in plain SQL."""

import itertools
from collections.abc import Iterator

from django.db import connection

from benchmarks.bench import RADIUS_KM, Bench
from benchmarks.row import Row, at_most
from benchmarks.visit import queries, run_again
from directory.models import Listing

NEAREST = 20


def nearest(bench: Bench) -> Iterator[Row]:
    """The nearest twenty of each of the biggest towns, one town after the other."""
    noted, everywhere = [], []
    for town in bench.towns:
        shown = Listing.objects.public().trading()
        with queries() as asked:
            shown.nearest(town.lat, town.lng, RADIUS_KM, NEAREST)
        noted.append(asked)
        anywhere = shown.with_distance(town.lat, town.lng).nearest_first()
        everywhere.append(statement(anywhere.values_list("pk")[:NEAREST]))
    ours, floor = bench.time(turning(noted, run_again), turning(everywhere, ask))
    title = f"les {NEAREST} plus proches à {RADIUS_KM} km (SQL)"
    row = Row("nearest", title, ours, floor, "trier toutes les fiches")
    yield row.promise(at_most(2, ours.median, "ms")) if bench.size <= 10_000 else row


def statement(queryset) -> tuple:
    """A QuerySet as (SQL, parameters)."""
    return queryset.query.get_compiler(connection.alias).as_sql()


def ask(statement: tuple) -> None:
    """Run one statement and fetch its rows."""
    run_again([statement])


def turning(things: list, use):
    """A function that uses the next one each time it is called."""
    waiting = itertools.cycle(things)
    return lambda: use(next(waiting))
