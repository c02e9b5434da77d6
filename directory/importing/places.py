"""Points for rows that have an address and none of their own."""

from directory.importing.records import Record
from directory.importing.report import Notes
from directory.models import ListingSource

ADDRESS = ("street", "postal_code", "commune")


class Locator:
    """Asks for addresses outside of any transaction, and no longer after the first failure.

    `failed` is the warning for the end of the report, "" when all went well.
    """

    def __init__(self, ask=None):
        """`ask(text)` returns (lat, lng) or None, and raises `OSError` without network."""
        self.ask = ask
        self.failed = ""

    def place(self, records: list[Record], source: str, notes: Notes) -> None:
        """Give records without a point the one of last time, or ask for it."""
        waiting = [record for record in records if record.get("street") and not record.get("point")]
        if not waiting:
            return
        ids = [record.source_id for record in waiting]
        rows = ListingSource.objects.filter(source=source, source_id__in=ids)
        said = dict(rows.values_list("source_id", "imported_values"))
        for record in waiting:
            before = said.get(record.source_id, {})
            if before.get("point") and all(before.get(k) == record.get(k) for k in ADDRESS):
                record.values["point"] = before["point"]
            elif point := self._ask(record):
                record.values["point"] = list(point)

    def _ask(self, record: Record):
        if self.ask is None or self.failed:
            return
        return
