"""How often one address may do something."""

import time

from django.conf import settings
from django.core.cache import caches


def client_address(request):
    """The visitor's IP address; a proxy's word counts only where the settings trust it."""
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if forwarded and address in settings.TRUSTED_PROXIES:
        return forwarded.rsplit(",", 1)[-1].strip()
    return address


def too_often(name, who, most, seconds):
    """Count one more time and say whether `who` did this over `most` times in `seconds`.

    Windows are fixed; all processes share the counters.
    """
    counters = caches["counters"]
    key = f"limit:{name}:{who}:{int(time.time() // seconds)}"
    counters.add(key, 0, timeout=seconds)
    try:
        return counters.incr(key) > most
    except ValueError:
        # It expired between the two lines: then it is a new window.
        return False


def mailbox(address):
    """The mailbox behind an address, for counting.

    « marie+x@… » and « m.arie@… » reach the same person at many providers: they count as one.
    """
    local, _, domain = address.casefold().rpartition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{domain}"[:150]
