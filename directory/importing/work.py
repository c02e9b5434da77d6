"""A listing in the hands of an import: what it says, its draft, and what has changed."""

from dataclasses import dataclass, field
from functools import cache

from directory.exporting.values import CHILDREN, read_values
from directory.importing import children
from directory.importing.merge import Merge, fill, merge
from directory.importing.name_index import Place
from directory.importing.values import LABELS, Writer
from directory.models import Listing


@dataclass(eq=False)
class Work:
    """A listing in memory with its children. `changed` names the fields to be written.

    `draft` is the listing as its latest revision has it, when that is not published yet: what
    somebody typed there must survive both the import and the draft's publication.
    """

    listing: Listing
    values: dict
    is_new: bool = False
    draft: Listing | None = None
    draft_values: dict = field(default_factory=dict)
    draft_changed: bool = False
    changed: set[str] = field(default_factory=set)
    elsewhere: list[tuple[str, str, dict]] = field(default_factory=list)

    @classmethod
    def new(cls) -> "Work":
        """A listing that is not in the database yet."""
        listing = Listing()
        children.begin_empty(listing)
        return cls(listing, dict(_values_of_nothing()), is_new=True)

    @classmethod
    def existing(cls, listing: Listing) -> "Work":
        """A listing of the database, its children in memory."""
        work = cls(listing, read_values(listing))
        if listing.has_unpublished_changes and listing.latest_revision:
            work.draft = listing.latest_revision.as_object()
            work.draft_values = read_values(work.draft)
        return work

    @property
    def place(self) -> Place:
        """What duplicates are recognised by."""
        point = self.values["point"]
        return Place(
            self.values["postal_code"], self.values["street"], tuple(point) if point else None
        )

    @property
    def changed_relations(self) -> set[str]:
        """The relations of which rows are to be written again."""
        return {CHILDREN[name] for name in self.changed & CHILDREN.keys()}

    @property
    def changed_columns(self) -> set[str]:
        """The columns of the listing that are to be written."""
        columns = self.changed - CHILDREN.keys() - {"point"}
        return columns | ({"lat", "lng"} if "point" in self.changed else set())

    def said_elsewhere(self, source: str, source_id: str) -> list[dict]:
        """What the listing's other sources said last time."""
        return [said for *key, said in self.elsewhere if key != [source, source_id]]

    def merge(self, old: dict, new: dict, elsewhere: list[dict], writer: Writer) -> Merge:
        """Merge a source's new values into the listing and into its draft."""
        outcome = merge(old, self.values, new, elsewhere)
        self.take(outcome.changes, writer)
        if self.draft:
            in_draft = merge(old, self.draft_values, new, elsewhere)
            self._take_in_draft(in_draft.changes, writer)
            outcome.conflicts |= in_draft.conflicts
        return outcome

    def fill(self, new: dict, writer: Writer) -> dict:
        """Take from a further source what the listing, and its draft, do not say."""
        changes = fill(self.values, new)
        if new.get("category") and self.values["category"] not in ("", new["category"]):
            also = {*self.values["more_categories"], new["category"]}
            changes["more_categories"] = sorted(also)
        self.take(changes, writer)
        if self.draft:
            self._take_in_draft(fill(self.draft_values, new), writer)
        return changes

    def take(self, changes: dict, writer: Writer) -> None:
        """Set these values on the listing."""
        for name, value in changes.items():
            writer.write(self.listing, name, value)
            self.values[name] = value
        self.changed |= changes.keys()

    def _take_in_draft(self, changes: dict, writer: Writer) -> None:
        for name, value in changes.items():
            writer.write(self.draft, name, value)
            self.draft_values[name] = value
        self.draft_changed |= bool(changes)


@cache
def _values_of_nothing() -> dict:
    """The values of a new listing, read once: they are always the same."""
    listing = Listing()
    children.begin_empty(listing)
    return read_values(listing)


def label(name: str) -> str:
    """What people call a field."""
    return LABELS.get(name) or str(Listing._meta.get_field(name).verbose_name)
