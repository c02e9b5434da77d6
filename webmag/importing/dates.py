"""Dates as blogs write them."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from django.utils import timezone

# Before the web there was no blog; a clock that is wrong says 1970.
FIRST = datetime(1993, 1, 1, tzinfo=UTC)
LAST = datetime(2100, 1, 1, tzinfo=UTC)
LONGEST = 60  # characters


def first_of(*written: tuple[str, bool]) -> datetime | None:
    """The first date that is one, of (text, is it in universal time when it does not say).

    « 0000-00-00 00:00:00 » is none; without a zone it is the site's.
    """
    for text, is_universal in written:
        date = read(text.strip()[:LONGEST], is_universal)
        if date and FIRST <= date <= LAST:
            return date
    return None


def read(text: str, is_universal: bool) -> datetime | None:
    """ISO 8601 and its looser forms, or as in mails (RFC 2822)."""
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            date = parse(text)
            if date.tzinfo is None:
                date = date.replace(tzinfo=UTC if is_universal else timezone.get_default_timezone())
            return date.astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None
