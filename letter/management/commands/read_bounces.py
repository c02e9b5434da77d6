"""`read_bounces`: mails that came back, from a file, a Maildir or the standard input."""

import sys
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from letter.bounces import reading


class Command(BaseCommand):
    """Counts what it reads; a mail that is no report of ours is passed."""

    help = (
        "Lit les lettres revenues : un fichier (un mail), un dossier Maildir, ou - pour l’entrée "
        "standard, comme un serveur de mail les donne à un programme. Seul un retour signé par le "
        "site compte. D’un Maildir, les mails lus sont effacés avec --delete."
    )

    def add_arguments(self, parser):
        parser.add_argument("source", metavar="FICHIER", help="un fichier, un Maildir, ou -")
        parser.add_argument(
            "--delete", action="store_true", help="effacer du Maildir ce qui a été lu"
        )

    def handle(self, *args, source, delete=False, **options):
        """Raises `CommandError` when there is no such file."""
        found = Counter()
        if source == "-":
            found[reading.take(sys.stdin.buffer.read(reading.LARGEST))] += 1
        else:
            for path in self.mails(Path(source)):
                found[reading.take(beginning(path))] += 1
                if delete and Path(source).is_dir():
                    path.unlink()
        counts = " ".join(f"{kind.value}={found[kind]}" for kind in reading.Found)
        self.stdout.write(f"read={found.total()} {counts}")

    def mails(self, path):
        """The files of a Maildir's `new` and `cur`, or the one file; raises `CommandError`."""
        if path.is_dir():
            return sorted(
                one for part in ("new", "cur") for one in (path / part).glob("*") if one.is_file()
            )
        if not path.is_file():
            raise CommandError(f"Ni un fichier ni un dossier : {path}")
        return [path]


def beginning(path):
    """As much of a file as is looked at."""
    with path.open("rb") as file:
        return file.read(reading.LARGEST)
