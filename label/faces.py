"""What one line of a list of members shows, and who they are by trade and by commune."""

from collections import Counter, namedtuple
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

import orjson
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from directory.models import Commune
from directory.tree import category_tree
from home.pictures import Picture
from home.prepared import Prepared
from home.search.fold import fold
from home.versions import remembered_by
from label.models import Membership

LINE = 150
# Some 3 kB each: at most 6 MB of a process.
MOST_KEPT = 2048
# Read as bare rows: making models of them takes longer than finding them.
Row = namedtuple(
    "Row",
    (
        *("pk", "slug", "holder", "since", "story", "trade_id", "commune__name", "photo_id"),
        *("listing_id", "listing__name", "listing__category_id", "listing__commune__name"),
        *("listing__itinerant", "listing__summary", "pictures", "listing__snapshot"),
    ),
)
ROWS = Prepared(
    lambda *pks: Membership.objects.filter(pk__in=pks).order_by().values_list(*Row._fields)
)


class Face(NamedTuple):
    """What a card shows of a member."""

    name: str
    slug: str
    trade: str
    sign: str
    commune: str
    line: str
    since: date
    picture: Picture | None


class Entry(NamedTuple):
    """A member as lists count them: the row, the trade's number, the commune's INSEE code."""

    pk: int
    name: str
    trade: int | None
    commune: str | None
    since: date


class Roster:
    """All members who may be shown today, by name."""

    def __init__(self, entries: list[Entry], communes: dict[str, Commune]):
        self.entries = entries
        self.communes = communes

    def of(self, trade=None, commune=None) -> list[Entry]:
        """Those of a trade or of any trade of a family, and those of a commune."""
        found = self.entries
        if trade:
            ids = {trade.pk, *(one.pk for one in category_tree().trades_of(trade))}
            found = [entry for entry in found if entry.trade in ids]
        if commune:
            found = [entry for entry in found if entry.commune == commune.pk]
        return found

    def newest(self, most: int) -> list[Entry]:
        """Those who came last."""
        return sorted(self.entries, key=lambda one: (one.since, one.pk), reverse=True)[:most]

    @cached_property
    def by_commune(self) -> list[tuple[Commune, int]]:
        """Communes with members and how many, by name."""
        counts = Counter(entry.commune for entry in self.entries if entry.commune)
        found = [(self.communes[insee], number) for insee, number in counts.items()]
        return sorted(found, key=lambda pair: pair[0].folded)

    @cached_property
    def by_family(self) -> list[tuple[object, int, list]]:
        """Families with members, how many, and their trades with members, in their order."""
        tree = category_tree()
        counts = Counter(entry.trade for entry in self.entries if entry.trade)
        found = []
        for family in tree.families:
            trades = [(one, counts[one.pk]) for one in tree.trades_of(family) if counts[one.pk]]
            number = counts[family.pk] + sum(count for _, count in trades)
            if number:
                found.append((family, number, trades))
        return found


def roster() -> Roster:
    """The members of today; read once per content version and day."""
    today = timezone.localdate()
    return remembered_by(today, "label roster", lambda: _read(today))


def _read(today: date) -> Roster:
    columns = ("pk", "since", "holder", "trade_id", "commune_id", "listing_id", "listing__name")
    of_listing = ("listing__category_id", "listing__commune_id")
    entries = []
    for row in Membership.objects.public(today).order_by().values_list(*columns, *of_listing):
        pk, since, holder, trade, commune, listing, name, listing_trade, listing_commune = row
        if listing:
            entries.append(Entry(pk, name, listing_trade, listing_commune, since))
        else:
            entries.append(Entry(pk, holder, trade, commune, since))
    communes = Commune.objects.in_bulk({entry.commune for entry in entries} - {None})
    return Roster(sorted(entries, key=lambda entry: (fold(entry.name), entry.pk)), communes)


def of(pks: list[int]) -> list[Face]:
    """The cards of these members, in this order."""
    found = by_number(pks)
    return [found[pk] for pk in pks if pk in found]


def by_number(pks: list[int]) -> dict[int, Face]:
    """The same, each under its number; one query."""
    rows = (Row(*row) for row in ROWS.rows(*pks)) if pks else ()
    return {row.pk: _face(row) for row in rows}


def _face(row: Row) -> Face:
    has_listing = row.listing_id is not None
    trade = category_tree().by_pk.get(row.listing__category_id if has_listing else row.trade_id)
    if has_listing:
        name, summary = row.listing__name, row.listing__summary
        commune = row.listing__commune__name or ("ambulant" if row.listing__itinerant else "")
        kept = orjson.loads(row.listing__snapshot).get("card")
    else:
        name, summary, commune, kept = row.holder, "", row.commune__name or "", None
    if row.photo_id:
        kept = orjson.loads(row.pictures).get("card") or kept
    return Face(
        name=name,
        slug=row.slug,
        trade=trade.name if trade else "",
        sign=trade.sign if trade else "awning",
        commune=commune,
        line=summary or first_sentence(row.story),
        since=row.since,
        picture=Picture(**kept) if kept else None,
    )


@lru_cache(maxsize=MOST_KEPT)
def markup(face: Face, template: str, level: str) -> SafeString:
    """A member's card, kept: it is found by all that it shows (docs/decisions/0020)."""
    return render_to_string(f"label/_{template}.html", {"face": face, "level": level})


def first_sentence(text: str) -> str:
    """What a story begins with."""
    first, stop, _ = text.strip().partition("\n")[0].partition(". ")
    sentence = f"{first}." if stop else first
    return sentence if len(sentence) <= LINE else f"{sentence[: LINE - 1].rsplit(' ', 1)[0]}…"
