"""One import from file to database."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone

from directory.exporting.columns import DERIVED, is_own_export
from directory.importing.chunk import Chunk, Job
from directory.importing.columns import match_columns, read_mapping
from directory.importing.csv_rows import open_csv
from directory.importing.encodings import detect_encoding
from directory.importing.gazetteer import Gazetteer
from directory.importing.geojson_rows import open_geojson
from directory.importing.json_lists import first_list
from directory.importing.licences import licence_id
from directory.importing.name_index import NameIndex
from directory.importing.overpass_rows import open_overpass
from directory.importing.own_chunk import OwnChunk, join_listings
from directory.importing.own_rows import OwnMaker
from directory.importing.places import Locator
from directory.importing.records import Record, RecordMaker
from directory.importing.refusal import ImportRefused, RowRefused
from directory.importing.report import Notes, Report
from directory.importing.rows import RowFile, check_size
from directory.importing.trades import Trades
from directory.importing.xlsx_rows import open_xlsx
from directory.models import ListingSource
from home.models import ContentVersion

CHUNK = 500
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
ATTEMPTS = 4


@dataclass(frozen=True)
class Order:
    """What the operator asks for."""

    path: Path
    source: str | None = None
    licence: str | None = None
    columns: Path | None = None
    dry_run: bool = False
    draft: bool = False


def import_file(
    order: Order,
    say: Callable[[str, str], None],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Import a file; raises `ImportRefused`, before anything is written, if it is unusable.

    `say(level, text)` gets « error », « warning » and « diff » lines, `progress(done, total)`
    the number of rows after each chunk.
    """
    return Import(order, say, progress).run()


def open_rows(path: Path) -> RowFile:
    """Open a file: JSON is told by its name or its first sign, a workbook by its first signs."""
    check_size(path)
    if path.suffix.lower() in (".geojson", ".json"):
        return open_json(path)
    with path.open("rb") as file:
        start = file.read(100).lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(ZIP):
        return open_xlsx(path)
    return open_json(path) if start.startswith(b"{") else open_csv(path)


def open_json(path: Path) -> RowFile:
    """Open a GeoJSON file or an OpenStreetMap extract, whichever list comes first."""
    try:
        text = path.read_text(encoding=detect_encoding(path))
        kind = first_list(text, {"features", "elements"})
    except (ValueError, RecursionError) as error:
        raise ImportRefused(
            f"Ni GeoJSON ni extrait OpenStreetMap lisible : {str(error)[:200]}."
        ) from error
    if kind == "elements":
        return open_overpass(path, Trades())
    return open_geojson(path)


