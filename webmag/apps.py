"""Web magazines: magazines, issues, articles, contributors."""

from django.apps import AppConfig


class WebmagConfig(AppConfig):
    """Who writes what, for whom."""

    name = "webmag"
    verbose_name = "Magazines"

    def ready(self):
        """Listen to what Wagtail and Django say of pages, photos, names and people."""
        from directory.api import openapi
        from home import open_data, search
        from home.oembed import frames
        from webmag import indexing, oembed, signals
        from webmag.api import description, parameters
        from webmag.team import following, letters, policies

        openapi.describe(description.PATHS, description.SCHEMAS)
        open_data.publish(description.PATH, open_data.Rule(parameters.NAMES))
        open_data.publish("/flux/", open_data.Rule())
        open_data.publish("/recherche/suggestions/", open_data.Rule(frozenset(["q"])))
        frames.show("webmag:page", oembed.page, "/embed/article/", "[^/]+/[^/]+")
        search.rebuilt_by(indexing.KIND, "article", indexing.rebuild)
        signals.connect()
        following.connect()
        letters.connect()
        policies.install()
