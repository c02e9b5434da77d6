"""`import_listings`: bring a file of somebody's into the directory."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from directory.importing import ImportRefused, Order, import_file

PREFIX = {"error": "", "warning": "attention, "}


class Command(BaseCommand):
    """Reads the options, says what happens and ends with the summary line."""

    help = (
        "Importe des fiches d’un fichier CSV, XLSX, GeoJSON ou d’un extrait "
        "OpenStreetMap (JSON d’Overpass). Une fiche déjà importée est mise à "
        "jour ; ce que quelqu’un a saisi à la main est gardé, et le conflit signalé. Rien n’est "
        "jamais effacé. Code de sortie : 0 tout est entré, 2 des lignes ont échoué, 1 rien n’a été "
        "fait."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "file", metavar="FICHIER", type=Path, help="CSV, XLSX, GeoJSON ou JSON d’Overpass"
        )
        parser.add_argument(
            "--source",
            help="nom de la source, toujours le même ; d’un extrait OpenStreetMap : OpenStreetMap",
        )
        parser.add_argument(
            "--licence",
            help="identifiant SPDX, ou ODbL, LO, CC0, CC-BY ; d’un extrait OpenStreetMap : ODbL",
        )
        parser.add_argument("--dry-run", action="store_true", help="montrer sans rien écrire")
        parser.add_argument(
            "--columns", type=Path, help="fichier JSON ou TOML : nos champs et leurs colonnes"
        )
        parser.add_argument(
            "--draft", action="store_true", help="ne pas publier les nouvelles fiches"
        )

    def handle(self, *args, **options):
        order = Order(
            path=options["file"],
            source=options["source"],
            licence=options["licence"],
            columns=options["columns"],
            dry_run=options["dry_run"],
            draft=options["draft"],
        )
        self.show_diff = order.dry_run
        try:
            report = import_file(order, self.say, self.progress)
        except ImportRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(report.summary())
        if report.failed:
            sys.exit(2)

    def say(self, level, text):
        """Errors and warnings on standard error, the diff of a dry run on standard output."""
        if level == "diff":
            if self.show_diff:
                self.stdout.write(text)
        else:
            self.stderr.write(f"{PREFIX[level]}{text}", ending="\n")

    def progress(self, done, total):
        """A counter that stays on its line, for people at a terminal only."""
        if self.stderr.isatty():
            end = "\n" if done == total else "\r"
            self.stderr.write(f"{done} / {total}", ending=end)
