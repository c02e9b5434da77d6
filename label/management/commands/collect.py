"""`collect`: ask the sources now, in the foreground."""

import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from label.collecting import rounds
from label.models import Source


class Command(BaseCommand):
    """Shows how far it is on a terminal, names who failed, and ends with the summary line."""

    help = (
        "Interroge tout de suite les sources suivies, sans attendre leur heure ; celles qui "
        "échouent souvent ou qui nous ont demandé d’attendre gardent la leur. Reprend aussi ce "
        "qui a été supprimé par son auteur. Code de sortie : 0 tout a répondu, 2 des sources ont "
        "échoué, 1 rien n’a été fait."
    )

    def add_arguments(self, parser):
        parser.add_argument("--source", metavar="NUMÉRO", type=int, help="celle-ci seulement")

    def handle(self, *args, source=None, **options):
        """Raises `CommandError` when there is no such source, or when it is not asked."""
        now = timezone.now()
        numbers = Source.objects.willing(now).values_list("pk", flat=True)
        if source is not None:
            numbers = [self.one(source, now)]
        report = rounds.everything(numbers, self.progress, started=now)
        for error in report.errors:
            self.stderr.write(error, ending="\n")
        self.stdout.write(report.summary())
        if report.failed:
            sys.exit(2 if report.sources > report.failed else 1)

    def one(self, number, now):
        """The number of a source that may be asked; raises `CommandError`."""
        source = Source.objects.filter(pk=number).first()
        if not source:
            raise CommandError(f"Il n’y a pas de source {number}.")
        if not Source.objects.working().filter(pk=number).exists():
            raise CommandError(f"La source {number} n’est pas suivie : {source.why_not}.")
        if source.wait_until and source.wait_until > now:
            until = timezone.localtime(source.wait_until)
            raise CommandError(f"Ce site nous a demandé d’attendre jusqu’au {until:%d/%m à %H:%M}.")
        return number

    def progress(self, done, total):
        """A counter that stays on its line, for people at a terminal only."""
        if self.stderr.isatty():
            end = "\n" if done == total else "\r"
            self.stderr.write(f"{done} / {total}", ending=end)
