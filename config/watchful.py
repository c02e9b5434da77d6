"""The worker itself: django-tasks-db's own, with a heartbeat and the rounds between its tasks."""

import logging
import time

from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from home.health import beat
from home.versions import ask_again

QUEUES = ["default"]
PAUSE_SECONDS = 1


class WatchfulWorker(Worker):
    """Does what waits, and after each task what is due by the clock.

    The queue may hold something for hours: an old blog that is brought along asks for itself again
    every few seconds. Planned pages, letters and the heartbeat do not wait for its end.
    """

    def __init__(self, rounds):
        # It tells each second that its queue is empty, and as a warning that it was asked to stop.
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
        self.rounds = rounds
        super().__init__(
            queue_names=QUEUES,
            interval=PAUSE_SECONDS,
            batch=True,
            backend_name="jobs",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )

    def work(self):
        """Until SIGTERM or SIGINT; a task that has begun is finished first."""
        self.configure_signals()
        while self.running:
            self.look_up()
            self.run()
            time.sleep(PAUSE_SECONDS)

    def run_task(self, db_task_result):
        """One task; it is to this process what a request is to the others."""
        ask_again()
        super().run_task(db_task_result)
        self.look_up()

    def look_up(self):
        """Say that one is alive, and do what is due, by what the site's settings are now."""
        beat()
        ask_again()
        self.rounds.run()
