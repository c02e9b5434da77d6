"""The site's own search: a thin index, the same words and the same order on every engine.

index.py writes it, find.py asks it; sqlite.py and postgresql.py know their engine.
"""

from home.search.find import Found, find
from home.search.index import Entry, forget_stale_words, index, remove, remove_all_but

__all__ = [
    "Entry",
    "Found",
    "find",
    "forget_stale_words",
    "index",
    "remove",
    "remove_all_but",
]
