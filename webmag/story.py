"""The markup of an article in a list: made once for each article as it stands, and kept.

What is kept is found by all that it shows, so it cannot be out of date (docs/decisions/0020).
"""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from webmag.cards import Card

# Some 6 kB each with what finds them: at most 12 MB of a process.
MOST_KEPT = 2048


def markup(card: Card, level: str = "h3", large: bool = False, bare: bool = False) -> SafeString:
    """A card as `webmag/_card.html` draws it.

    `level` is the heading's element; `large` for the list's first, with a large picture that is
    loaded first; `bare` without its magazine's name.
    """
    return lasting(card, level, bool(large), bool(bare))


@lru_cache(maxsize=MOST_KEPT)
def lasting(card: Card, level: str, large: bool, bare: bool) -> SafeString:
    """The same, kept."""
    context = {"card": card, "level": level, "large": large, "bare": bare}
    return render_to_string("webmag/_card.html", context)
