"""`export_listings`: the public listings as CSV, XLSX, GeoJSON or JSON-LD."""

import io
import sys
from functools import partial
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile

from django.core.management.base import BaseCommand, CommandError

from directory.exporting import (
    export_csv,
    export_geojson,
    export_jsonld,
    export_xlsx,
    write_whole,
)
from directory.models import Listing

FORMATS = {
    "csv": export_csv,
    "xlsx": export_xlsx,
    "geojson": export_geojson,
    "jsonld": export_jsonld,
}
BINARY = {"xlsx"}


class Command(BaseCommand):
    """Writes to standard output or to a file that appears whole."""

    help = (
        "Exporte les fiches publiées. Les adresses cachées sont remplacées par leur commune. "
        "CSV, XLSX et GeoJSON s’importent tels quels dans un autre site avec import_listings ; "
        "JSON-LD est fait pour être publié."
    )

    def add_arguments(self, parser):
        parser.add_argument("--format", required=True, choices=list(FORMATS))
        parser.add_argument("--out", type=Path, help="fichier à écrire ; sinon, la sortie standard")
        parser.add_argument(
            "--spreadsheet",
            action="store_true",
            help="CSV pour tableur : points-virgules, et rien qui soit pris pour une formule",
        )

    def handle(self, *args, **options):
        out, form = options["out"], options["format"]
        write = partial(FORMATS[form], Listing.objects.all())
        if options["spreadsheet"]:
            if form != "csv":
                raise CommandError("--spreadsheet ne va qu’avec --format csv.")
            write = partial(write, spreadsheet=True)
        binary = form in BINARY
        to_stdout = self._bytes_to_stdout if binary else self._to_stdout
        try:
            if out:
                self.stdout.write(f"exported={write_whole(out, write, binary)}")
            else:
                self.stderr.write(f"exported={to_stdout(write)}", ending="\n")
        except OSError as error:
            raise CommandError(f"Écriture impossible : {error}") from error

    def _bytes_to_stdout(self, write):
        """For pipes: a workbook is nothing for a terminal. First whole, as a file would be."""
        binary = getattr(self.stdout._out, "buffer", None)
        if binary is None or binary.isatty():
            raise CommandError("Un classeur ne s’affiche pas : donnez --out FICHIER.")
        with TemporaryFile() as file:
            count = write(file)
            file.seek(0)
            copyfileobj(file, binary)
        binary.flush()
        return count

    def _to_stdout(self, write):
        """UTF-8 and untranslated newlines whatever the terminal's habits, where there is one."""
        binary = getattr(self.stdout._out, "buffer", None)
        if binary is None or self.stdout._out is not sys.stdout:
            return write(self.stdout._out)
        text = io.TextIOWrapper(binary, encoding="utf-8", newline="", write_through=False)
        try:
            return write(text)
        finally:
            text.flush()
            text.detach()
