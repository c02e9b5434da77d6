"""An import that is killed in the middle, twice, and then left alone to finish."""

import signal
import time

import pytest

from tests.attack import killed
from tests.attack.killed import count
from tests.directory.workbooks import write_xlsx

ROWS = 1_200
PATIENCE = 120

# The killed process works on a copy of SQLite's file.
pytestmark = [pytest.mark.process, pytest.mark.sqlite, pytest.mark.django_db]


@pytest.fixture
def site(tmp_path):
    """The environment of a site with a database of its own, as empty as the tests' one."""
    # Nothing listens there: no address is looked up.
    return killed.site_in(tmp_path, GEOCODER_URL="http://127.0.0.1:9")


def start(site, path):
    """Start an import of a file."""
    return killed.start(site, "import_listings", str(path), "--source=mairie", "--licence=LO")


def test_nothing_is_lost_or_doubled_by_kill_9(site, tmp_path):
    rows = [[f"Ferme no {n}", f"{n} rue du Puits", 78120, f"0139{n:06}"] for n in range(ROWS)]
    path = write_xlsx(tmp_path, ["nom", "adresse", "code postal", "téléphone"], *rows)
    for enough in (1, 501):
        child = start(site, path)
        deadline = time.monotonic() + PATIENCE
        while count(site, "SELECT COUNT(*) FROM directory_listing") < enough:
            assert child.poll() is None, child.stdout.read()
            assert time.monotonic() < deadline
            time.sleep(0.02)
        child.send_signal(signal.SIGKILL)
        child.wait()
        whole = count(site, "SELECT COUNT(*) FROM directory_listing")
        assert whole in (500, 1_000)
        assert count(site, "SELECT COUNT(*) FROM directory_listingsource") == whole
    said = start(site, path).communicate(timeout=PATIENCE)[0].strip().splitlines()[-1]
    assert said.startswith(f"rows={ROWS} created={ROWS - whole} updated=0 unchanged={whole}")
    for table in ("directory_listing", "directory_listingsource"):
        assert count(site, f"SELECT COUNT(*) FROM {table}") == ROWS  # noqa: S608 -- our own name
    assert count(site, "SELECT COUNT(DISTINCT name) FROM directory_listing") == ROWS
