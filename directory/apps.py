"""The directory: listings, categories, communes, search and import."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Who makes and sells what, where."""

    name = "directory"
    verbose_name = "Annuaire"

    def ready(self):
        """Listen to what Django says of categories, tags and listings."""
        from directory import signals

        signals.connect()