class Import:
    """The run of one import."""

    def __init__(self, order: Order, say, progress):
        self.order = order
        self.progress = progress
        self.report = Report(say)
        if order.licence is not None:
            licence_id(order.licence)
        self.file = open_rows(order.path)
        self.own = is_own_export(self.file.header) and not order.columns
        self.source = (order.source or self.file.source).strip()[:120]
        licence = self.file.licence if order.licence is None else order.licence
        if not self.own and not (self.source and licence):
            raise ImportRefused(
                "Il faut dire d’où viennent les données : un nom de source (--source) et leur "
                "licence (--licence)."
            )
        self.licence = licence_id(licence) if licence else ""
        self.seen: Counter[int] = Counter()

    def run(self) -> Report:
        """Import chunk by chunk, then see what is missing."""
        self.job = Job(
            source=self.source,
            licence=self.licence,
            started=timezone.now(),
            trades=Trades(),
            gazetteer=Gazetteer(),
            names=NameIndex(),
            live=not self.order.draft,
            dry_run=self.order.dry_run,
            unit=self.file.unit,
        )
        self.job.load_tombstones()
        self.locator = Locator(self.job.gazetteer)
        for remark in self.file.remarks:
            self.report.say("warning", remark)
        self.make = self._maker()
        rows = self.file.read()
        done = 0
        while part := list(islice(rows, CHUNK)):
            notes = Notes()
            records = list(self._records(part, notes))
            if not self.own:
                self.locator.place(records, self.job.source)
            self._absorb(self._import(records), notes)
            done += len(part)
            self.progress(done, self.file.total)
        self._finish()
        return self.report

    def _maker(self):
        """What turns rows into records; names the columns that nobody needs."""
        if self.own:
            return OwnMaker(self.job.trades, self.job.gazetteer)
        header = self.file.header
        if self.order.columns:
            columns = read_mapping(self.order.columns, header)
        else:
            columns = self.file.columns or match_columns(header)
        if "name" not in columns:
            raise ImportRefused(
                f"Pas de colonne pour le nom. Colonnes lues : {', '.join(header[:30])[:500]}. "
                "Indiquez-la avec --columns."
            )
        if unused := [column for column in header if column not in columns.values()]:
            self.report.say("warning", f"colonnes laissées de côté : {', '.join(unused)[:2000]}")
        return RecordMaker(columns, self.job.trades, self.job.gazetteer)

    def _records(self, rows, notes: Notes) -> Iterator[Record]:
        """The records of the usable rows; the others are named."""
        for row in rows:
            try:
                record = self.make(row)
                self._tell_apart(record)
            except RowRefused as refusal:
                notes.counts["failed"] += 1
                notes.error(f"{self.file.unit} {row.number} : {refusal}")
            else:
                yield record

    def _tell_apart(self, record: Record) -> None:
        """Refuse an identifier's second row; rows without one that are all alike get a rank."""
        key = hash(record.source_id)
        self.seen[key] += 1
        if self.seen[key] == 1:
            return
        if not record.source_id.startswith(DERIVED):
            raise RowRefused(f"l’identifiant « {record.source_id[:60]} » est déjà dans le fichier")
        record.source_id += f"~{self.seen[key]}"

    def _import(self, records: list[Record]) -> Notes:
        """One transaction; tried again when another import has just written the same rows."""
        kind = OwnChunk if self.own else Chunk
        for attempt in range(1, ATTEMPTS + 1):
            chunk = kind(self.job, records)
            try:
                if self.job.dry_run:
                    chunk.run()
                else:
                    with transaction.atomic():
                        chunk.run()
            except IntegrityError:
                if attempt == ATTEMPTS:
                    raise
            else:
                chunk.settle()
                return chunk.notes
        raise AssertionError("unreachable")

    def _absorb(self, *all_notes: Notes) -> None:
        for notes in all_notes:
            self.report.absorb(notes)

    def _finish(self) -> None:
        self.report.say_unknown_categories()
        if warning := self.locator.warning():
            self.report.say("warning", warning)
        if self.own:
            self._absorb(join_listings(self.job))
            return
        if self.report.failed or not self.file.complete:
            why = "des lignes ont échoué" if self.report.failed else "le fichier est incomplet"
            self.report.say("warning", f"{why} : les fiches absentes du fichier ne sont pas notées")
            return
        self._note_missing()

    def _note_missing(self) -> None:
        """Report what the source no longer has; it stays on the site."""
        missing = ListingSource.objects.filter(source=self.job.source, missing_since=None)
        if self.job.dry_run:
            gone = [
                (source_id, name)
                for source_id, name in missing.values_list("source_id", "listing__name").iterator()
                if hash(source_id) not in self.seen and not self._is_ranked(source_id)
            ]
        else:
            missing = missing.filter(retrieved_at__lt=self.job.started)
            gone = list(missing.values_list("source_id", "listing__name"))
            with transaction.atomic():
                if missing.update(missing_since=self.job.started):
                    ContentVersion.bump()
        for source_id, name in gone:
            self.report.say("warning", f"absente du fichier : {name} ({source_id})")
        self.report.counts["missing"] += len(gone)

    def _is_ranked(self, source_id: str) -> bool:
        """Whether it is the second or later of rows that are all alike."""
        first, _, rank = source_id.rpartition("~")
        return (
            source_id.startswith(DERIVED) and rank.isdigit() and self.seen[hash(first)] >= int(rank)
        )
