"""`seed_listings`: invented listings in any number, for trying and measuring."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from directory import seeding
from directory.models import Listing
from home.models import SiteSettings

REFUSED = (
    "Cet annuaire a de vraies fiches : rien n’a été ajouté. Les fiches inventées se voient des "
    "visiteurs. Pour les ajouter quand même : --yes ; pour les retirer ensuite : --remove."
)


class Command(BaseCommand):
    """Reads the options, refuses a real site, says what was done."""

    help = (
        "Ajoute des fiches inventées, pour essayer et pour mesurer : le même nombre donne "
        "toujours les mêmes fiches, et 10 000 commencent par les mêmes 1 000. Celles qui y sont "
        "déjà sont gardées. --remove les retire toutes, et elles seules. Code de sortie : 0 tout "
        "est fait, 1 rien n’a été fait."
    )

    def add_arguments(self, parser):
        parser.add_argument("number", metavar="N", nargs="?", type=int, help="combien de fiches")
        parser.add_argument(
            "--spread",
            choices=["territory", "country"],
            default="territory",
            help="dans les communes du territoire (par défaut), ou dans toute la France ; "
            "sans territoire réglé, c’est toute la France",
        )
        parser.add_argument("--remove", action="store_true", help="retirer les fiches inventées")
        parser.add_argument(
            "--yes", action="store_true", help="même dans un annuaire qui a de vraies fiches"
        )

    def handle(self, *args, **options):
        if options["remove"]:
            removed = seeding.uproot(self.progress)
            self.stdout.write(f"rows={removed} removed={removed}")
            return
        number = options["number"]
        if number is None or number < 0:
            raise CommandError("Il faut un nombre de fiches : seed_listings 1000")
        if not options["yes"] and is_in_earnest():
            raise CommandError(REFUSED)
        country = options["spread"] == "country"
        codes = () if country else SiteSettings.load().insee_codes
        created = seeding.plant(number, codes, self.progress)
        self.stdout.write(f"rows={number} created={created} unchanged={number - created} failed=0")

    def progress(self, done, total):
        """A counter that stays on its line, for people at a terminal only."""
        if self.stderr.isatty():
            self.stderr.write(f"{done} / {total}", ending="\n" if done == total else "\r")


def is_in_earnest():
    """Whether the directory holds real listings that the public is meant to find.

    The demo, and a site in the making, are hidden from search engines.
    """
    if settings.DEBUG or SiteSettings.load().hidden_from_search_engines:
        return False
    return Listing.objects.exclude(sources__source=seeding.SOURCE).exists()
