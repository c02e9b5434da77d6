"""The directory: listings, categories, communes, search and import."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DirectoryConfig(AppConfig):
    """Who makes and sells what, where."""

    name = "directory"
    verbose_name = "Annuaire"

    def ready(self):
        """Listen to what Django says of categories, tags and listings; fill in communes."""
        from directory import communes, signals

        signals.connect()
        post_migrate.connect(
            communes.load_after_migrations, sender=self, dispatch_uid="directory.communes"
        )
