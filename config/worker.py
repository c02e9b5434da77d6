"""The process that does waiting tasks: `python -m config.worker`, started by `bin/serve`.

It is django-tasks-db's own worker, run to the end of the queue again and again, with a heartbeat
in between: /sante/ tells its age, so that a worker that hangs is seen and not only a dead one.
"""

import logging
import time

import django

QUEUES = ["default"]
PAUSE_SECONDS = 1


def run():
    """Do tasks until SIGTERM or SIGINT; a task that has begun is finished first."""
    # These need Django's apps, which are ready only after `django.setup()` below.
    from django.utils.crypto import get_random_string
    from django_tasks.signals import task_started
    from django_tasks_db.management.commands.db_worker import Worker

    from config.rounds import Rounds
    from home.health import beat
    from home.versions import ask_again

    # It tells each second that its queue is empty, and as a warning that it was asked to stop.
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
    worker = Worker(
        queue_names=QUEUES,
        interval=PAUSE_SECONDS,
        batch=True,
        backend_name="jobs",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    # A task is to this process what a request is to the others.
    task_started.connect(lambda **_kwargs: ask_again(), weak=False)
    worker.configure_signals()
    rounds = Rounds()
    while worker.running:
        beat()
        rounds.run()
        worker.run()
        time.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    django.setup()
    run()
