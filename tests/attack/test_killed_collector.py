"""A collector that is killed in the middle, a few times, and then left alone to finish.

`KILLS=50` does it more often.
"""

import os
import random
from contextlib import closing

import pytest

from tests.attack import collecting_killed, killed
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
    # The door opens to this machine only so.
    made = killed.site_in(tmp_path, DEBUG="1", ALLOW_PRIVATE_FETCH=outside.entry)
    with closing(killed.database(made)) as opened, opened:
        opened.execute("UPDATE home_sitesettings SET hashtags = 'mis78'")
    return made


def test_nothing_is_lost_or_doubled_by_kill_9(site, outside):
    assert killed.count(site, "SELECT COUNT(*) FROM home_sitesettings") == 1
    collecting_killed.fill(site, outside)
    kills = int(os.environ.get("KILLS", "4"))
    collecting_killed.rounds(site, outside, kills, random.Random(kills))  # noqa: S311 -- repeatable
