"""The worker between its tasks."""

import pytest
from django_tasks import task

from config.watchful import WatchfulWorker
from home import health
from home.models import ContentVersion
from home.versions import content_version

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 3


class Watch:
    """Rounds that only note what they know of the content when they are asked."""

    def __init__(self):
        self.known = []

    def run(self):
        self.known.append(content_version())


@task(backend="jobs")
def once_more(left):
    """Like a long import: there is something to do until it is at its end."""
    if left:
        once_more.enqueue(left - 1)


def test_what_is_due_by_the_clock_does_not_wait_for_a_queue_that_is_never_empty(monkeypatch):
    beats, watch = [], Watch()
    monkeypatch.setattr("config.watchful.beat", lambda: beats.append(health.BEAT_KEY))
    once_more.enqueue(TIMES - 1)

    WatchfulWorker(watch).run()

    assert len(watch.known) == len(beats) == TIMES


def test_what_is_done_by_the_clock_knows_what_another_process_changed():
    watch = Watch()
    worker = WatchfulWorker(watch)
    worker.look_up()
    ContentVersion.objects.update_or_create(pk=1, defaults={"number": 10**17})
    worker.look_up()
    assert watch.known[-1] == 10**17
