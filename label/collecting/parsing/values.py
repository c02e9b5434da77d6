"""Values out of JSON that may be anything: each of the type that is asked for, or nothing."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime

from django.utils.dateparse import parse_datetime

from label.collecting.parsing import dates
from label.collecting.parsing.text import writable

LONGEST_WORD = 2_000  # characters
LONGEST_TEXT = 200_000
LONGEST_ORIGINAL = 20_000
MOST_TAGS = 60
MOST_PICTURES = 10


def text(mapping, name: str, most: int = LONGEST_WORD) -> str:
    """A text of a mapping, without what cannot be stored; "" for anything else."""
    value = mapping.get(name) if isinstance(mapping, dict) else None
    return writable(value)[:most].strip() if isinstance(value, str) else ""


def mapping(value, name: str) -> dict:
    """A mapping within a mapping; an empty one for anything else."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def mappings(value, name: str) -> list[dict]:
    """The mappings of a list within a mapping."""
    found = value.get(name) if isinstance(value, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def texts(value, name: str) -> list[str]:
    """The texts of a list within a mapping."""
    found = value.get(name) if isinstance(value, dict) else None
    is_list = isinstance(found, list)
    return (
        [writable(one)[:LONGEST_WORD] for one in found if isinstance(one, str)] if is_list else []
    )


def date(words: str) -> datetime | None:
    """A date in ISO 8601 or RFC 3339, in UTC when it does not say, or spelled; None for none."""
    words = words.strip()[:60]
    try:
        # A minute may have 61 seconds; no clock of ours has.
        found = parse_datetime(words.replace(":60", ":59"))
        if not found:
            return dates.spelled(words)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def date_of(parts) -> datetime | None:
    """A date from what feedparser made of one, in UTC; None for none."""
    try:
        return datetime.fromtimestamp(calendar.timegm(parts), UTC) if parts else None
    except (ValueError, OverflowError, TypeError, OSError):
        return None
