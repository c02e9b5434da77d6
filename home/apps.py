"""The floor of the project: people, photos, settings, pages, search and the page cache."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from wagtail.users.apps import WagtailUsersAppConfig


class HomeConfig(AppConfig):
    """What every other room stands on."""

    name = "home"
    verbose_name = "Socle"

    def ready(self):
        """Listen to what Wagtail and Django publish, so that cached pages follow."""
        from home import avif, handmade_forms, lockout, open_data, signals, site_tree
        from home.accounts import confirming, counting
        from home.oembed import answers
        from home.search import sqlite

        open_data.publish(answers.PATH, answers.RULE)
        avif.install()
        handmade_forms.install()
        signals.connect()
        lockout.connect()
        confirming.connect()
        counting.share()
        post_migrate.connect(
            sqlite.install_after_migrations, sender=self, dispatch_uid="home.search"
        )
        post_migrate.connect(site_tree.plant, sender=self, dispatch_uid="home.plant")


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's administration of people, with the form of our own user."""

    user_viewset = "home.user_viewset.UserViewSet"
