"""What one line of a list of listings shows, worked out before the template."""

from dataclasses import dataclass

from directory import geometry, hours
from directory.models import Listing
from directory.snapshots import exceptions_of


@dataclass(frozen=True)
class Card:
    """One listing in a list: `distance_km` from the place asked for, None without one."""

    listing: Listing
    state: str
    today: str
    distance_km: float | None
    picture: object

    @property
    def sign(self):
        """The drawn sign of its family."""
        return self.listing.category.sign if self.listing.category else "awning"


def make(listings, now, place=None):
    """Return the cards of these listings at this moment, seen from this place."""
    return [_card(listing, now, place) for listing in listings]


def _card(listing, now, place):
    state, today = today_of(listing, now)
    return Card(
        listing=listing,
        state=state,
        today=today,
        distance_km=distance(listing, place),
        picture=listing.snapshot.get("card"),
    )


def today_of(listing, now):
    """Return (state, sentence): "open", "Ouvert jusqu’à 12 h 30"."""
    if listing.trading_state != Listing.Trading.OPEN:
        return hours.CLOSED, listing.get_trading_state_display()
    exceptions = exceptions_of(listing)
    state = hours.state_at(listing.hours, exceptions, now)
    sentence = hours.sentence(state, listing.hours, exceptions, now, listing.phone)
    return state.state, sentence


def distance(listing, place):
    """Kilometres between a place and where the listing is shown, or None."""
    if not place or listing.public_lat is None:
        return None
    return geometry.distance_km(place.lat, place.lng, listing.public_lat, listing.public_lng)
