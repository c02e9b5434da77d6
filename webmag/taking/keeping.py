"""E-books that were made, kept on disk beside the database: making one takes seconds.

A book is found by all that is in it, so that what is kept is never out of date; of each issue the
newest is kept, and of all issues the most recently made. Nothing of it needs a backup.
"""

import os
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from django.conf import settings

# Some 5 MB each.
MOST_KEPT = 100
LONGEST_SECONDS = 3600
_making = threading.Lock()


def folder() -> Path:
    """Where they are; made when it is missing."""
    path = settings.SITE_DATA / "books"
    path.mkdir(exist_ok=True)
    return path


def opened(number: int, fingerprint: str, write: Callable[[IO[bytes]], None]) -> IO[bytes]:
    """The file of an issue's book, opened; made by `write` if it is not there."""
    path = folder() / f"{number}-{fingerprint}.epub"
    try:
        return path.open("rb")
    except FileNotFoundError:
        pass
    # One at a time: many may ask for the newest issue in its first minute.
    with _making:
        if not path.exists():
            make(path, write)
            tidy(path, number)
        return path.open("rb")


def make(path, write):
    """Whole or not at all."""
    handle, unfinished = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            write(file)
        os.replace(unfinished, path)
    except BaseException:
        os.unlink(unfinished)
        raise


def tidy(newest, number):
    """Remove older books of this issue, the oldest of all beyond `MOST_KEPT`, and what is torn.

    Whoever was killed while making a book left a part of it; none takes `LONGEST_SECONDS`.
    """
    for part in newest.parent.glob("*.part"):
        if part.stat().st_mtime < time.time() - LONGEST_SECONDS:
            part.unlink(missing_ok=True)
    for one in newest.parent.glob(f"{number}-*.epub"):
        if one != newest:
            one.unlink(missing_ok=True)
    books = sorted(newest.parent.glob("*.epub"), key=lambda one: one.stat().st_mtime)
    for one in books[:-MOST_KEPT]:
        one.unlink(missing_ok=True)
