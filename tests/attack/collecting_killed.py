"""A site of its own whose collector is killed again and again, and what must be true of it."""

import signal
import time
from contextlib import closing
from pathlib import Path

from tests.attack.killed import count, database, start

SOURCES, ENTRIES = 30, 4
PATIENCE = 180
DOUBLED = "SELECT COUNT(*) - COUNT(DISTINCT {0}) FROM {1}"


def fill(site, outside):
    """Sources to follow, by the list that an operator would give."""
    lines = []
    for number in range(SOURCES):
        names = [f"n{number}-{entry}" for entry in range(ENTRIES)]
        url = outside.feed(f"/flux-{number}", *((name, "#mis78") for name in names), etag='"1"')
        lines.append(f'<outline text="Source {number}" xmlUrl="{url}"/>')
    path = Path(site["SITE_DATA"]) / "sources.opml"
    path.write_text(f'<opml version="2.0"><body>{"".join(lines)}</body></opml>', "utf-8")
    said = start(site, "import_sources", str(path)).communicate(timeout=PATIENCE)[0]
    assert f"created={SOURCES}" in said, said


def kill_at_random(site, chance):
    """Begin to collect, and kill it with -9 once it has kept some more, or before."""
    seen = count(site, "SELECT COUNT(*) FROM label_item")
    enough = seen + chance.randrange(0, SOURCES * ENTRIES // 4)
    child = start(site, "collect")
    ends = time.monotonic() + PATIENCE
    while child.poll() is None and time.monotonic() < ends:
        if count(site, "SELECT COUNT(*) FROM label_item") > enough:
            time.sleep(chance.random() * 0.02)
            break
        time.sleep(0.002)
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()


def check(site, whole=False):
    """Nothing doubled, nothing half there; with `whole` nothing missing."""
    for column, table in (
        ("canonical_uri", "label_item"),
        ("source_id || ' ' || guid", "label_sighting"),
        ("content_object_id || ' ' || tag_id", "label_itemtag"),
    ):
        assert count(site, DOUBLED.format(column, table)) == 0
    items = count(site, "SELECT COUNT(*) FROM label_item")
    assert items % ENTRIES == 0
    assert count(site, "SELECT COUNT(*) FROM label_sighting") == items
    assert count(site, "SELECT COALESCE(SUM(brought), 0) FROM label_source") == items
    # Who is asked « anything new? » has given all it had.
    told = count(site, "SELECT COUNT(*) FROM label_source WHERE etag <> ''")
    assert told * ENTRIES == items
    if whole:
        assert items == SOURCES * ENTRIES


def rounds(site, outside, kills, chance):
    """Kill it so many times; from nothing again whenever all is there; then let it end."""
    for _ in range(kills):
        kill_at_random(site, chance)
        check(site)
        if count(site, "SELECT COUNT(*) FROM label_item") == SOURCES * ENTRIES:
            forget(site)
    said = start(site, "collect").communicate(timeout=PATIENCE)[0]
    assert "failed=0" in said.strip().splitlines()[-1], said
    check(site, whole=True)


def forget(site):
    """As if nothing had been collected yet."""
    with closing(database(site)) as opened, opened:
        for table in ("label_itemtag", "label_sighting", "label_item"):
            opened.execute(f"DELETE FROM {table}")  # noqa: S608 -- our own names
        opened.execute("UPDATE label_source SET etag = '', brought = 0, polled_at = NULL")
