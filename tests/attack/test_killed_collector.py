"""A collector that is killed in the middle, a few times, and then left alone to finish.

`KILLS=50` does it more often.
"""

import os
import random
import sqlite3
from contextlib import closing

import pytest
from django.db import connection

from tests.attack import collecting_killed
from tests.label.hosts import Outside

# The killed process works on a copy of SQLite's file.
pytestmark = [pytest.mark.process, pytest.mark.sqlite, pytest.mark.django_db]


@pytest.fixture
def outside():
    """A host on loopback."""
    server = Outside()
    yield server
    server.close()


@pytest.fixture
def site(tmp_path, outside):
    """A site with a database of its own, as empty as the tests' one, and a hashtag."""
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as ours,
        closing(sqlite3.connect(tmp_path / "db.sqlite3")) as theirs,
    ):
        ours.backup(theirs)
        with theirs:
            theirs.execute("UPDATE home_sitesettings SET hashtags = 'mis78'")
    return collecting_killed.environment(tmp_path) | {"ALLOW_PRIVATE_FETCH": outside.entry}


def test_nothing_is_lost_or_doubled_by_kill_9(site, outside):
    assert collecting_killed.count(site, "SELECT COUNT(*) FROM home_sitesettings") == 1
    collecting_killed.fill(site, outside)
    kills = int(os.environ.get("KILLS", "4"))
    collecting_killed.rounds(site, outside, kills, random.Random(kills))  # noqa: S311 -- repeatable
