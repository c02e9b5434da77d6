"""Who has a row in hand for a while, so that two processes never work on it together.

A holder's name tells where it runs: a process of this machine that died (kill -9) is seen to be
dead, and what it held is free at once; else it is free when its time is over. Rows have
`leased_by` ("" for nobody) and `leased_until`.
"""

import os
import platform
import uuid

from django.db.models import Q

HOST = platform.node()[:60]


def new_name() -> str:
    """A name that nobody had before, of this process."""
    return f"{HOST} {os.getpid()} {uuid.uuid4().hex}"


def free(rows, now) -> Q:
    """Which rows may be taken: those of nobody, of the dead, of whoever has run out of time."""
    names = rows.exclude(leased_by="").order_by().values_list("leased_by", flat=True).distinct()
    dead = [name for name in names if is_dead(name)]
    return Q(leased_until=None) | Q(leased_until__lt=now) | Q(leased_by__in=dead)


def is_dead(name: str) -> bool:
    """Whether a holder was a process of this machine that runs no more."""
    host, _, rest = name.partition(" ")
    number = rest.partition(" ")[0]
    if host != HOST or not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return False
