"""The open API: a word and a place."""

from collections.abc import Iterator

from benchmarks.bench import RADIUS_KM, WORD, Bench
from benchmarks.row import Row, at_most
from benchmarks.visit import forget_pages, queries_of
from home.models import ContentVersion

TITLE = "API, mot et lieu"


def text_and_place(bench: Bench) -> Iterator[Row]:
    """The first page of answers, not in any cache; then the same after a change somewhere."""
    town = bench.towns[0]
    near = f"{town.lat},{town.lng}"
    address = f"/api/v1/listings?q={WORD}&near={near}&radius_km={RADIUS_KM}"
    if not bench.is_there(address):
        yield Row("api", TITLE, absent="/api/v1/listings n’est pas encore là")
        return
    row = bench.first_view("api", TITLE, [address])
    row.facts["queries"] = len(queries_of(bench.visitor, address))
    yield row.promise(at_most(10, row.ratio, "×")) if bench.size <= 10_000 else row

    def change():
        forget_pages()
        ContentVersion.bump()

    def ask():
        bench.visitor.get(address)

    yield bench.beside_constant("api-changed", f"{TITLE}, après une modification", ask, change)
