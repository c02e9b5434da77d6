"""The label: charter, memberships, claims, badge, posts, local-production pages."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LabelConfig(AppConfig):
    """Who is a member, what was checked, and what was made here."""

    name = "label"
    verbose_name = "Label"

    def ready(self):
        """Follow listings and posts, let others show badges, say what waits and what is found."""
        from directory.api import openapi
        from directory.moderation import moving
        from home import middleware, open_data, search
        from home.oembed import frames, things
        from label import (
            answers,
            badge,
            embedding,
            indexing,
            item_indexing,
            merging,
            oembed,
            post_signals,
            search_signals,
            signals,
            volunteers,
        )
        from label.admin import collected, waiting
        from label.api import description, parameters
        from label.models import Membership

        open_data.publish("/badge/", open_data.Rule(badge.PARAMETERS, most=3000))
        open_data.publish("/label/cles.json", open_data.Rule())
        open_data.publish("/label/revocations.json", open_data.Rule())
        open_data.publish("/embed/", open_data.Rule(embedding.PARAMETERS, most=3000))
        open_data.publish(description.PATH, open_data.Rule(parameters.NAMES))
        openapi.describe(description.PATHS, description.SCHEMAS)
        middleware.let_frame("/embed/mur", "/embed/carte")
        frames.show("label:member", oembed.member, "/embed/membre/", "[-a-zA-Z0-9_]+")
        frames.show("production:page", oembed.production, "/embed/fait-ici/", "[-a-zA-Z0-9_]+")
        things.offer("wall:wall", oembed.the_wall)
        search.rebuilt_by(item_indexing.KIND, "publication collectée", item_indexing.rebuild)
        item_indexing.connect()
        signals.connect()
        post_signals.connect()
        search_signals.connect()
        search.rebuilt_by(indexing.POST, "publication", indexing.rebuild_posts)
        search.rebuilt_by(indexing.MEMBER, "membre", indexing.rebuild_members)
        answers.offer()
        waiting.offer()
        moving.where_both_have(Membership, merging.become_one)
        collected.offer()
        # After the directory has made the group, when all rights are there to be given.
        post_migrate.connect(
            volunteers.give_rights,
            sender=self.apps.get_app_config("auth"),
            dispatch_uid="label.volunteers",
        )
