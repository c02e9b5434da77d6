"""Chunks of our own export: found again by source and slug, with what joins listings at the end."""

from dataclasses import replace

from django.db import transaction

from directory.exporting import children
from directory.importing.chunk import Chunk, Job
from directory.importing.keys import fold
from directory.importing.records import Record
from directory.importing.report import Notes
from directory.importing.slugs import slugs_in_use
from directory.importing.values import Writer
from directory.importing.work import Work
from directory.importing.writing import write
from directory.models import FormerSlug, Listing, ListingSource
from home.models import Photo

BATCH = 500


class OwnChunk(Chunk):
    """Rows of our own export. Their sources come with them, so that the import adds none.

    What the site says already is kept: the file fills what is empty and the rest is reported.
    Two rows are never taken for one listing.
    """

    def load(self) -> None:
        """Find the listings of these rows by their sources, else by slug and name."""
        self.sources = {}
        self.joined: list[tuple[Work, dict]] = []
        self.former: list[FormerSlug] = []
        pairs = self._known_sources()
        by_slug = self._known_slugs()
        self.matches, strangers = {}, []
        for record in self.records:
            owners = (pairs.get((s["source"], s["source_id"])) for s in record.sources)
            found = next((pk for pk in owners if pk), None) or by_slug.get(record.slug)
            if found:
                self.matches[record.source_id] = found
            elif record.slug in self.strange_slugs:
                strangers.append(record)
        self.matches |= self._match(strangers)
        self.known_pairs = pairs
        self.load_works(set(self.matches.values()))
        self._leave_out_unknown_photos()

    def _known_sources(self) -> dict[tuple[str, str], int]:
        ids = {said["source_id"] for record in self.records for said in record.sources}
        rows = ListingSource.objects.filter(source_id__in=ids)
        return {
            (source, source_id): pk
            for source, source_id, pk in rows.values_list("source", "source_id", "listing_id")
        }

    def _known_slugs(self) -> dict[str, int]:
        """{slug: listing} where the listing of that slug, now or once, is the row's.

        On another site the same slug may be another shop; `strange_slugs` has those.
        """
        records = {record.slug: record for record in self.records if record.slug}
        rows = Listing.objects.filter(slug__in=records).values_list("slug", "pk", "name")
        former = FormerSlug.objects.filter(slug__in=records)
        rows = [*rows, *former.values_list("slug", "listing_id", "listing__name")]
        known, self.strange_slugs = {}, set()
        places = self._places({pk for _, pk, _ in rows})
        for slug, pk, name in rows:
            record = records[slug]
            if fold(name) == fold(record.name) or places[pk].is_same(self.place_of(record)):
                known[slug] = pk
            else:
                self.strange_slugs.add(slug)
        return known

    def _leave_out_unknown_photos(self) -> None:
        """A file of listings brings no pictures: those that the site has are joined."""
        files = {file for record in self.records for file in record.get("photos")}
        known = set(Photo.objects.filter(file__in=files).values_list("file", flat=True))
        for record in self.records:
            if absent := [file for file in record.get("photos") if file not in known]:
                self.notes.warn(f"{self.where(record)} : photos absentes : {', '.join(absent)}")
                record.values["photos"] = [f for f in record.values["photos"] if f in known]

    def is_removed(self, record: Record) -> bool:
        """Also by slug, and by any of its sources."""
        pairs = {(said["source"], said["source_id"]) for said in record.sources}
        return (
            record.slug in self.job.removed_slugs
            or bool(pairs & self.job.removed_ids)
            or super().is_removed(record)
        )

    def take(self, record: Record) -> None:
        """Removed, known or new; never merged with another row."""
        # A copy: when the chunk is tried again, the record must still say it all.
        record = replace(record, values=dict(record.values))
        joining = {}
        if "parent" in record.values:
            joining["parent"] = record.values.pop("parent")
        if any(stand["market"] for stand in record.get("stands")):
            joining["stands"] = record.values.pop("stands")
        if self.is_removed(record):
            super().take(record)
            return
        if pk := self.matches.get(record.source_id):
            work = self.works[pk]
            self._compare(record, work)
        else:
            self._create(record)
            work = self.fresh[fold(record.name)][-1]
            work.listing.slug = record.slug if record.slug not in self.strange_slugs else ""
        self._keep_provenance(record, work)
        if any(joining.values()):
            self.joined.append((work, joining))

    def _compare(self, record: Record, work: Work) -> None:
        before = dict(work.values)
        drafted, work.draft_changed = work.draft_changed, False
        outcome = work.merge({}, record.values, [], self.writer)
        changed = bool(outcome.changes) or work.draft_changed
        work.draft_changed |= drafted
        self.notes.counts["updated" if changed else "unchanged"] += 1
        self.tell_changes(record, before, outcome.changes)
        self.tell_conflicts(record, work, outcome.conflicts)

    def add_source(self, record: Record, work: Work) -> None:
        """Nothing: the row's own sources are kept, not this file."""

    def _keep_provenance(self, record: Record, work: Work) -> None:
        for said in record.sources:
            pair = (said["source"], said["source_id"])
            if pair not in self.known_pairs:
                self.known_pairs[pair] = 0
                self.new_sources.append(ListingSource(listing=work.listing, **said))
        for slug in record.former_slugs:
            self.former.append(FormerSlug(slug=slug, listing=work.listing))

    def write_sources(self) -> None:
        """Keep where the listings come from, and the addresses that they had."""
        super().write_sources()
        taken = slugs_in_use({former.slug for former in self.former})
        fresh = {former.slug: former for former in self.former if former.slug not in taken}
        for former in fresh.values():
            former.listing = former.listing
        FormerSlug.objects.bulk_create(fresh.values())

    def settle(self) -> None:
        """Remember what joins listings, by the slug that they have got."""
        super().settle()
        self.job.joined += [(work.listing.slug, joining) for work, joining in self.joined]


