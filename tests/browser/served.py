"""The real site in processes of its own: granian, real settings, an empty data folder.

Nothing of it is shared with the tests' process, so that Playwright's event loop and Django's
connections never meet; tests look into its database with `rows`.
"""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ANSWER_SECONDS = 60
# Nothing listens there: addresses are looked up without any network, and fail at once.
NOWHERE = "http://127.0.0.1:9"


class Served:
    """A running site: `url` without a slash at its end, and its data folder."""

    def __init__(self, data):
        self.data = Path(data)
        self.url = f"http://127.0.0.1:{free_port()}"
        self.env = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(ROOT),
            "SITE_DATA": str(self.data),
            "SITE_URL": self.url,
            "GEOCODER_URL": NOWHERE,
            # Four slashes: an absolute path, which the tests that open mailed links read.
            "EMAIL_URL": f"filemail:///{self.data}/mails",
            # The map's background: `conftest.visitor` answers for it.
            "TILE_URL": f"{self.url}/fond/{{z}}/{{x}}/{{y}}.png",
            # Each visitor of the tests has an address of his own, see `conftest.visitor`.
            "TRUSTED_PROXIES": "127.0.0.1",
            "DEMO": "0",
            "DEBUG": "0",
        }
        self.server = None

    def python(self, *arguments):
        """Run Python with the site's settings to its end; return what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments], env=self.env, cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self):
        """Start the web server and wait for its first answer."""
        self.log = (self.data / "server.log").open("wb")
        command = [
            str(Path(sys.executable).with_name("granian")),
            "--interface=wsgi",
            "--host=127.0.0.1",
            f"--port={self.url.rpartition(':')[2]}",
            "--workers=1",
            "--blocking-threads=4",
            "--no-ws",
            "--log-level=warning",
            "config.wsgi:application",
        ]
        self.server = subprocess.Popen(
            command,
            env=self.env,
            cwd=ROOT,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        deadline = time.monotonic() + ANSWER_SECONDS
        while not self.answers():
            assert self.server.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.1)

    def answers(self):
        """Whether the health page answers."""
        try:
            with urllib.request.urlopen(f"{self.url}/sante/", timeout=10) as answer:  # noqa: S310 -- our own
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError):
            return False

    def said(self):
        """What the server wrote, for failing tests."""
        self.log.flush()
        return (self.data / "server.log").read_text(errors="replace")

    def stop(self):
        """Stop the server and whatever it started; throw the data away."""
        if self.server:
            os.killpg(self.server.pid, signal.SIGTERM)
            try:
                self.server.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(self.server.pid, signal.SIGKILL)
                self.server.wait()
            self.log.close()
        shutil.rmtree(self.data, ignore_errors=True)

    def rows(self, query, *values):
        """Rows of the site's database, as the server left it."""
        connection = sqlite3.connect(self.data / "db.sqlite3", timeout=30)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()


def free_port():
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
