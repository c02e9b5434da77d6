"""`bin/manage reset_second_factor ADRESSE`: for somebody who lost telephone and recovery codes."""

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError

from home.models import User


class Command(BaseCommand):
    """Takes the second factor off; the person logs in with a password or a mailed code again."""

    help = "Retirer le second facteur de quelqu’un qui a perdu son téléphone et ses codes."

    def add_arguments(self, parser):
        """One address."""
        parser.add_argument("adresse", help="l’adresse e-mail du compte")

    def handle(self, *_args, adresse, **_options):
        """Raises `CommandError` when nobody has this address."""
        try:
            user = User.objects.get_by_natural_key(adresse)
        except User.DoesNotExist:
            raise CommandError(f"Personne n’a de compte à l’adresse {adresse}.") from None
        deleted, _by_model = Authenticator.objects.filter(user=user).delete()
        outcome = "second facteur retiré." if deleted else "n’en avait pas."
        self.stdout.write(f"{user.email} : {outcome}")
