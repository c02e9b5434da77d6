"""Pages for people: search, a listing, the home page, the markets."""

from collections.abc import Iterator

from benchmarks.bench import Bench
from benchmarks.row import Row, at_most
from benchmarks.visit import queries_of

PEER_SEARCH_MS = 303
PEER_LISTING_MS = 76


def search(bench: Bench) -> Iterator[Row]:
    """What and where; everything; what is open."""
    row = bench.first_view("search", "recherche « quoi, où », première vue", [bench.search_address])
    count = len(queries_of(bench.visitor, bench.search_address))
    row.facts |= {"queries": count, "results": len(bench.slugs_on(bench.search_address))}
    row.promise(
        at_most(12, count, "requêtes"),
        at_most(round(PEER_SEARCH_MS / 15, 1), row.ours.median, "ms"),
    )
    yield row
    others = {
        "search-all": ("recherche sans filtre, première vue", "/annuaire/"),
        "search-open": ("recherche « ouvert », première vue", f"{bench.search_address}&ouvert=1"),
    }
    for name, (title, address) in others.items():
        row = bench.first_view(name, title, [address])
        row.facts["queries"] = len(queries_of(bench.visitor, address))
        yield row.promise(at_most(12, row.facts["queries"], "requêtes"))
    yield bench.again("search-cached", "recherche, en cache", bench.search_address)


def listing(bench: Bench) -> Iterator[Row]:
    """The pages of those that a search found."""
    slugs = bench.slugs_on("/annuaire/") or bench.slugs_on(bench.search_address)
    addresses = [f"/annuaire/fiche/{slug}/" for slug in slugs]
    count = max(len(queries_of(bench.visitor, address)) for address in addresses)
    row = bench.first_view("listing", "fiche, première vue", addresses)
    row.facts |= {"queries": count, "pages": len(addresses)}
    yield row.promise(
        at_most(10, count, "requêtes"),
        at_most(30, row.ratio, "×"),
        at_most(round(PEER_LISTING_MS / 5, 1), row.ours.median, "ms"),
    )
    row = bench.again("listing-cached", "fiche, en cache", addresses[0])
    yield row.promise(at_most(2, row.ratio, "×"))
    row = bench.not_modified("listing-304", "fiche, déjà connue (304)", addresses[0])
    yield row.promise(at_most(2, row.ratio, "×"))


def home(bench: Bench) -> Iterator[Row]:
    """The first page that people see."""
    row = bench.first_view("home", "accueil, première vue", ["/"])
    row.facts["queries"] = len(queries_of(bench.visitor, "/"))
    yield row
    row = bench.again("home-cached", "accueil, en cache", "/")
    yield row.promise(at_most(2, row.ratio, "×"))


def markets(bench: Bench) -> Iterator[Row]:
    """« Samedi matin »."""
    title = "marchés, première vue"
    if not bench.is_there("/marches/"):
        yield Row("markets", title, absent="/marches/ n’est pas encore là")
        return
    row = bench.first_view("markets", title, ["/marches/"])
    row.facts["queries"] = len(queries_of(bench.visitor, "/marches/"))
    yield row
