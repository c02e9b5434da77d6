"""A letter to 1,000 followers whose senders are killed in the middle: nobody gets it twice.

`KILLS=50` does it more often.
"""

import os
import random
import sqlite3
import time
from contextlib import closing

import pytest
from django.db import connection

from tests.attack import letter_killed
from tests.letter.server import Server

# The killed processes work on a copy of SQLite's file.
pytestmark = [pytest.mark.process, pytest.mark.sqlite, pytest.mark.django_db]


@pytest.fixture
def server():
    """A mail server on loopback."""
    server = Server()
    yield server
    server.close()


@pytest.fixture
def site(tmp_path, server):
    """A site with a database of its own, as empty as the tests' one."""
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as ours,
        closing(sqlite3.connect(tmp_path / "db.sqlite3")) as theirs,
    ):
        ours.backup(theirs)
    return letter_killed.environment(tmp_path, server.port)


def test_a_letter_to_a_thousand_is_never_sent_twice_by_kill_9(site, server):
    letter_killed.finish(site, letter_killed.FILL % letter_killed.FOLLOWERS)
    kills = int(os.environ.get("KILLS", "3"))
    chance = random.Random(kills)
    for number in range(1, kills + 1):
        letter_killed.kill_at_random(site, server.keeper, chance, kills)
        letter_killed.check(site, server.keeper, number)
    begun, before = time.monotonic(), len(server.keeper.mails)
    said = letter_killed.finish(site, letter_killed.SEND)
    seconds = time.monotonic() - begun
    arrived, uncertain = letter_killed.check(site, server.keeper, kills, whole=True)
    print(
        f"killed {kills} times, {arrived} arrived, {uncertain} uncertain; the last "
        f"{arrived - before} in {seconds:.1f} s, {said.strip()} MB"
    )
