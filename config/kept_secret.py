"""The key that signs what the site hands out: made once, kept in SITE_DATA."""

import secrets

from home.kept_files import made_once


def kept_secret(path):
    """Return the site's secret key, made at the first start and readable by its owner only."""
    return made_once(path, lambda: secrets.token_urlsafe(50).encode()).decode().strip()
