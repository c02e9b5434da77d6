"""`add_source`: one more address that is asked for publications."""

from django.core.management.base import BaseCommand, CommandError

from directory.models import Listing
from label.collecting import adding


class Command(BaseCommand):
    """Prints the number of the source, and nothing else, on standard output."""

    help = (
        "Ajoute une source : l’adresse d’un flux, d’une page qui en annonce un, d’un mot-dièse "
        "sur un serveur Mastodon, d’un profil. Affiche son numéro. Une adresse déjà suivie n’est "
        "pas ajoutée deux fois : son numéro est affiché."
    )

    def add_arguments(self, parser):
        parser.add_argument("url", metavar="ADRESSE")
        parser.add_argument("--listing", metavar="FICHE", help="la fiche à qui est cette source")
        parser.add_argument(
            "--trust",
            action="store_true",
            help="l’accord est donné : ses publications paraissent sans être relues",
        )

    def handle(self, *args, url, listing=None, trust=False, **options):
        """Raises `CommandError` when nothing was added."""
        owner = None
        if listing:
            owner = Listing.objects.filter(slug=listing).first()
            if not owner:
                raise CommandError(f"Aucune fiche ne s’appelle « {listing} ».")
        try:
            asked, warning = adding.ask(url)
            source, created = adding.add(asked, trust, listing=owner)
        except adding.NotAdded as error:
            raise CommandError(str(error)) from error
        if warning:
            self.stderr.write(f"attention, {warning}", ending="\n")
        if not created:
            self.stderr.write("Cette source était déjà là.", ending="\n")
        self.stdout.write(str(source.pk))
