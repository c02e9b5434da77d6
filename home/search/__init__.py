"""The site's own search index: thin, the same words on every database engine."""

from home.search.index import Entry, index, remove

__all__ = ["Entry", "index", "remove"]
