"""Points for rows that have an address and none of their own."""

from collections.abc import Callable

from directory.importing.gazetteer import Gazetteer
from directory.importing.points import Point
from directory.importing.records import Record
from directory.models import ListingSource
from directory.places.geocoding import address_point

ADDRESS = ("street", "postal_code", "commune")


class Locator:
    """Asks the address base, outside of any transaction, and no longer after the first failure.

    `unasked` counts the addresses that were left because there is no network; the commune
    stands in for them until a later import.
    """

    def __init__(self, gazetteer: Gazetteer, ask: Callable[[str], Point | None] = address_point):
        """`ask(text)` returns latitude and longitude or None; raises `OSError` offline."""
        self.gazetteer = gazetteer
        self.ask = ask
        self.offline = False
        self.unasked = 0

    def place(self, records: list[Record], source: str) -> None:
        """Give records without a point the one of last time, or ask for it."""
        waiting = [record for record in records if record.get("street") and not record.get("point")]
        if not waiting:
            return
        ids = [record.source_id for record in waiting]
        rows = ListingSource.objects.filter(source=source, source_id__in=ids)
        said = dict(rows.values_list("source_id", "imported_values"))
        for record in waiting:
            before = said.get(record.source_id, {})
            same_address = all(before.get(name, "") == record.get(name) for name in ADDRESS)
            if same_address and before.get("point"):
                record.values["point"] = before["point"]
            elif point := self._ask(record):
                record.values["point"] = list(point)

    def _ask(self, record: Record) -> Point | None:
        commune = self.gazetteer.communes.get(record.get("commune"))
        if not commune:
            return None  # a street alone is in a hundred towns
        if not self.offline:
            try:
                return self.ask(f"{record.get('street')}, {record.get('postal_code')} {commune[0]}")
            except OSError:
                self.offline = True
        self.unasked += 1
        return None

    def warning(self) -> str:
        """What to say at the end of the import; "" when all went well."""
        if not self.unasked:
            return ""
        return (
            f"la base des adresses ne répond pas : {self.unasked} adresses sans point sont "
            "placées à leur commune ; un prochain import les cherchera"
        )
