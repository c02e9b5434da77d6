"""A blog's import that is killed at random points, again and again, then left alone to finish."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from tests.webmag.blogs.served import OldBlog
from tests.webmag.blogs.wordpress import large

ROOT = Path(__file__).resolve().parent.parent.parent
ARTICLES, IMAGES = 24, 1
KILLS = int(os.environ.get("KILLS", "4"))
PATIENCE = 240
TEAM = """
import django
django.setup()
from tests import factories
from tests.webmag import factories as magazines
from webmag.models import Role
from webmag.team import rights
echo = magazines.magazine("Echo", slug="echo")
rights.appoint(factories.user("paul@example.org"), echo, Role.Kind.CONTRIBUTOR)
"""
EVERYTHING = "SELECT COUNT(*) FROM {}"
TABLES = {
    "webmag_article": ARTICLES,
    "webmag_importedarticle": ARTICLES,
    "webmag_importline": ARTICLES,
    "home_photo": ARTICLES * IMAGES,
    "webmag_importedimage": ARTICLES * IMAGES,
}

# The killed process works on a copy of SQLite's file.
pytestmark = [pytest.mark.process, pytest.mark.sqlite, pytest.mark.django_db]


@pytest.fixture
def blog():
    """The old blog's images."""
    served = OldBlog()
    yield served
    served.close()


@pytest.fixture
def site(tmp_path, blog):
    """The environment of a site with a database of its own, in which Paul writes for the Écho."""
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as ours,
        closing(sqlite3.connect(tmp_path / "db.sqlite3")) as theirs,
    ):
        ours.backup(theirs)
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SITE_DATA": str(tmp_path),
        "DEMO": "0",
        # The door opens to this machine only so.
        "DEBUG": "1",
        "ALLOW_PRIVATE_FETCH": blog.entry,
        "PYTHONPATH": str(ROOT),
    }
    subprocess.run([sys.executable, "-c", TEAM], cwd=ROOT, env=env, check=True)
    return env


def start(site, path):
    """Start the import."""
    command = [sys.executable, "manage.py", "import_blog", str(path)]
    return subprocess.Popen(
        [*command, "--magazine=echo", "--author=paul@example.org"],
        cwd=ROOT,
        env=site,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def count(site, table):
    """How many rows a table of the site has."""
    with closing(sqlite3.connect(Path(site["SITE_DATA"]) / "db.sqlite3", timeout=30)) as database:
        return database.execute(EVERYTHING.format(table)).fetchone()[0]


def test_nothing_is_lost_or_doubled_by_kill_9(site, tmp_path, blog):
    path = tmp_path / "export.xml"
    path.write_text("".join(large(ARTICLES, IMAGES, blog.url)))
    chance = random.Random(40)
    reached = 0
    for kill in range(1, KILLS + 1):
        child = start(site, path)
        enough = reached + 1 if kill > 1 else 1
        deadline = time.monotonic() + PATIENCE
        while count(site, "home_photo") < min(enough, ARTICLES * IMAGES):
            if child.poll() is not None:
                break
            assert time.monotonic() < deadline
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.5))
        child.send_signal(signal.SIGKILL)
        child.communicate()
        reached = count(site, "home_photo")
        # An article is there with its line and what we remember of it, or not at all.
        assert count(site, "webmag_article") == count(site, "webmag_importedarticle")
    said = start(site, path).communicate(timeout=PATIENCE)[0].strip().splitlines()[-1]
    assert said.startswith(f"articles={ARTICLES} created={ARTICLES} unchanged=0"), said
    assert {table: count(site, table) for table in TABLES} == TABLES
    again = start(site, path).communicate(timeout=PATIENCE)[0].strip().splitlines()[-1]
    assert again.startswith(f"articles={ARTICLES} created=0 unchanged={ARTICLES}"), again
    assert count(site, "webmag_article") == ARTICLES
