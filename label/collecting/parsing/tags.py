"""Words under which a feed files its entries are not all that an author tags with."""

from __future__ import annotations

from label import hashtags
from label.collecting.words import plain_text


def with_those_of_text(categories: list[str], title: str, html: str) -> tuple[str, ...] | None:
    """A feed's categories with the hashtags of the text; None without categories.

    « Actualités » in a category does not say that « #mis78 » in the text is none.
    """
    if not categories:
        return None
    written = hashtags.tags_in(f"{title}\n{plain_text(html)}")
    return tuple(dict.fromkeys([*categories, *written]))
