"""`allow_letter`: a mailbox that was let go of may ask for the letter again."""

from django.core.management.base import BaseCommand

from letter.addresses import hash_of
from letter.models import Refusal


class Command(BaseCommand):
    """Its owner asked us to: the letters came back, or one was called junk by mistake."""

    help = (
        "Oublie qu’une adresse ne doit plus recevoir la lettre (retours, plainte) : la personne "
        "pourra s’y inscrire de nouveau. À faire à sa demande seulement."
    )

    def add_arguments(self, parser):
        parser.add_argument("address", metavar="ADRESSE")

    def handle(self, *args, address, **options):
        """Say whether there was anything to forget."""
        number, _ = Refusal.objects.filter(address_hash=hash_of(address)).delete()
        self.stdout.write(f"forgotten={number}")
