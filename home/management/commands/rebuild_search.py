"""Build the search index again."""

from django.core.management.base import BaseCommand

from home import search


class Command(BaseCommand):
    """Can run at any time beside visitors: what is found stays so while it runs."""

    help = "Refait l’index de recherche : fiches, articles, membres du label, publications."

    def handle(self, *args, **options):
        """Index each thing again, drop what is left of others and words out of use."""
        dropped = []
        for _, kind in sorted(search.kinds.items()):
            vanished = kind.rebuild(
                lambda count, name=kind.name: self.stdout.write(f"{name} : {count}")
            )
            dropped.append(f"entrées sans {kind.name} retirées : {vanished}")
        stale = search.forget_stale_words()
        self.stdout.write(
            f"Index refait ; {', '.join(dropped)}, mots hors d’usage oubliés : {stale}."
        )
