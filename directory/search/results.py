"""A page of what was found, with what helps to go on: categories beside it, what is elsewhere."""

from dataclasses import dataclass, field
from math import ceil

from django.db.models import Count
from django.utils import timezone

from directory import cards, hours
from directory.models import Listing
from directory.search import usual
from directory.search.criteria import Criteria
from directory.search.matching import (
    in_category,
    in_order,
    open_states,
    placed,
    wanted,
    words_found,
)
from directory.search.usual import PAGE_SIZE
from directory.tree import category_tree
from home.paging import offered

NEAREST_ELSEWHERE = 3


@dataclass
class Results:
    """One page of what was found, and what helps when it is little."""

    criteria: Criteria
    cards: list = field(default_factory=list)
    total: int = 0
    unknown_cards: list = field(default_factory=list)
    unknown_total: int = 0
    elsewhere: list = field(default_factory=list)
    counts: dict = field(default_factory=dict)
    found: object = None

    @property
    def pages(self):
        """How many pages there are, at least 1."""
        return max(1, ceil(self.total / PAGE_SIZE))

    @property
    def page(self):
        """The page shown: the one asked for, or the last one."""
        return min(self.criteria.page, self.pages)

    @property
    def slice(self):
        """Which of the sorted listings stand on this page."""
        start = (self.page - 1) * PAGE_SIZE
        return slice(start, start + PAGE_SIZE)

    @property
    def first(self):
        """The place of this page's first card among all that were found, from 1."""
        return self.slice.start + 1

    @property
    def numbers(self):
        """The pages to offer: the first, the last, those around; None where some are left out."""
        return offered(self.page, self.pages)

    @property
    def nothing(self):
        """Whether there is neither a card nor one of unknown hours."""
        return not self.total and not self.unknown_total


def search(criteria, now=None):
    """Return the `Results` for these criteria at this moment (default: now)."""
    now = now or timezone.now()
    found = words_found(criteria)
    results = Results(criteria, found=found)
    answer = None if criteria.open_now else usual.ask(criteria, found)
    if answer and answer.pks:
        _fill_usual(results, answer, now)
        return results
    anywhere = wanted(criteria, found)
    here = placed(anywhere, criteria)
    if criteria.open_now:
        _fill_with_open(results, here, now)
    else:
        _fill(results, here, now)
    if results.nothing and criteria.place:
        nearest = _nearest(in_category(anywhere, criteria), criteria, now)
        results.elsewhere = cards.make(nearest, now, criteria.place)
    return results


def _nearest(listings, criteria, now):
    """The nearest few outside the circle or the piece of map; open ones where that was asked."""
    place = criteria.place
    nearest = listings.exclude(public_lat=None).with_distance(place.lat, place.lng).nearest_first()
    if criteria.open_now:
        rows = list(nearest.values_list("pk", "hours", "trading_state"))
        states = open_states(rows, now)
        open_ids = [pk for pk, *_ in rows if states[pk] == hours.OPEN]
        nearest = nearest.filter(pk__in=open_ids[:NEAREST_ELSEWHERE])
    return nearest[:NEAREST_ELSEWHERE]


def _fill_usual(results, answer, now):
    """A page of a word and a place: as `_fill`, from memory."""
    results.counts = add_up(answer.by_category(), answer.further())
    results.total = len(answer.pks)
    results.cards = cards.of(answer.pks[results.slice], now, results.criteria.place)


def _fill(results, here, now):
    criteria = results.criteria
    listings = in_category(here, criteria)
    results.counts = count_categories(here)
    results.total = listings.count() if criteria.category else results.counts[None]
    # First the order of bare numbers: sorting ten thousand whole rows takes twice as long.
    shown = in_order(listings, criteria, results.found).values_list("pk", flat=True)
    page = list(shown[results.slice])
    results.cards = cards.of(page, now, criteria.place)


def _fill_with_open(results, here, now):
    """Open ones by page; below, on the first page, those of which nobody knows.

    The order is the engine's; which of them are open is worked out here, so that no long list
    of numbers goes back to the database.
    """
    criteria = results.criteria
    rows = list(in_order(here, criteria, results.found).values_list("pk", "hours", "trading_state"))
    states = open_states(rows, now)
    of_category = (
        set(in_category(here, criteria).values_list("pk", flat=True))
        if criteria.category
        else states.keys()
    )
    open_ids = [pk for pk, *_ in rows if states[pk] == hours.OPEN]
    results.counts = count_categories(here, set(open_ids))
    open_ids = [pk for pk in open_ids if pk in of_category]
    unknown = [pk for pk, *_ in rows if states[pk] == hours.UNKNOWN and pk in of_category]
    results.total, results.unknown_total = len(open_ids), len(unknown)
    page = open_ids[results.slice]
    aside = unknown[:PAGE_SIZE] if results.page == 1 else []
    both = cards.of([*page, *aside], now, criteria.place)
    results.cards, results.unknown_cards = both[: len(page)], both[len(page) :]


def count_categories(listings, only=None):
    """Return {category pk: how many of these listings}, families included; None: all of them.

    `only` restricts the count to these pks. A listing with two trades of one family counts once
    there.
    """
    plain = listings.order_by()
    several = Listing.more_categories.through.objects.values("listing_id")
    further = plain.filter(pk__in=several).values_list("pk", "more_categories", "category")
    if only is None:
        return add_up(plain.values_list("category").annotate(Count("pk")), further)
    rows = plain.values_list("pk", "category")
    return add_up(
        ((category, 1) for pk, category in rows if pk in only),
        (row for row in further if row[0] in only),
    )


def add_up(first, further):
    """Add up what `count_categories` counts.

    `first` are (category, number); `further` are (listing, one of its further categories, its
    first) of the few with several trades.
    """
    family_of = {trade.pk: trade.parent_id for trade in category_tree().trades.values()}
    counts = {None: 0}

    def count(categories, number=1):
        for pk in categories:
            counts[pk] = counts.get(pk, 0) + number

    for category, number in first:
        count({None, category, family_of.get(category) or category}, number)
    counted = {}
    for pk, other, category in further:
        seen = counted.setdefault(pk, {category, family_of.get(category)})
        new = {other, family_of.get(other) or other} - seen
        seen |= new
        count(new)
    return counts
