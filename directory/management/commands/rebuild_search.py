"""Build the search index of the listings again."""

from django.core.management.base import BaseCommand

from directory.models import Listing
from directory.search import indexing


class Command(BaseCommand):
    """Can run at any time beside visitors: what is found stays so while it runs."""

    help = "Refait l’index de recherche de toutes les fiches."

    def handle(self, *args, **options):
        """Index each listing again, drop what is left of others and words out of use."""
        vanished, stale = indexing.rebuild(
            Listing, done=lambda count: self.stdout.write(f"{count} fiches lues")
        )
        self.stdout.write(
            f"Index refait ; entrées sans fiche retirées : {vanished}, "
            f"mots hors d’usage oubliés : {stale}."
        )
