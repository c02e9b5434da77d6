"""Bring the database and the static files in step; `bin/serve` runs it before each start."""

import hashlib
import logging
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import transaction

WORTH_SAYING_SECONDS = 2


def prepare():
    """Migrate, make the counters' table, gather static files, load the demo into an empty site."""
    with timed("Base de données"):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    with timed("Fichiers statiques"):
        gather_static_files()
    if settings.DEMO and "load_demo" in get_commands():
        # All or nothing: a site with half of it would no longer count as empty.
        with timed("Contenu de démonstration"), transaction.atomic():
            call_command("load_demo", if_empty=True)


@contextmanager
def timed(title):
    """Say how long a step took, where it took long."""
    started = time.monotonic()
    yield
    seconds = time.monotonic() - started
    if seconds > WORTH_SAYING_SECONDS:
        print(f"{title} : {seconds:.0f} s", flush=True)


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
