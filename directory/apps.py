"""The directory: listings, categories, communes, search and import."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DirectoryConfig(AppConfig):
    """Who makes and sells what, where."""

    name = "directory"
    verbose_name = "Annuaire"

    def ready(self):
        """Listen to what Django says of categories, tags, listings and migrations."""
        from directory import signals
        from directory.moderation import volunteers
        from directory.places import communes

        signals.connect()
        post_migrate.connect(
            communes.load_after_migrations, sender=self, dispatch_uid="directory.places.communes"
        )
        # Its turn comes after ours and Wagtail's, so that all rights are there to be given.
        post_migrate.connect(
            volunteers.make_group,
            sender=self.apps.get_app_config("auth"),
            dispatch_uid="directory.moderation.volunteers",
        )
