"""Bring the database and the static files in step; `bin/serve` runs it before each start."""

import hashlib
import logging
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import transaction


def prepare():
    """Migrate, make the counters' table, gather static files, load the demo into an empty site."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    gather_static_files()
    if settings.DEMO and "load_demo" in get_commands():
        # All or nothing: a site with half of it would no longer count as empty.
        with transaction.atomic():
            call_command("load_demo", if_empty=True)


def gather_static_files():
    """Run `collectstatic` when a static file, or a package that brings some, has changed.

    Hashing all of them takes a tenth of a second, compressing them twenty.
    """
    done = Path(settings.STATIC_ROOT) / ".gathered"
    now = fingerprint_of_static_files()
    if done.exists() and done.read_text() == now:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    done.write_text(now)


def fingerprint_of_static_files():
    """A hash of the names and bytes of all static files, and of what decides how they are kept."""
    digest = hashlib.sha256()
    for path in (settings.BASE_DIR / "requirements.txt", settings.BASE_DIR / "home/storage.py"):
        digest.update(path.read_bytes())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            digest.update(name.encode())
            digest.update(Path(storage.path(name)).read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    django.setup()
    # Wagtail tells of each page that the demo makes.
    logging.disable(logging.INFO)
    sys.exit(prepare())
