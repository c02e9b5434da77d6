"""What stands in a code in square brackets: its values by name."""

from __future__ import annotations

import html
import re

VALUE = re.compile(r"""([\w-]{1,40})\s?=\s?(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))""")
QUOTES = str.maketrans(dict.fromkeys("“”″«»", '"') | dict.fromkeys("‘’′", "'"))


def values_of(source: str) -> dict[str, str]:
    """What stands in a code: {"ids": "1,2"}; a lone word is the value of ""."""
    bare = html.unescape(source)
    # An editor's curly quotes stand for straight ones; within straight ones they are words.
    bare = (bare if '"' in bare else bare.translate(QUOTES)).strip().rstrip("/").strip()
    found = {name.lower(): "".join(value).strip() for name, *value in VALUE.findall(bare)}
    return found or ({"": bare} if bare else {})
