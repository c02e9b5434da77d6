"""Static files under names that carry their hash."""

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names, also inside our ES modules (static imports end with a semicolon)."""

    support_js_module_import_aggregation = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {}

    def url(self, name, force=False):
        """The address of a file: templates ask for the same few, dozens of times a page."""
        key = name, force, settings.DEBUG
        if key not in self.known:
            self.known[key] = super().url(name, force)
        return self.known[key]

    def save_manifest(self):
        """The names have changed: ask again."""
        super().save_manifest()
        self.known.clear()
