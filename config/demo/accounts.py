"""Logins to try the site with, on one's own machine only."""

import secrets

from django.conf import settings
from django.contrib.auth.models import Group

from config.demo import claiming, labelling, teams, telling
from directory.moderation.volunteers import NAME as VOLUNTEERS
from home.models import User

LOGINS_FILE = "demo-logins"
RANDOM_BYTES = 12
ADMIN, VOLUNTEER = "admin@example.org", "moderation@example.org"
NAMES = {
    "redaction@example.org": "Cécile Rambourg",
    "plume@example.org": "Nadia Ferrand",
    "autre@example.org": "Marguerite Oudin",
    "producteur@example.org": "Denis Vauquelin",
    VOLUNTEER: "Odile",
}


def load_accounts():
    """Make an administrator, a volunteer, an editor, two writers and a producer.

    Returns their (e-mail, password). On a site that others can reach there are none: a known
    e-mail is half of a login.
    """
    if not settings.ON_LOOPBACK:
        return []
    passwords = {email: settings.DEMO_PASSWORD or new_password() for email in (*NAMES, ADMIN)}
    people = {email: make_person(email, passwords[email], name) for email, name in NAMES.items()}
    User.objects.create_superuser(ADMIN, passwords[ADMIN], display_name="Administration")
    people[VOLUNTEER].groups.add(Group.objects.get(name=VOLUNTEERS))
    teams.join(people)
    labelling.join(people)
    claiming.load_claims(make_person, people[VOLUNTEER])
    telling.join(people)
    teams.load_applications(make_person)
    return list(passwords.items())


def make_person(email, password, name):
    """Somebody who can log in at once: the one place where the demo makes people."""
    return User.objects.create_user(email, password, display_name=name)


def new_password():
    """A password that nobody guesses."""
    return secrets.token_urlsafe(RANDOM_BYTES)


def leave_for_the_server(logins):
    """Put the logins where `bin/serve` finds, prints and deletes them once the site answers."""
    path = settings.SITE_DATA / LOGINS_FILE
    path.touch(mode=0o600)
    path.write_text("".join(f"{email}  {password}\n" for email, password in logins))
