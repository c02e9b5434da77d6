"""The process that does waiting tasks: `python -m config.worker`, started by `bin/serve`.

/sante/ tells the age of its heartbeat, so that a worker that hangs is seen and not only a dead one.
"""

import django


def run():
    """Work until SIGTERM or SIGINT."""
    # These need Django's apps, which are ready only after `django.setup()` below.
    from config.rounds import Rounds
    from config.watchful import WatchfulWorker

    WatchfulWorker(Rounds()).work()


if __name__ == "__main__":
    django.setup()
    run()
