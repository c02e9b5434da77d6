"""bin/manage badge_keys: the keys that sign badges, and a new one."""

from django.core.management.base import BaseCommand, CommandError

from label.models import SigningKey
from label.statements import issuing, keys


class Command(BaseCommand):
    """Show the public keys; change the one that signs."""

    help = (
        "Montre les clés publiques qui signent les badges. --rotate : une nouvelle clé signe "
        "désormais, ce que l’ancienne a signé vaut toujours. --leaked : une clé est tombée en "
        "d’autres mains, rien de ce qui a été signé ne vaut plus, tout est signé à nouveau."
    )

    def add_arguments(self, parser):
        """What to do with the key of today."""
        parser.add_argument("--rotate", action="store_true", help="changer de clé")
        parser.add_argument("--leaked", action="store_true", help="changer de clé : elle a fui")

    def handle(self, *args, **options):
        """Change the key if asked, then show all of them."""
        signed = 0
        try:
            if options["rotate"] or options["leaked"]:
                keys.rotate(options["leaked"])
                signed = issuing.sweep()
            keys.signing()
        except keys.KeyTrouble as error:
            raise CommandError(str(error)) from None
        for row in SigningKey.objects.order_by("since", "pk"):
            state = "compromise" if row.leaked else "ancienne" if row.until else "signe"
            until = f" au {row.until:%d/%m/%Y}" if row.until else ""
            self.stdout.write(f"{row.kid}  {state}, du {row.since:%d/%m/%Y}{until}")
        self.stdout.write(f"keys={SigningKey.objects.count()} signed={signed}")
