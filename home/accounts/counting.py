"""allauth counts in the cache that all processes share.

It takes Django's default cache and has no setting for another; ours is each process's own memory
(pages). A code that was used once, or ten wrong ones, must be known to all of them.
"""

from allauth.core.internal import ratelimit
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import caches
from django.utils.connection import ConnectionProxy


def share():
    """Point both of allauth's counters to ours; a test shows that they follow."""
    ratelimit.cache = totp.cache = ConnectionProxy(caches, "counters")