def join_listings(job: Job) -> Notes:
    """Set parents and markets, once all rows are in: a row may name a later one."""
    notes = Notes()
    if job.dry_run:
        return notes
    for start in range(0, len(job.joined), BATCH):
        with transaction.atomic():
            _join(job.joined[start : start + BATCH], job, notes)
    return notes


def _join(part: list[tuple[str, dict]], job: Job, notes: Notes) -> None:
    wanted = {slug for slug, _ in part}
    for _, joining in part:
        wanted.add(joining.get("parent", ""))
        wanted |= {stand["market"] for stand in joining.get("stands", ())}
    rows = Listing.objects.filter(slug__in=wanted)
    by_slug = {
        listing.slug: listing
        for listing in rows.select_related(
            "category__parent", "commune", "parent", "latest_revision"
        )
    }
    children.load(list(by_slug.values()))
    writer = Writer(job.trades.by_slug, {}, {}, by_slug, {})
    works = []
    for slug, joining in part:
        for name in _strip_unknown(joining, by_slug):
            notes.warn(f"{slug} : la fiche « {name} » n’existe pas ici")
        work = Work.existing(by_slug[slug])
        work.merge({}, joining, [], writer)
        works.append(work)
    write(works, job.live)


def _strip_unknown(joining: dict, by_slug: dict) -> list[str]:
    """Take out the slugs that no listing has; a stand without market and place goes."""
    unknown = []
    if joining.get("parent") and joining["parent"] not in by_slug:
        unknown.append(joining.pop("parent"))
    for stand in joining.get("stands", ()):
        if stand["market"] and stand["market"] not in by_slug:
            unknown.append(stand["market"])
            stand["market"] = ""
    if "stands" in joining:
        joining["stands"] = [s for s in joining["stands"] if s["market"] or s["place"]]
    return unknown
