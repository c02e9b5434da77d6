"""From what is searched for to the listings that answer: for pages and for the API alike."""

from datetime import timedelta

from django.utils import timezone

from directory import hours
from directory.models import HoursException, Listing
from directory.search.criteria import Order
from directory.search.indexing import KIND
from home.search import find
from home.versions import remembered_by


def words_found(criteria):
    """What the words came to: `find`'s answer, kept per content version; None without words."""
    words = criteria.words
    return remembered_by(words, "found words", lambda: find(KIND, words)) if words else None


def wanted(criteria, found):
    """What is looked for, wherever it is and in whatever category; `found` are its words."""
    listings = Listing.objects.public().trading()
    if criteria.kind:
        listings = listings.of_kind(criteria.kind)
    if criteria.tag:
        listings = listings.tagged(criteria.tag)
    if criteria.labelled:
        listings = listings.labelled()
    return listings.search(found) if found else listings


def placed(listings, criteria):
    """Only those in the commune, the piece of map or the circle asked for."""
    if criteria.commune:
        listings = listings.in_commune(criteria.commune)
    if criteria.box:
        listings = listings.in_box(*criteria.box)
    if criteria.place:
        place = criteria.place
        if criteria.box:
            return listings.with_distance(place.lat, place.lng)
        return listings.within(place.lat, place.lng, criteria.radius, place.commune)
    return listings


def in_category(listings, criteria):
    """Only those of the category asked for."""
    return listings.in_category(criteria.category) if criteria.category else listings


def in_order(listings, criteria, found):
    """In the order asked for; `found` is what the words came to."""
    if criteria.sort == Order.DISTANCE:
        return listings.nearest_first()
    if criteria.sort == Order.RELEVANCE:
        return listings.best_first(found)
    return listings.order_by("name", "pk")


def open_states(rows, now):
    """Return {pk: "open" | "closed" | "unknown"} for rows of (pk, hours, trading state)."""
    today = timezone.localdate(now)
    exceptions = {}
    around = HoursException.objects.filter(start__lte=today, end__gte=today - timedelta(days=1))
    for exception in around:
        exceptions.setdefault(exception.listing_id, []).append(exception)
    states = hours.evaluate_many(((pk, text, exceptions.get(pk, ())) for pk, text, _ in rows), now)
    paused = {pk: hours.CLOSED for pk, _, trading in rows if trading != Listing.Trading.OPEN}
    return states | paused
