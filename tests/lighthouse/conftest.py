"""The demo as the public sees it, and Lighthouse in front of it."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.browser.conftest import CHROMIUMS
from tests.browser.served import Served

LIGHTHOUSE = Path(__file__).parent / "node_modules" / "lighthouse" / "cli" / "index.js"
CHROMIUM_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-background-networking",
    "--host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'",
)
TIMEOUT_SECONDS = 180
# On a busy machine the browser sometimes loses its own trace (NO_NAVSTART).
ATTEMPTS = 3
OPEN_TO_ALL = (
    "from home.models import SiteSettings; site = SiteSettings.load(); "
    "site.hidden_from_search_engines = False; site.save()"
)


def pytest_collection_modifyitems(items):
    """Whatever lies in this folder needs Lighthouse."""
    for item in items:
        if "tests/lighthouse/" in item.path.as_posix():
            item.add_marker(pytest.mark.lighthouse)


@pytest.fixture(scope="session")
def site():
    """The demo, open to search engines, on a server of its own."""
    served = Served(tempfile.mkdtemp(prefix="lighthouse-site-"))
    # No network: the map's background is a picture of the site itself.
    served.env["TILE_URL"] = f"{served.url}/static/home/favicon-32.png?{{z}}/{{x}}/{{y}}"
    try:
        served.python("-m", "config.prepare")
        served.python("manage.py", "load_demo")
        served.python("manage.py", "shell", "-c", OPEN_TO_ALL)
        served.start()
        yield served
    finally:
        served.stop()


@pytest.fixture(scope="session")
def audit(site):
    """Ask Lighthouse about a page, as on a telephone: `audit("/")` returns its report."""
    node = shutil.which("node")
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if not (node and chromium and LIGHTHOUSE.exists()):
        pytest.skip("il faut node, Chromium et : npm ci --prefix tests/lighthouse")

    def ask(path):
        command = [node, LIGHTHOUSE, site.url + path, "--quiet", "--output=json"]
        command += ["--no-enable-error-reporting", f"--chrome-flags={' '.join(CHROMIUM_FLAGS)}"]
        said = ""
        for _ in range(ATTEMPTS):
            done = subprocess.run(
                command,
                env=os.environ | {"CHROME_PATH": chromium},
                capture_output=True,
                text=True,
                timeout=TIMEOUT_SECONDS,
            )
            if done.returncode == 0:
                return json.loads(done.stdout)
            said = done.stderr
        pytest.fail(said)

    return ask
