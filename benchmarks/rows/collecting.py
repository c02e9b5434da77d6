"""Collecting from many sources that each take a while to answer, beside just asking them."""

import http.client
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.test.utils import override_settings

from benchmarks.bench import Bench
from benchmarks.row import Row, at_most
from benchmarks.rows.imports import memory
from benchmarks.timing import Contender, Run, Timing
from home.models import SiteSettings
from label.collecting import polling
from label.models import Item, Source

SOURCES, QUICK_SOURCES = 1000, 8
MOST_SECONDS = 60


def collecting(bench: Bench) -> Iterator[Row]:
    """New sources of 100 ms each, three new publications in each; nothing stays."""
    number = QUICK_SOURCES if bench.quick else SOURCES
    with host() as port:
        with memory() as peak_of_few:
            collect(port, number // 4)
        with memory() as peak_of_many:
            ours = collect(port, number)
        floor = Contender(lambda: just_ask(port, number)).run()
    row = Row("collect", f"collecte de {number} sources à 100 ms", Timing.of(ours))
    row.floor, row.floor_is = Timing.of(floor), "les mêmes réponses, sans les lire"
    row.facts["sources_per_second"] = round(number * 1000 / ours.wall)
    row.facts |= {"growth_mb": peak_of_many[0], "growth_mb_of_a_quarter": peak_of_few[0]}
    yield row.promise(at_most(MOST_SECONDS, ours.wall / 1000, "s"))


@contextmanager
def host():
    """The port of a host that takes its time."""
    tag = SiteSettings.load().hashtag or "mesure"
    command = [sys.executable, "-m", "benchmarks.slow_host", tag]
    # Our own program, and a word of our own settings.
    child = subprocess.Popen(  # noqa: S603 -- as said above
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        port = int(child.stdout.readline())
        with override_settings(ALLOW_PRIVATE_FETCH=[f"127.0.0.1:{port}"]):
            yield port
    finally:
        child.stdin.close()
        child.wait(10)
        child.stdout.close()


def collect(port: int, number: int) -> Run:
    """Follow so many sources, collect once, forget it all."""
    urls = [f"http://127.0.0.1:{port}/{one}" for one in range(number)]
    made = Source.objects.bulk_create(Source(address=url, url=url) for url in urls)
    numbers, said = [source.pk for source in made], []
    run = Contender(lambda: said.append(polling.poll(numbers))).run()
    Item.objects.filter(sightings__source__in=numbers).delete()
    Source.objects.filter(pk__in=numbers).delete()
    if said[0].sources != number or said[0].failed or not said[0].created:
        raise RuntimeError(said[0].summary())
    return run


def just_ask(port: int, number: int) -> None:
    """The same questions with as many threads, the answers thrown away."""

    def ask(one):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", f"/{one}")
        connection.getresponse().read()
        connection.close()

    with ThreadPoolExecutor(polling.THREADS) as pool:
        list(pool.map(ask, range(number)))
