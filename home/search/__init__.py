"""The site's own search: a thin index, the same words and the same order on every engine.

index.py writes it, find.py asks it; sqlite.py and postgresql.py know their engine.
"""

from home.search.everything import kinds, rebuilt_by
from home.search.find import Found, Term, find, find_each, question
from home.search.index import Entry, forget_stale_words, index, remove, remove_all_but

__all__ = [
    "Entry",
    "Found",
    "Term",
    "find",
    "find_each",
    "forget_stale_words",
    "index",
    "question",
    "kinds",
    "rebuilt_by",
    "remove",
    "remove_all_but",
]
