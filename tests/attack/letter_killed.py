"""A site of its own whose sender of letters is killed again and again, and what must be true."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLLOWERS = 1000
PATIENCE = 240
FILL = """
from directory.models import Listing
from django.utils import timezone
from letter import closing
from letter.addresses import hash_of
from letter.models import Follower
Listing(name="Ferme du Gué", summary="Du fromage").save()
emails = [f"abonne-{number}@boites.lan" for number in range(%d)]
Follower.objects.bulk_create(
    Follower(email=email, address_hash=hash_of(email), audience="site", rhythm="jour",
             confirmed_at=timezone.now(), confirmed_on=timezone.localdate())
    for email in emails
)
closing.prepare()
print("letter", closing.close().pk)
"""
# As the worker does, without what else it has to do.
SEND = """
import resource
from letter import closing, sending
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
before = peak()
while True:
    batch = sending.send_due()
    if not batch.sent:
        break
closing.finish()
print("memory", before, "then", peak())
"""


def environment(folder, port):
    """Of a site with its data in this folder, that sends as fast as it can."""
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return env | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SITE_DATA": str(folder),
        "DEMO": "0",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "LETTER_PER_MINUTE": "1000000",
    }


def ask(site, query):
    """The rows of a query."""
    path = Path(site["SITE_DATA"]) / "db.sqlite3"
    with closing(sqlite3.connect(path, timeout=30)) as opened:
        return opened.execute(query).fetchall()


def start(site, code):
    """Some code within the site."""
    return subprocess.Popen(  # noqa: S603 -- our own program
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", code],
        cwd=ROOT,
        env=site,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finish(site, code):
    """Run it to its end; what it said."""
    child = start(site, code)
    said = child.communicate(timeout=PATIENCE)[0]
    assert child.returncode == 0, said
    return said


def kill_at_random(site, keeper, chance, kills, senders=2):
    """Begin to send, by two at once, and kill both with -9 when some more have arrived.

    With many `kills` the steps are smaller, so that the last one still finds something to send.
    """
    enough = len(keeper.mails) + chance.randrange(0, FOLLOWERS // max(6, kills))
    children = [start(site, SEND) for _ in range(senders)]
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and any(child.poll() is None for child in children):
        if len(keeper.mails) > enough:
            time.sleep(chance.random() * 0.02)
            break
        time.sleep(0.001)
    for child in children:
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()


def check(site, keeper, kills, whole=False):
    """Nobody got it twice; with `whole` nobody is left but those in flight when it was killed."""
    got = keeper.recipients
    assert len(got) == len(set(got))
    rows = ask(
        site,
        "SELECT f.email, d.state FROM letter_delivery d JOIN letter_follower f"
        " ON f.id = d.follower_id",
    )
    states = dict(rows)
    assert len(states) == FOLLOWERS
    # Whoever is said to have it has it, and whoever waits has not.
    assert all(email in set(got) for email, state in rows if state == "partie")
    assert not [email for email in got if states[email] == "attend"]
    claimed = [email for email, state in rows if state == "confiee"]
    assert len(claimed) <= 2 * kills
    if whole:
        assert {email for email, state in rows if state == "partie"} | set(claimed) == set(states)
        assert FOLLOWERS - len(got) <= len(claimed)
    return len(got), len(claimed)
