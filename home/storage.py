"""Static files under names that carry their hash."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names, also inside our ES modules (static imports end with a semicolon)."""

    support_js_module_import_aggregation = True
