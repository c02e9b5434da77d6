"""A site of its own, on a copy of the tests' database, whose processes are killed with -9."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent


def site_in(folder, **more):
    """The environment of a site with its data in this folder, as empty as the tests' one."""
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as ours,
        closing(sqlite3.connect(folder / "db.sqlite3")) as theirs,
    ):
        ours.backup(theirs)
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    own = {"DJANGO_SETTINGS_MODULE": "config.settings", "SITE_DATA": str(folder), "DEMO": "0"}
    return env | own | more


def database(site):
    """A connection to the site's file."""
    return sqlite3.connect(Path(site["SITE_DATA"]) / "db.sqlite3", timeout=30)


def count(site, query):
    """What a query counts."""
    with closing(database(site)) as opened:
        return opened.execute(query).fetchone()[0]


def start(site, *command):
    """A command of the site's, begun; what it says can be read from it."""
    return subprocess.Popen(  # noqa: S603 -- our own program
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=site,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
