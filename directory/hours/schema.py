"""Opening hours as schema.org tells them to search engines.

https://schema.org/OpeningHoursSpecification; a day closed is 00:00 to 00:00, and a day that ends
at midnight is told as 23:59.
"""

from directory.hours.rules import (
    HOLIDAYS_CLOSED,
    ON_APPOINTMENT,
    clock,
    grouped,
    simple_week,
)

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _specification(days: list[str], opens: str, closes: str) -> dict[str, object]:
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": [f"https://schema.org/{day}" for day in days],
        "opens": opens,
        "closes": closes,
    }


def schema_org(text: str) -> list[dict[str, object]]:
    """The specifications of a plain week; none for seasons and doubts, as rows can't tell them."""
    week = simple_week(text)
    if week is None:
        return []
    found = [
        _specification(
            [DAYS[number] for number in numbers],
            clock(start),
            "23:59" if end == 1440 else clock(end),
        )
        for hours, numbers in grouped(week.days)
        if hours != ON_APPOINTMENT
        for start, end in hours
    ]
    if week.holidays == HOLIDAYS_CLOSED and found:
        found.append(_specification(["PublicHolidays"], "00:00", "00:00"))
    return found
