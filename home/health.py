"""/sante/: whether the site's parts answer, for monitors and for `bin/serve`."""

import logging
import secrets
import time

from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import Error, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache

BEAT_KEY = "worker-heartbeat"
ROUND_KEY = "collector-last-round"
BEAT_SECONDS = 15
KEPT_SECONDS = 7 * 24 * 3600

log = logging.getLogger(__name__)
_beaten = 0.0


@never_cache
def health(_request):
    """Answer 200 when visitors can be served, 503 when database or storage fails.

    `worker` is null or has `heartbeat_age`, whole seconds since the process that does waiting
    tasks last looked for some. During a long task it grows; visitors are served all the same.
    `collector` is null or has `last_round_age`, whole seconds since sources were last asked to
    the end, or none had to be.
    """
    database, storage = works(ask_database), works(write_and_delete)
    is_up = database == "ok"
    body = {
        "database": database,
        "storage": storage,
        "worker": told("heartbeat_age", works(heartbeat_age) if is_up else None),
        "collector": told("last_round_age", works(last_round_age) if is_up else None),
    }
    healthy = database == storage == "ok"
    return JsonResponse(body, status=200 if healthy else 503)


def told(name, age):
    """An age under its name; None where there is none."""
    return {name: age} if isinstance(age, int) else None


def works(check):
    """Return what the check returns, or "failed"; the reason goes to the log, not to visitors."""
    try:
        return check()
    except (Error, OSError, ValueError):
        log.exception("health check %s failed", check.__name__)
        return "failed"


def ask_database():
    """Read one row. Raises `django.db.Error`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM home_contentversion LIMIT 1")
    return "ok"


def write_and_delete():
    """Write a file where photos go and take it away again. Raises `OSError`."""
    name = default_storage.save(f"sante/{secrets.token_hex(8)}", ContentFile(b"ok"))
    default_storage.delete(name)
    return "ok"


def beat():
    """Say that the worker is alive; writes at most every `BEAT_SECONDS`."""
    global _beaten
    if time.monotonic() - _beaten < BEAT_SECONDS:
        return
    _beaten = time.monotonic()
    try:
        caches["counters"].set(BEAT_KEY, int(time.time()), KEPT_SECONDS)
    except Error:
        # A long write of somebody else's: the next beat will get through.
        log.warning("heartbeat not written", exc_info=True)


def heartbeat_age():
    """Whole seconds since the last beat, or None without any."""
    return age_of(BEAT_KEY)


def round_is_done():
    """Say that a round of collecting came to its end; nothing fails if it cannot be written."""
    try:
        caches["counters"].set(ROUND_KEY, int(time.time()), KEPT_SECONDS)
    except Error:
        log.warning("end of the round not written", exc_info=True)


def last_round_age():
    """Whole seconds since the last round of collecting ended, or None without any."""
    return age_of(ROUND_KEY)


def age_of(key):
    """Whole seconds since what this key keeps, or None."""
    last = caches["counters"].get(key)
    return None if last is None else max(0, int(time.time()) - last)
