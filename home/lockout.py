"""Ten wrong passwords close the door for a quarter of an hour: for this account, from this address.

The door closes for accounts that do not exist as well, so that nothing tells which ones do.
"""

import hashlib

from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.core.cache import caches
from django.core.exceptions import PermissionDenied

from home.limits import client_address

MOST_FAILURES = 10
LOCKED_SECONDS = 15 * 60


class LockoutBackend:
    """The first of the authentication backends: lets nobody in, but may keep somebody out.

    It knows nobody either (no `get_user`), so that no session ever names it.
    """

    def authenticate(self, request, username=None, email=None, **_credentials):
        """Raises `PermissionDenied`, on which Django asks no other backend."""
        if failures(request, username or email) >= MOST_FAILURES:
            raise PermissionDenied


def failures(request, login):
    """How often this login failed from this address within the last quarter of an hour."""
    return caches["counters"].get(key(request, login), 0) if request and login else 0


def count_failure(credentials, request=None, **_kwargs):
    """One more wrong password. While the door is closed nothing counts, so that it opens again."""
    login = credentials.get("username") or credentials.get("email")
    so_far = failures(request, login)
    if request and login and so_far < MOST_FAILURES:
        caches["counters"].set(key(request, login), so_far + 1, LOCKED_SECONDS)


def forget_failures(request, user, **_kwargs):
    """The right password ends the count."""
    if request:
        caches["counters"].delete(key(request, user.email))


def key(request, login):
    """The counter's name; a hash, for people type passwords into the wrong field."""
    who = f"{client_address(request)} {str(login).strip().casefold()}"
    return f"login:{hashlib.sha256(who.encode()).hexdigest()}"


def connect():
    """Listen to Django's logins."""
    user_login_failed.connect(count_failure, dispatch_uid="home.lockout.failed")
    user_logged_in.connect(forget_failures, dispatch_uid="home.lockout.logged_in")
