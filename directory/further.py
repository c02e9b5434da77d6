"""The further categories of the few listings that have several, in memory."""

from directory.models import Listing
from home.prepared import Prepared
from home.versions import remembered

FURTHER = Prepared(
    lambda: Listing.more_categories.through.objects.order_by("pk").values_list(
        "listing_id", "category_id"
    )
)


def further_trades() -> dict[int, list[int]]:
    """{listing: its further categories in their order}, read once per content version.

    Every tile and every list needs some of them, and the whole table is small.
    """
    return remembered("further trades", _read)


def _read() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for listing, category in FURTHER.rows():
        found.setdefault(listing, []).append(category)
    return found
