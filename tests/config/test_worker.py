"""The worker between its tasks."""

import pytest
from django_tasks import task

from config.watchful import WatchfulWorker
from home import health

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 3


class Watch:
    """Rounds that only count how often they are asked."""

    asked = 0

    def run(self):
        self.asked += 1


@task(backend="jobs")
def ask_again(left):
    """Like a long import: there is something to do until it is at its end."""
    if left:
        ask_again.enqueue(left - 1)


def test_what_is_due_by_the_clock_does_not_wait_for_a_queue_that_is_never_empty(monkeypatch):
    beats, watch = [], Watch()
    monkeypatch.setattr("config.watchful.beat", lambda: beats.append(health.BEAT_KEY))
    ask_again.enqueue(TIMES - 1)

    WatchfulWorker(watch).run()

    assert watch.asked == len(beats) == TIMES
