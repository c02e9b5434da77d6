"""bin/manage check_badge: is a signed badge genuine? Files are enough, no connection is opened."""

import sys

from django.core.management.base import BaseCommand

from label.statements import keys, publishing, terminal
from label.statements.signed import Unusable


class Command(BaseCommand):
    """The command line of `label.statements.terminal`; without --keys, this site's own."""

    help = (
        "Dit si un badge signé est authentique, altéré, échu, révoqué ou celui d’un autre site. "
        "N’ouvre aucune connexion. Sans --keys, les clés et la liste de ce site ; avec, la base "
        "de données n’est pas ouverte. Codes de sortie : 0 authentique, 1 impossible de répondre, "
        "3 altéré, 4 échu, 5 révoqué, 6 celui d’un autre site."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        """As without the site."""
        terminal.add_arguments(parser)

    def handle(self, *args, **options):
        """Print the answer, and end with its code."""
        text, code = terminal.run(options, published)
        self.stdout.write(terminal.writable(text, self.stdout))
        if code:
            sys.exit(code)


def published():
    """This site's own keys and list; raises `Unusable`."""
    try:
        return keys.published(), publishing.revocations()
    except keys.KeyTrouble as error:
        raise Unusable(f"La clé du site n’est pas lisible. {error}") from None
