"""The rows, by subject; each takes a `Bench` and yields `Row`s."""

from benchmarks.rows import api, articles, collecting, imports, pages, pictures, places, tiles

ROWS = {
    "tile": tiles.tile,
    "clusters": tiles.clusters,
    "weight": tiles.weight,
    "nearest": places.nearest,
    "api": api.text_and_place,
    "search": pages.search,
    "listing": pages.listing,
    "home": pages.home,
    "markets": pages.markets,
    "article": articles.articles,
    "import": imports.imports,
    "images": pictures.renditions,
    "collect": collecting.collecting,
}

# What does not depend on how many listings there are, or would take long at each size.
ONCE = {"import", "images", "collect"}

__all__ = ["ONCE", "ROWS"]
