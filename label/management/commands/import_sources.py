"""`import_sources`: the feeds of an OPML file, as feed readers write it."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from label.collecting import adding, opml


class Command(BaseCommand):
    """Says what was left out, and ends with the summary line."""

    help = (
        "Ajoute les sources d’un fichier OPML, celui que les lecteurs de flux exportent. Celles "
        "qui y sont déjà restent comme elles sont. Code de sortie : 0 tout est entré, 2 des "
        "lignes ont échoué, 1 rien n’a été fait."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FICHIER", type=Path, help="un fichier .opml")
        parser.add_argument(
            "--trust",
            action="store_true",
            help="tous ont donné leur accord : leurs publications paraissent sans être relues",
        )

    def handle(self, *args, file, trust=False, **options):
        """Raises `CommandError` when the file is none."""
        try:
            outlines = opml.read(file.read_bytes())
        except OSError as error:
            raise CommandError(f"Impossible de lire {file} : {error.strerror}.") from error
        except ValueError as error:
            raise CommandError(str(error)) from error
        report = adding.add_many(outlines, trust)
        for error in report.errors:
            self.stderr.write(error, ending="\n")
        self.stdout.write(report.summary())
        if report.failed:
            sys.exit(2 if report.created or report.unchanged else 1)
