"""Logins to try the administration with, on one's own machine only."""

import secrets

from django.conf import settings
from django.contrib.auth.models import Group

from directory.moderation.volunteers import NAME as VOLUNTEERS
from home.models import User

LOGINS_FILE = "demo-logins"
RANDOM_BYTES = 12


def load_accounts():
    """Make an administrator and a volunteer; returns their (e-mail, password).

    On a site that others can reach there are none: a known e-mail is half of a login.
    """
    if not settings.ON_LOOPBACK:
        return []
    admin, volunteer = "admin@example.org", "moderation@example.org"
    logins = [(email, settings.DEMO_PASSWORD or new_password()) for email in (admin, volunteer)]
    passwords = dict(logins)
    User.objects.create_superuser(admin, passwords[admin], display_name="Administration")
    odile = User.objects.create_user(volunteer, passwords[volunteer], display_name="Odile")
    odile.groups.add(Group.objects.get(name=VOLUNTEERS))
    return logins


def new_password():
    """A password that nobody guesses."""
    return secrets.token_urlsafe(RANDOM_BYTES)


def leave_for_the_server(logins):
    """Put the logins where `bin/serve` finds, prints and deletes them once the site answers."""
    path = settings.SITE_DATA / LOGINS_FILE
    path.touch(mode=0o600)
    path.write_text("".join(f"{email}  {password}\n" for email, password in logins))
