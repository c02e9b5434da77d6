"""bin/bench: that every row is measured or says why not, and that what it writes is complete.

How long things take is not asked here: that is for bin/bench itself.
"""

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection

from benchmarks import __main__ as command
from benchmarks import engine, table
from benchmarks.row import at_least, at_most
from benchmarks.rows import ROWS
from benchmarks.timing import Contender, Effort, Timing, by_turns

ROOT = Path(__file__).resolve().parent.parent.parent
SIZE = 60


@pytest.fixture
def one_connection():
    """Requests leave the test's transaction alone, as with Django's own test client."""
    signals = request_started, request_finished
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def measured(db, categories, one_connection, settings):
    """Everything that a quick run says, as it comes back from JSON."""
    settings.ROOT_URLCONF = "benchmarks.urls"
    lines = engine.measure(connection.vendor, [SIZE], list(ROWS), quick=True)
    return [json.loads(json.dumps(line)) for line in lines]


def test_every_row_is_measured_or_says_why_not(measured):
    facts, seeding, *rows = measured
    assert facts["version"].lower().startswith(connection.vendor)
    assert seeding["seeding"]["created"] == SIZE
    assert {row["row"].partition("-")[0] for row in rows} == set(ROWS)
    for row in rows:
        assert (row["engine"], row["size"]) == (connection.vendor, SIZE)
        assert (row["state"] == "measured") != bool(row["absent"])
        for timing in filter(None, (row["ours_ms"], row["floor_ms"])):
            assert 0 < timing["least"] <= timing["median"] <= timing["p95"]
        assert bool(row["ratio"]) == bool(row["ours_ms"] and row["floor_ms"])
    by_name = {row["row"]: row for row in rows}
    assert by_name["search"]["facts"]["results"] > 0
    assert by_name["listing-304"]["facts"]["status"] == 304
    assert by_name["listing"]["goals"][0]["met"]
    assert by_name["images"]["goals"] == [{"says": "faites à l’envoi", "value": 12, "met": True}]

    text, markdown = table.as_text(rows), table.as_markdown(rows)
    assert len(text.splitlines()) == len(rows) + 1
    assert len(markdown.splitlines()) == len(rows) + 2
    assert {line.count("|") for line in markdown.splitlines()} == {9}


def test_a_row_that_fails_costs_no_other(db, categories, one_connection, settings, monkeypatch):
    def fails(bench):
        raise RuntimeError("as a row may")

    settings.ROOT_URLCONF = "benchmarks.urls"
    monkeypatch.setitem(ROWS, "nearest", fails)
    lines = list(engine.measure(connection.vendor, [20], ["nearest", "weight"], quick=True))
    monkeypatch.setattr(command, "database", lambda engine: nullcontext(""))
    monkeypatch.setattr(command, "run", lambda *_: lines)
    report = {"engines": {}, "seeding": [], "rows": [], "skipped": [], "broken": False}
    command.measure(connection.vendor, None, report)

    assert [row["row"] for row in report["rows"]] == ["weight"]
    assert report["broken"] and "nearest" in report["skipped"][0]


def test_contenders_take_turns_and_the_short_one_runs_more_often():
    seen = []
    effort = Effort(seconds=0, least=2, most=2, warm_up=1, most_in_a_row=4)
    long, short = by_turns(
        effort,
        Contender(lambda: (seen.append("long"), sum(range(200_000))), lambda: seen.append("…")),
        Contender(lambda: seen.append("short")),
    )
    first, second = ["…", "long"], ["short"] * 4
    assert seen == ["…", "long", "short", *first, *second, *second, *first]
    assert len(long.runs) == len(short.runs) == 2
    assert short.median < long.median


def test_the_middle_and_the_slowest_twentieth():
    timing = Timing(list(range(1, 101)), [1.0])
    assert (timing.median, timing.p95) == (50.5, 96)


def test_goals_are_met_or_not():
    assert at_most(10, 10, "×").met
    assert not at_most(1.2, 1.21, "×").met
    assert at_most(1.2, 1, "×").says == "≤ 1,2 ×"
    assert at_least(300, 301, "fiches/s").met
    assert not at_least(300, 299, "fiches/s").met


@pytest.mark.parametrize(
    "arguments", [["--rows", "vite"], ["--engines", "oracle"], ["--sizes", "0"]]
)
def test_what_does_not_exist_is_refused(arguments, capsys):
    with pytest.raises(SystemExit) as refused:
        command.options().parse_args(arguments)
    assert refused.value.code == 2
    assert "bin/bench" in capsys.readouterr().err


def test_only_the_tables_of_the_guide_are_written_anew(tmp_path, monkeypatch):
    guide = tmp_path / "performance.md"
    guide.write_text(f"Avant.\n\n{command.START}\nvieux\n{command.END}\n\nAprès.\n")
    monkeypatch.setattr(command, "DOC", guide)
    machine = {
        "cores": 2,
        "processor": "X",
        "memory_gb": 4,
        "load": [0.5],
        "python": "3",
        "django": "5",
        "wagtail": "7",
    }
    report = {"made": "2026-11-22T10:00:00+01:00", "machine": machine, "seconds": 3}
    command.write_docs(report | {"engines": {"sqlite": "SQLite 3"}, "rows": [], "skipped": []})
    text = guide.read_text()
    assert text.startswith("Avant.\n\n") and text.endswith("\n\nAprès.\n")
    assert "vieux" not in text
    assert "### SQLite 3" in text


def test_the_guide_has_its_place_for_the_tables():
    text = command.DOC.read_text(encoding="utf-8")
    assert text.index(command.START) < text.index(command.END)


@pytest.mark.process
def test_the_command_measures_and_leaves_nothing_behind(tmp_path):
    out = tmp_path / "figures.json"
    env = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    env |= {"VENV": sys.prefix, "TMPDIR": str(tmp_path)}
    arguments = ["--quick", "--sizes", "20", "--engines", "sqlite", "--rows", "nearest,home"]
    done = subprocess.run(
        [ROOT / "bin/bench", *arguments, "--json", out], env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(out.read_text())
    assert {row["row"] for row in report["rows"]} == {"nearest", "home", "home-cached"}
    assert "vue constante" in json.dumps(report, ensure_ascii=False)
    assert "SQLite" in done.stdout
    assert list(tmp_path.iterdir()) == [out]
