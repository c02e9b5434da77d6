"""What one line of a list of members shows, and who they are by trade and by commune."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from directory.models import Commune
from directory.tree import category_tree
from home import pictures
from home.pictures import Picture
from home.search.fold import fold
from home.versions import remembered_by
from label.models import Membership

LINE = 150


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

    @property
    def by_commune(self) -> list[tuple[Commune, int]]:
        """Communes with members and how many, by name."""
        counts = Counter(entry.commune for entry in self.entries if entry.commune)
        found = [(self.communes[insee], number) for insee, number in counts.items()]
        return sorted(found, key=lambda pair: pair[0].folded)

    @property
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
    rows = Membership.objects.select_related("listing__commune", "commune").in_bulk(pks)
    shown = [rows[pk] for pk in pks if pk in rows]
    photos = pictures.with_pictures([one.photo_id for one in shown if one.photo_id], "card")
    return [face(one, photos) for one in shown]


def face(membership, photos) -> Face:
    """One member's card; `photos` are those with renditions at hand, by number."""
    listing, place = membership.listing, membership.place
    tree = category_tree()
    trade = tree.by_pk.get(listing.category_id if listing else membership.trade_id)
    kept = listing.snapshot.get("card") if listing else None
    picture = Picture(**kept) if kept else None
    if membership.photo_id in photos:
        picture = pictures.picture(photos[membership.photo_id], "card")
    return Face(
        name=membership.name,
        slug=membership.slug,
        trade=trade.name if trade else "",
        sign=trade.sign if trade else "awning",
        commune=place.name if place else "ambulant" if listing and listing.itinerant else "",
        line=(listing.summary if listing else "") or first_sentence(membership.story),
        since=membership.since,
        picture=picture,
    )


def first_sentence(text: str) -> str:
    """What a story begins with."""
    first, stop, _ = text.strip().partition("\n")[0].partition(". ")
    sentence = f"{first}." if stop else first
    return sentence if len(sentence) <= LINE else f"{sentence[: LINE - 1].rsplit(' ', 1)[0]}…"
