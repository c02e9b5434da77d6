"""The label: charter, memberships, claims, badge, posts, local-production pages."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LabelConfig(AppConfig):
    """Who is a member, what was checked, and what was made here."""

    name = "label"
    verbose_name = "Label"

    def ready(self):
        """Follow listings and posts, let others show badges, say what waits."""
        from directory.api import openapi
        from home import middleware, open_data, search
        from label import badge, embedding, item_indexing, post_signals, signals, volunteers
        from label.admin import collected, waiting
        from label.api import description, parameters

        open_data.publish("/badge/", open_data.Rule(badge.PARAMETERS, most=3000))
        open_data.publish("/embed/", open_data.Rule(embedding.PARAMETERS, most=3000))
        open_data.publish(description.PATH, open_data.Rule(parameters.NAMES))
        openapi.describe(description.PATHS, description.SCHEMAS)
        middleware.let_frame("/embed/mur", "/embed/carte")
        search.rebuilt_by(item_indexing.KIND, "publication collectée", item_indexing.rebuild)
        item_indexing.connect()
        signals.connect()
        post_signals.connect()
        waiting.offer()
        collected.offer()
        # After the directory has made the group, when all rights are there to be given.
        post_migrate.connect(
            volunteers.give_rights,
            sender=self.apps.get_app_config("auth"),
            dispatch_uid="label.volunteers",
        )
