"""A day's markets in schema.org's words (https://schema.org/Event)."""

from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone

from directory.markets.days import MarketDay
from directory.structured_data import as_script, filled, geo, postal_address


def day_json(held: Iterable[MarketDay], cancelled: Iterable[MarketDay]):
    """The JSON-LD of a day's markets as a list of events, safe inside a script element."""
    events = [
        event(one, piece, state)
        for state, several in (("EventScheduled", held), ("EventCancelled", cancelled))
        for one in several
        for piece in one.hours.pieces
    ]
    return as_script({"@context": "https://schema.org", "@graph": events}) if events else ""


def event(one: MarketDay, piece, state: str) -> dict:
    """One stretch of one market."""
    market = one.market
    place = {
        "@type": "Place",
        "name": market.name,
        "address": postal_address(market),
        "geo": geo(market),
    }
    return filled(
        {
            "@type": "Event",
            "name": market.name,
            "description": market.summary,
            "url": settings.SITE_URL + market.get_absolute_url(),
            "startDate": timezone.make_aware(piece.start).isoformat(),
            "endDate": timezone.make_aware(piece.end).isoformat(),
            "eventStatus": f"https://schema.org/{state}",
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": filled(place),
        }
    )
