"""A few hundred rows at a time: found again, merged, made, and written in one transaction."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from directory.exporting import children
from directory.importing.gazetteer import Gazetteer
from directory.importing.keys import fold, match_key
from directory.importing.merge import Merge
from directory.importing.name_index import NameIndex, Place
from directory.importing.records import Record
from directory.importing.report import Notes
from directory.importing.trades import Trades
from directory.importing.values import Writer
from directory.importing.work import Work, label
from directory.importing.writing import write
from directory.models import Commune, Listing, ListingSource, Tombstone
from home.models import Photo, Tag


@dataclass
class Job:
    """What all chunks of one import share."""

    source: str
    licence: str
    started: datetime
    trades: Trades
    gazetteer: Gazetteer
    names: NameIndex
    live: bool = True
    dry_run: bool = False
    unit: str = "ligne"
    # In a dry run: what earlier chunks would have made, by folded name.
    planned: dict[str, list[tuple[str, Place]]] = field(default_factory=lambda: defaultdict(list))
    removed_ids: set[tuple[str, str]] = field(default_factory=set)
    removed_keys: set[str] = field(default_factory=set)
    removed_slugs: set[str] = field(default_factory=set)
    # Our own export: what joins listings, by slug, for when all of them are there.
    joined: list[tuple[str, dict]] = field(default_factory=list)

    def load_tombstones(self) -> None:
        """Remember what was removed on request and must not come back."""
        for slug, source_ids, key in Tombstone.objects.values_list(
            "slug", "source_ids", "match_key"
        ):
            self.removed_ids |= {tuple(pair) for pair in source_ids}
            self.removed_slugs.add(slug)
            if key:
                self.removed_keys.add(key)

    def writer(self, records: list[Record]) -> Writer:
        """A writer that knows what these records point to."""
        codes, names, photos = set(), set(), set()
        for record in records:
            codes |= {record.get("commune"), *record.get("serves")}
            names |= {*record.get("products"), *record.get("tags")}
            photos |= {*record.get("photos")}
        return Writer(
            categories=self.trades.by_slug,
            communes=Commune.objects.in_bulk(codes - {""}),
            tags=find_tags(names),
            listings={},
            photos={photo.file.name: photo for photo in Photo.objects.filter(file__in=photos)},
        )


def find_tags(names: set[str]) -> dict[str, Tag]:
    """The tags of these names; missing ones are made."""
    found = {tag.name: tag for tag in Tag.objects.filter(name__in=names)}
    for name in sorted(names - found.keys()):
        found[name] = Tag.objects.create(name=name)
    return found


class Chunk:
    """The rows of somebody's file; `run()` decides and writes, `settle()` follows the commit."""

    def __init__(self, job: Job, records: list[Record]):
        self.job = job
        self.records = records
        self.notes = Notes()
        self.works: dict[int, Work] = {}
        self.fresh: dict[str, list[Work]] = defaultdict(list)
        self.new_sources: list[ListingSource] = []
        self.moved_sources: list[ListingSource] = []

    def run(self) -> None:
        """Take every record; write unless it is a dry run."""
        self.writer = self.job.writer(self.records) if not self.job.dry_run else _paper(self.job)
        self.load()
        for record in self.records:
            self.notes.unknown_categories.update(record.unknown_categories)
            self.take(record)
        if not self.job.dry_run:
            works = [*self.works.values(), *(w for works in self.fresh.values() for w in works)]
            write(works, self.job.live)
            self.write_sources()

    def settle(self) -> None:
        """Tell the following chunks what this one has made."""
        for works in self.fresh.values():
            for work in works:
                if self.job.dry_run:
                    planned = self.job.planned[fold(work.values["name"])]
                    planned.append((work.values["name"], work.place))
                else:
                    place = work.place
                    self.job.names.add(
                        work.listing.pk, work.values["name"], place.postal_code, place.point
                    )

    # --- Finding ----------------------------------------------------------------------------

    def load(self) -> None:
        """Fetch the sources of the rows, and the listings that will have to be looked at."""
        found = ListingSource.objects.filter(
            source=self.job.source, source_id__in=[record.source_id for record in self.records]
        )
        self.sources = {source.source_id: source for source in found}
        self.matches = self._match(
            [record for record in self.records if record.source_id not in self.sources]
        )
        wanted = set(self.matches.values())
        for record in self.records:
            source = self.sources.get(record.source_id)
            if source and source.imported_values != record.values:
                wanted.add(source.listing_id)
        self.load_works(wanted)

    def load_works(self, ids: set[int]) -> None:
        """Bring listings with children, drafts and other sources into memory."""
        rows = Listing.objects.filter(pk__in=ids)
        if not self.job.dry_run:
            # A dry run has no transaction to hold locks in.
            rows = rows.select_for_update(of=("self",))
        listings = list(
            rows.select_related("category__parent", "commune", "parent", "latest_revision")
        )
        children.load(listings)
        self.works = {listing.pk: Work.existing(listing) for listing in listings}
        for source in ListingSource.objects.filter(listing_id__in=self.works):
            said = (source.source, source.source_id, source.imported_values)
            self.works[source.listing_id].elsewhere.append(said)

    def _match(self, records: list[Record]) -> dict[str, int]:
        """{source id: listing} for rows whose name and place a listing already has."""
        offers = {
            record.source_id: self.job.names.candidates(
                record.name, record.get("postal_code"), self.place_of(record).point
            )
            for record in records
        }
        ids = {pk for candidates in offers.values() for pk in candidates}
        known = self._places(ids)
        matches = {}
        for record in records:
            folded, place = fold(record.name), self.place_of(record)
            for pk in offers[record.source_id]:
                if pk in known and known[pk].name == folded and place.is_same(known[pk]):
                    matches[record.source_id] = pk
                    break
        return matches

    @staticmethod
    def _places(ids: set[int]) -> dict[int, Place]:
        """What duplicates are recognised by, for these listings."""
        columns = ("pk", "name", "postal_code", "street", "lat", "lng")
        return {
            pk: Place(code, street, None if lat is None else (lat, lng), fold(name))
            for pk, name, code, street, lat, lng in Listing.objects.filter(pk__in=ids).values_list(
                *columns
            )
        }

    @staticmethod
    def place_of(record: Record) -> Place:
        """What a record's duplicates are recognised by."""
        point = record.get("point")
        return Place(
            record.get("postal_code"), record.get("street"), tuple(point) if point else None
        )

    # --- Deciding ---------------------------------------------------------------------------

    def take(self, record: Record) -> None:
        """Send a record where it belongs: removed, known, merged or new."""
        known = self.sources.get(record.source_id)
        if not known or known.imported_values != record.values:
            # What was said about a row is not said again while the row stays as it is.
            for note in record.notes:
                self.notes.warn(f"{self.where(record)} : {note}")
        if self.is_removed(record):
            self.notes.counts["removed"] += 1
            self.notes.warn(
                f"{self.where(record)} : « {record.name} » a été retirée du site à la demande "
                "de la personne concernée et ne revient pas"
            )
        elif source := self.sources.get(record.source_id):
            self._update(record, source)
        elif work := self._existing(record):
            self._attach(record, work)
        else:
            self._create(record)

    def is_removed(self, record: Record) -> bool:
        """Whether the record is one of those that must not come back."""
        return (self.job.source, record.source_id) in self.job.removed_ids or match_key(
            record.name, record.get("postal_code")
        ) in self.job.removed_keys

    def where(self, record: Record) -> str:
        """« ligne 12 »."""
        return f"{self.job.unit} {record.row}"

    def _existing(self, record: Record) -> "Work | str | None":
        """The listing of this name at this place, in the database or of this very file."""
        if record.source_id in self.matches:
            return self.works[self.matches[record.source_id]]
        place, folded = self.place_of(record), fold(record.name)
        for work in self.fresh.get(folded, ()):
            if place.is_same(work.place):
                return work
        planned = self.job.planned.get(folded, ()) if self.job.dry_run else ()
        return next((name for name, there in planned if place.is_same(there)), None)

    def _update(self, record: Record, source: ListingSource) -> None:
        if source.missing_since:
            self.notes.counts["returned"] += 1
            self.notes.warn(f"{self.where(record)} : « {record.name} » est de retour")
        if source.imported_values == record.values:
            self.notes.counts["unchanged"] += 1
            return
        work = self.works[source.listing_id]
        before = dict(work.values)
        elsewhere = work.said_elsewhere(source.source, source.source_id)
        drafted = work.draft_changed
        work.draft_changed = False
        if elsewhere and not source.imported_values:
            # Restored from an export: nobody knows any more which source said what.
            outcome = Merge(work.fill(record.values, self.writer))
        else:
            outcome = work.merge(source.imported_values, record.values, elsewhere, self.writer)
        changed = bool(outcome.changes) or work.draft_changed
        work.draft_changed |= drafted
        self.notes.counts["updated" if changed else "unchanged"] += 1
        self.tell_changes(record, before, outcome.changes)
        self.tell_conflicts(record, work, outcome.conflicts)
        source.imported_values = record.values
        self.moved_sources.append(source)

    def _attach(self, record: Record, work: "Work | str") -> None:
        """A further source of a listing: it fills what is empty and replaces nothing."""
        self.notes.counts["merged"] += 1
        if isinstance(work, str):
            self.notes.diff(f"= {record.name} : même fiche que « {work} »")
            return
        self.notes.diff(f"= {record.name} : même fiche que « {work.values['name']} »")
        before = dict(work.values)
        self.tell_changes(record, before, work.fill(record.values, self.writer))
        self.add_source(record, work)

    def _create(self, record: Record) -> None:
        work = Work.new()
        work.take(record.defaults | record.values, self.writer)
        self.fresh[fold(record.name)].append(work)
        self.notes.counts["created"] += 1
        self.notes.diff(f"+ {record.name}")
        self.add_source(record, work)

    # --- Telling ----------------------------------------------------------------------------

    def tell_changes(self, record: Record, before: dict, changes: dict) -> None:
        """One line of the diff for each field that changes."""
        for name, value in changes.items():
            self.notes.diff(
                f"~ {record.name} : {label(name)} : {shown(before[name])} → {shown(value)}"
            )

    def tell_conflicts(self, record: Record, work: Work, conflicts: dict) -> None:
        """Name what somebody typed and the file contradicts: the listing is kept."""
        self.notes.counts["conflicts"] += len(conflicts)
        for name, value in conflicts.items():
            kept = work.values[name]
            if kept == value:
                kept = work.draft_values[name]
            self.notes.warn(
                f"{self.where(record)} : conflit sur « {record.name} », {label(name)} : la fiche "
                f"garde {shown(kept)}, le fichier dit {shown(value)}"
            )

    # --- Writing ----------------------------------------------------------------------------

    def add_source(self, record: Record, work: Work) -> None:
        """Say that the listing comes, also, from this file."""
        source = ListingSource(
            listing=work.listing,
            source=self.job.source,
            source_id=record.source_id,
            imported_values=record.values,
            licence=self.job.licence,
            retrieved_at=self.job.started,
        )
        self.new_sources.append(source)
        self.sources[record.source_id] = source
        work.elsewhere.append((source.source, source.source_id, source.imported_values))

    def write_sources(self) -> None:
        """Keep what the file said, and that its rows were seen now."""
        for source in self.new_sources:
            source.listing = source.listing  # its id is known since the listing was written
        ListingSource.objects.bulk_create(self.new_sources)
        ListingSource.objects.bulk_update(self.moved_sources, ["imported_values"], batch_size=200)
        seen = [source.pk for source in self.sources.values() if source.pk]
        ListingSource.objects.filter(pk__in=seen, retrieved_at__lt=self.job.started).update(
            retrieved_at=self.job.started, licence=self.job.licence
        )
        ListingSource.objects.filter(pk__in=seen).exclude(missing_since=None).update(
            missing_since=None
        )


def _paper(job: Job) -> Writer:
    """A writer for dry runs, which sets nothing."""
    writer = Writer(job.trades.by_slug, {}, {}, {}, {})
    writer.write = lambda listing, name, value: None
    return writer


def shown(value: object) -> str:
    """A value in a message, cut short."""
    if value in ("", None, []):
        return "rien"
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    text = " ".join(str(value).split())
    return f"« {text[:80]}… »" if len(text) > 80 else f"« {text} »"
