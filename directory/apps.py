"""The directory: listings, categories, communes, search and import."""

from functools import partial

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DirectoryConfig(AppConfig):
    """Who makes and sells what, where."""

    name = "directory"
    verbose_name = "Annuaire"

    def ready(self):
        """Listen to what Django says of categories, tags, listings and migrations."""
        from directory import checks, contact_triggers, oembed, signals  # noqa: F401 -- checks register
        from directory.api import parameters
        from directory.models import Listing
        from directory.moderation import own_queue, queue, volunteers
        from directory.places import communes
        from directory.search import indexing
        from directory.tiles import triggers
        from home import open_data, search
        from home.oembed import frames

        search.rebuilt_by(indexing.KIND, "fiche", partial(indexing.rebuild, Listing))
        open_data.publish("/carte/", open_data.Rule(most=3000))
        open_data.publish("/api/", open_data.Rule(parameters.NAMES, parameters.FREE))
        frames.show("directory:listing", oembed.listing, "/embed/fiche/", "[-a-zA-Z0-9_]+")
        queue.offer(own_queue.SOURCE)
        signals.connect()
        post_migrate.connect(
            communes.load_after_migrations, sender=self, dispatch_uid="directory.places.communes"
        )
        post_migrate.connect(
            triggers.install_after_migrations, sender=self, dispatch_uid="directory.tiles"
        )
        post_migrate.connect(
            contact_triggers.install_after_migrations,
            sender=self,
            dispatch_uid="directory.contact_triggers",
        )
        # Its turn comes after ours and Wagtail's, so that all rights are there to be given.
        post_migrate.connect(
            volunteers.make_group,
            sender=self.apps.get_app_config("auth"),
            dispatch_uid="directory.moderation.volunteers",
        )
