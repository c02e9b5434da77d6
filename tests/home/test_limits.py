"""Limits hold when many come at once: the counters that all processes share lose no count."""

import threading
import time

import pytest
from allauth.core.internal import ratelimit
from django.core.cache import caches
from django.core.management import call_command
from django.db import connections

from home.limits import too_often

AT_ONCE, TIMES, MOST = 20, 5, 6


@pytest.fixture
def counters_in_the_database(transactional_db, settings):
    """The counters as the real settings keep them."""
    own = {"BACKEND": "home.counters.DatabaseCounters", "LOCATION": "counters"}
    settings.CACHES = settings.CACHES | {"counters": own}
    call_command("createcachetable", verbosity=0)
    caches["counters"].clear()


@pytest.mark.usefixtures("counters_in_the_database")
def test_of_many_at_once_no_more_go_through_than_may():
    together, passed = threading.Barrier(AT_ONCE), []

    def come():
        together.wait()
        try:
            passed.extend(not too_often("trial", "same", MOST, 3600) for _ in range(TIMES))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=come) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(passed), sum(passed)) == (AT_ONCE * TIMES, MOST)


@pytest.mark.usefixtures("counters_in_the_database")
def test_allauths_own_limits_let_no_more_through_either(rf):
    """It keeps a list of moments, behind a lock that is the cache's own `add`: one at a time.

    Who waits for the lock for more than a second is refused, never let through.
    """
    together, passed = threading.Barrier(AT_ONCE), []

    def come():
        together.wait()
        try:
            asked = {"app": "trial", "action": "trial", "config": {"trial": f"{MOST}/h/key"}}
            for _ in range(TIMES):
                usage = ratelimit.consume(rf.post("/"), key="same", **asked)
                passed.append(usage is not None)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=come) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == AT_ONCE * TIMES
    assert 0 < sum(passed) <= MOST


@pytest.mark.usefixtures("counters_in_the_database")
def test_a_new_window_counts_anew(monkeypatch):
    now = time.time()
    assert [too_often("trial", "same", 2, 60) for _ in range(3)] == [False, False, True]
    monkeypatch.setattr("home.limits.time.time", lambda: now + 61)
    assert not too_often("trial", "same", 2, 60)


@pytest.mark.usefixtures("counters_in_the_database")
def test_what_was_never_counted_has_no_count():
    with pytest.raises(ValueError, match="not found"):
        caches["counters"].incr("unknown")
