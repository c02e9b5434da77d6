"""One pass of everything that collecting does, and the thread it runs in beside the worker."""

import logging
import threading

from django.db import connection
from django.utils import timezone

from home.health import round_is_done
from label.collecting import pictures, polling, rechecking
from label.models import Source

log = logging.getLogger(__name__)
_running = threading.Lock()


def everything(numbers, tell=lambda done, total: None, started=None, patient=False):
    """Ask these sources, then what may have been deleted, then fetch images; the report."""
    report = polling.poll(numbers, tell, started, patient)
    report.gone += rechecking.recheck()
    pictures.fetch_due()
    round_is_done()
    return report


def something_is_due(now) -> bool:
    """Whether a pass would find anything to do; three small queries."""
    waiting = (Source.objects.due(now), rechecking.due(now), pictures.due(now))
    return any(queryset.exists() for queryset in waiting)


def in_the_background() -> bool:
    """Start a pass over what is due in a thread of its own, unless one runs; whether it started.

    The worker goes on meanwhile. If its process ends in the middle, nothing is half-written.
    """
    if not something_is_due(timezone.now()):
        round_is_done()
        return False
    if not _running.acquire(blocking=False):
        return False
    threading.Thread(target=_pass, daemon=True, name="collect").start()
    return True


def _pass():
    try:
        now = timezone.now()
        everything(Source.objects.due(now).values_list("pk", flat=True), started=now)
    except Exception:
        log.exception("collecting failed")
    finally:
        connection.close()
        _running.release()
