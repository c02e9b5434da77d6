"""A page of answers to a question, in a number of queries that does not grow."""

from dataclasses import dataclass, field

from django.db.models import Count, Window

from directory import hours
from directory.api import features
from directory.search import usual
from directory.search.matching import (
    in_category,
    in_order,
    open_states,
    placed,
    wanted,
    words_found,
)


@dataclass
class Answer:
    """The features of one page. `unknown`: how many more match whose hours nobody knows."""

    matched: int = 0
    features: list = field(default_factory=list)
    unknown: int | None = None


def answer(question):
    """Find the page asked for."""
    if question.nowhere:
        return Answer(unknown=None if question.moment is None else 0)
    criteria = question.criteria
    found = words_found(criteria)
    seen = features.Seen(criteria.place)
    quick = None if question.moment else usual.ask(criteria, found)
    if quick:
        return Answer(len(quick.pks), features.many(quick.pks[question.slice], seen))
    listings = wanted(criteria, found)
    listings = in_category(placed(listings, criteria), criteria)
    if criteria.place and criteria.box and question.radius:
        listings = listings.within(criteria.place.lat, criteria.place.lng, question.radius)
    ordered = in_order(listings, criteria, found)
    if question.moment:
        return open_then(question, ordered)
    # The number of all rows comes along with those of the page.
    rows = ordered.values_list("pk", Window(Count("pk")))
    page = list(rows[question.slice])
    if page or question.start == 0:
        matched = page[0][1] if page else 0
    else:
        matched = listings.order_by().count()
    return Answer(matched, features.many([pk for pk, _ in page], seen))


def open_then(question, ordered):
    """Those known to be open at the moment asked for; what is unknown is counted apart."""
    rows = list(ordered.values_list("pk", "hours", "trading_state"))
    states = open_states(rows, question.moment)
    pks = [pk for pk, *_ in rows if states[pk] == hours.OPEN]
    unknown = sum(state == hours.UNKNOWN for state in states.values())
    page = pks[question.slice]
    seen = features.Seen(question.criteria.place, states)
    return Answer(len(pks), features.many(page, seen), unknown)
