"""Completing a word while it is typed."""

from home.search import fold, vocabulary


def suggest(prefix: str, limit: int = 8) -> list[str]:
    """Return words of the index that begin like the last word of `prefix`, the shortest first."""
    typed = fold.words(prefix[:1000])
    if not typed:
        return []
    return [word.shown for word in vocabulary.current().completions(typed[-1], limit)]
