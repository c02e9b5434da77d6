"""Finding listings: what, where, how far, which sort, open or not."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from math import ceil
from urllib.parse import urlencode

from django.db.models import Count
from django.utils import timezone

from directory import cards, hours
from directory.models import Category, Commune, HoursException, Listing
from directory.search.form import DEFAULT_RADIUS_KM, SearchForm
from directory.search.indexing import KIND
from directory.tree import category_tree
from home.search import find

PAGE_SIZE = 20
NEAREST_ELSEWHERE = 3
Order = SearchForm.Order


@dataclass(frozen=True)
class Criteria:
    """What is searched for. `radius` is in km, `box` in degrees: west, south, east, north."""

    words: str = ""
    place: object = None
    where: str = ""
    radius: float = DEFAULT_RADIUS_KM
    box: tuple | None = None
    commune: Commune | None = None
    category: Category | None = None
    tag: str = ""
    kind: str = ""
    open_now: bool = False
    order: str = ""
    page: int = 1

    @property
    def around_a_point(self):
        """Whether the place is a point of the visitor's, and not one that was named."""
        return bool(self.place) and not self.where

    @property
    def sort(self):
        """The order asked for where it makes sense, else the most helpful one."""
        possible = {Order.NAME}
        if self.place:
            possible.add(Order.DISTANCE)
        if self.words:
            possible.add(Order.RELEVANCE)
        if self.order in possible:
            return self.order
        return next(
            order for order in (Order.DISTANCE, Order.RELEVANCE, Order.NAME) if order in possible
        )

    def query(self, **changes):
        """The address's parameters in their one order, with changes; defaults are left out."""
        changed = replace(self, **{"page": 1, **changes})
        pairs = [
            ("q", changed.words),
            ("ou", changed.where),
            *changed._point(),
            ("rayon", f"{changed.radius:g}" if changed.radius != DEFAULT_RADIUS_KM else ""),
            ("bbox", ",".join(f"{edge:g}" for edge in changed.box) if changed.box else ""),
            ("categorie", changed.category.slug if changed.category else ""),
            ("etiquette", changed.tag),
            ("genre", changed.kind),
            ("ouvert", "1" if changed.open_now else ""),
            ("tri", changed.order),
            ("page", changed.page if changed.page > 1 else ""),
        ]
        return urlencode([(name, value) for name, value in pairs if value != ""])

    def _point(self):
        """A point that did not come from a place's name stands in the address itself."""
        if self.around_a_point:
            return [("lat", f"{self.place.lat:g}"), ("lng", f"{self.place.lng:g}")]
        return []


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
        shown = {1, self.pages, *range(self.page - 1, self.page + 2)}
        offered = []
        for number in sorted(shown & set(range(1, self.pages + 1))):
            if offered and number - offered[-1] > 1:
                offered.append(None)
            offered.append(number)
        return offered

    @property
    def nothing(self):
        """Whether there is neither a card nor one of unknown hours."""
        return not self.total and not self.unknown_total


def search(criteria, now=None):
    """Return the `Results` for these criteria at this moment (default: now)."""
    now = now or timezone.now()
    anywhere, found = _what(criteria)
    here = _where(anywhere, criteria)
    results = Results(criteria, found=found)
    if criteria.open_now:
        _fill_with_open(results, here, now)
    else:
        _fill(results, here, now)
    if results.nothing and criteria.place:
        nearest = _nearest(_in_category(anywhere, criteria), criteria, now)
        results.elsewhere = cards.make(nearest.for_cards(), now, criteria.place)
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


def _what(criteria):
    """What is looked for, wherever it is, in whatever category."""
    listings = Listing.objects.public().trading()
    if criteria.kind:
        listings = listings.of_kind(criteria.kind)
    if criteria.tag:
        listings = listings.tagged(criteria.tag)
    if not criteria.words:
        return listings, None
    found = find(KIND, criteria.words)
    return listings.search(found), found


def _where(listings, criteria):
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


def _in_category(listings, criteria):
    return listings.in_category(criteria.category) if criteria.category else listings


def _sorted(listings, criteria, found):
    if criteria.sort == Order.DISTANCE:
        return listings.nearest_first()
    if criteria.sort == Order.RELEVANCE:
        return listings.best_first(found)
    return listings.order_by("name", "pk")


def _fill(results, here, now):
    criteria = results.criteria
    listings = _in_category(here, criteria)
    results.counts = count_categories(here)
    results.total = listings.count() if criteria.category else results.counts[None]
    # First the order of bare numbers: sorting ten thousand whole rows takes twice as long.
    shown = _sorted(listings, criteria, results.found).values_list("pk", flat=True)
    page = list(shown[results.slice])
    results.cards = _cards(page, now, criteria)


def _cards(pks, now, criteria):
    """The cards of these listings, in this order, in one query."""
    rows = Listing.objects.filter(pk__in=pks).for_cards()
    by_pk = {card.listing.pk: card for card in cards.make(rows, now, criteria.place)}
    return [by_pk[pk] for pk in pks if pk in by_pk]


def _fill_with_open(results, here, now):
    """Open ones by page; below, on the first page, those of which nobody knows.

    The order is the engine's; which of them are open is worked out here, so that no long list
    of numbers goes back to the database.
    """
    criteria = results.criteria
    rows = list(_sorted(here, criteria, results.found).values_list("pk", "hours", "trading_state"))
    states = open_states(rows, now)
    of_category = (
        set(_in_category(here, criteria).values_list("pk", flat=True))
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
    both = _cards([*page, *aside], now, criteria)
    results.cards, results.unknown_cards = both[: len(page)], both[len(page) :]


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


def count_categories(listings, only=None):
    """Return {category pk: how many of these listings}, families included; None: all of them.

    `only` restricts the count to these pks. A listing with two trades of one family counts once
    there.
    """
    family_of = {trade.pk: trade.parent_id for trade in category_tree().trades.values()}
    counts = {None: 0}

    def count(categories, number=1):
        for pk in categories:
            counts[pk] = counts.get(pk, 0) + number

    plain = listings.order_by()
    if only is None:
        for category, number in plain.values_list("category").annotate(Count("pk")):
            count({None, category, family_of.get(category) or category}, number)
    else:
        for pk, category in plain.values_list("pk", "category"):
            if pk in only:
                count({None, category, family_of.get(category) or category})
    # The few with several trades, found from their side.
    several = Listing.more_categories.through.objects.values("listing_id")
    rows = listings.order_by().filter(pk__in=several)
    counted = {}
    for pk, further, category in rows.values_list("pk", "more_categories", "category"):
        if only is None or pk in only:
            seen = counted.setdefault(pk, {category, family_of.get(category)})
            new = {further, family_of.get(further) or further} - seen
            seen |= new
            count(new)
    return counts
