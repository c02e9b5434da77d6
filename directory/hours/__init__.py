"""Opening hours: kept in OpenStreetMap's syntax, read, said in French, edited by hand."""

from directory.hours.french import from_french
from directory.hours.schema import schema_org
from directory.hours.state import (
    CLOSED,
    OPEN,
    UNKNOWN,
    evaluate_many,
    openings,
    state_at,
)
from directory.hours.syntax import HoursError, is_valid, parse
from directory.hours.text import regular_week, sentence, today_sentence, week
from directory.hours.words import describe

__all__ = [
    "CLOSED",
    "OPEN",
    "UNKNOWN",
    "HoursError",
    "describe",
    "evaluate_many",
    "from_french",
    "is_valid",
    "openings",
    "parse",
    "regular_week",
    "schema_org",
    "sentence",
    "state_at",
    "today_sentence",
    "week",
]
