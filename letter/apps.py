"""The letter: who follows, what is new, how it is sent."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LetterConfig(AppConfig):
    """A mail with what is new; nothing below knows of it."""

    name = "letter"
    verbose_name = "Lettre"

    def ready(self):
        """Stand in people's data, go with their account, give volunteers the right."""
        from label.space import archive
        from letter import people, volunteers

        archive.also("lettre.json", "ce que vous recevez par la lettre", people.data_of)
        people.connect()
        # After the directory has made the group, when all rights are there to be given.
        post_migrate.connect(
            volunteers.give_right,
            sender=self.apps.get_app_config("auth"),
            dispatch_uid="letter.volunteers",
        )
