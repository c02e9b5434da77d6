"""Opening hours: kept in OpenStreetMap's syntax, read, said in French, edited by hand."""

from directory.hours.days import (
    CANCELLED,
    DOUBTFUL,
    HELD,
    OFF,
    HoursOfDay,
    HoursOverDays,
    closing,
    interval,
    usual_days,
)
from directory.hours.french import from_french
from directory.hours.public_holidays import holiday_name, silent_holiday
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
from directory.hours.text import (
    holidays_to_check,
    regular_week,
    sentence,
    today_sentence,
    week,
)
from directory.hours.timetable import KnownDay, Timetable, known_day, midnight, timetable
from directory.hours.words import day_in_words, day_name, describe, time_of_day

__all__ = [
    "CANCELLED",
    "CLOSED",
    "DOUBTFUL",
    "HELD",
    "OFF",
    "OPEN",
    "UNKNOWN",
    "HoursError",
    "KnownDay",
    "Timetable",
    "HoursOfDay",
    "HoursOverDays",
    "closing",
    "day_in_words",
    "day_name",
    "describe",
    "evaluate_many",
    "from_french",
    "holiday_name",
    "holidays_to_check",
    "interval",
    "is_valid",
    "known_day",
    "midnight",
    "openings",
    "parse",
    "regular_week",
    "schema_org",
    "sentence",
    "silent_holiday",
    "state_at",
    "timetable",
    "today_sentence",
    "time_of_day",
    "usual_days",
    "week",
]
