"""A blog's import that is killed at random points, again and again, then left alone to finish."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from tests.attack import killed
from tests.webmag.blogs.served import OldBlog
from tests.webmag.blogs.wordpress import large

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
    env = killed.site_in(
        tmp_path,
        # The door opens to this machine only so.
        DEBUG="1",
        ALLOW_PRIVATE_FETCH=blog.entry,
        PYTHONPATH=str(killed.ROOT),
    )
    subprocess.run([sys.executable, "-c", TEAM], cwd=killed.ROOT, env=env, check=True)
    return env


def start(site, path):
    """Start the import."""
    who = ["--magazine=echo", "--author=paul@example.org"]
    return killed.start(site, "import_blog", str(path), *who)


def count(site, table):
    """How many rows a table of the site has."""
    return killed.count(site, EVERYTHING.format(table))


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
