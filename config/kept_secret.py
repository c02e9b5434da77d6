"""The key that signs what the site hands out: made once, kept in SITE_DATA."""

import os
import secrets


def kept_secret(path):
    """Return the site's secret key, made at the first start and readable by its owner only."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        try:
            # Two processes may start at once: link() lets the first one win.
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        return path.read_text().strip()
