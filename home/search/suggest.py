"""Completing a word while it is typed."""

from home.search import fold
from home.search.vocabulary import completions


def suggest(prefix: str, limit: int = 8) -> list[str]:
    """Return words of the index that begin like the last word of `prefix`, the shortest first."""
    typed = fold.words(prefix[:1000])
    return [word.shown for word in completions(typed[-1], limit)] if typed else []
