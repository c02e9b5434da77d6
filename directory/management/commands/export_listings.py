"""`export_listings`: the public listings as CSV or GeoJSON."""

import io
import sys
from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from directory.exporting import export_csv, export_geojson, write_whole
from directory.models import Listing


class Command(BaseCommand):
    """Writes to standard output or to a file that appears whole."""

    help = (
        "Exporte les fiches publiées. Les adresses cachées sont remplacées par leur commune. "
        "L’export s’importe tel quel dans un autre site avec import_listings."
    )

    def add_arguments(self, parser):
        parser.add_argument("--format", required=True, choices=["csv", "geojson"])
        parser.add_argument("--out", type=Path, help="fichier à écrire ; sinon, la sortie standard")
        parser.add_argument(
            "--spreadsheet",
            action="store_true",
            help="CSV pour tableur : points-virgules, et rien qui soit pris pour une formule",
        )

    def handle(self, *args, **options):
        out = options["out"]
        listings = Listing.objects.all()
        if options["format"] == "geojson":
            if options["spreadsheet"]:
                raise CommandError("--spreadsheet ne va qu’avec --format csv.")
            write = partial(export_geojson, listings)
        else:
            write = partial(export_csv, listings, spreadsheet=options["spreadsheet"])
        try:
            if out:
                self.stdout.write(f"exported={write_whole(out, write)}")
            else:
                self.stderr.write(f"exported={self._to_stdout(write)}", ending="\n")
        except OSError as error:
            raise CommandError(f"Écriture impossible : {error}") from error

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
