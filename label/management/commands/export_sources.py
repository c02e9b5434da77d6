"""`export_sources`: all sources as OPML, for any feed reader."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from label.collecting import opml
from label.models import Source


class Command(BaseCommand):
    """Writes a file, or standard output."""

    help = "Écrit toutes les sources en OPML, le format des lecteurs de flux."

    def add_arguments(self, parser):
        parser.add_argument("--out", metavar="FICHIER", type=Path, help="sinon, la sortie standard")

    def handle(self, *args, out=None, **options):
        """Raises `CommandError` when the file cannot be written."""
        sources = Source.objects.exclude(kind=Source.Kind.LINKS)
        written = opml.write(sources)
        if not out:
            self.stdout.write(written.decode())
            return
        try:
            out.write_bytes(written)
        except OSError as error:
            raise CommandError(f"Impossible d’écrire {out} : {error.strerror}.") from error
        self.stdout.write(f"rows={len(sources)}")
