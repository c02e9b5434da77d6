"""Markets and those who stand there, for the tests of both."""

from directory.models import HoursException, MarketStand
from tests import factories


def market(name, hours="Sa 08:00-13:00", exceptions=(), **fields):
    """A market; exceptions are (first day, last day, hours, why)."""
    made = factories.listing(name, kind="marche", category="marche", hours=hours, **fields)
    return with_exceptions(made, exceptions)


def with_exceptions(listing, exceptions):
    """Give a listing its exceptional days."""
    listing.exceptions = [
        HoursException(start=start, end=end, hours=hours, note=note)
        for start, end, hours, note in exceptions
    ]
    listing.save()
    return listing


def producer(name, *stands, exceptions=(), **fields):
    """A producer; stands are (market or place, hours)."""
    made = factories.listing(name, **fields)
    made.stands = [
        MarketStand(
            hours=hours, **({"place": where} if isinstance(where, str) else {"market": where})
        )
        for where, hours in stands
    ]
    return with_exceptions(made, exceptions)
