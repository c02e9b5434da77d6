"""bin/serve from start to stop, as whoever runs it sees it."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 240
STOP_SECONDS = 30

pytestmark = pytest.mark.process


def free_port():
    """A port on which nothing listens at the moment."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(folder, port):
    """A running bin/serve with an empty site, and what it says."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    for name in ("SITE_URL", "DATABASE_URL", "CACHE_URL"):
        env.pop(name, None)
    env |= {"SITE_DATA": str(folder), "PORT": str(port), "DEMO": "0", "VENV": sys.prefix}
    child = subprocess.Popen(
        [ROOT / "bin/serve"],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield child
    finally:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
            child.wait(STOP_SECONDS)
        child.stdout.close()


def until_ready(child):
    """Read until the line that promises an answer; fails if it never comes."""
    deadline = time.monotonic() + START_SECONDS
    said = []
    for line in child.stdout:
        said.append(line)
        if line.startswith("ready: "):
            return line.removeprefix("ready: ").strip()
        assert time.monotonic() < deadline, "".join(said)
    raise AssertionError("".join(said))


def ask(port, path):
    """GET a path; (status, body)."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()


def heartbeat_age(port):
    """The age of the worker's heartbeat in seconds, as soon as there is one."""
    for _ in range(START_SECONDS):
        worker = json.loads(ask(port, "/sante/")[1])["worker"]
        if worker:
            return worker["heartbeat_age"]
        time.sleep(1)
    raise AssertionError("the worker never beat")


def children_with(folder):
    """Processes that still run with this data folder in their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder).encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_bytes())
        except OSError:
            continue
    return found


def test_the_site_starts_answers_and_stops_with_all_its_processes(tmp_path):
    port = free_port()
    with serving(tmp_path, port) as child:
        assert until_ready(child) == f"http://127.0.0.1:{port}"
        status, body = ask(port, "/sante/")
        assert status == 200
        assert json.loads(body)["database"] == "ok"
        assert ask(port, "/annuaire/")[0] == 200
        assert heartbeat_age(port) < START_SECONDS
        assert len(children_with(tmp_path)) >= 3

        other = subprocess.run(
            [ROOT / "bin/serve"],
            env=os.environ | {"PORT": str(port), "VENV": sys.prefix},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert other.returncode == 1
        assert f"127.0.0.1:{port}" in other.stderr

        child.send_signal(signal.SIGTERM)
        assert child.wait(STOP_SECONDS) == 0
    assert children_with(tmp_path) == []


@pytest.mark.parametrize("port", ["zéro", "0", "70000", "-1"])
def test_a_port_that_is_none_is_said_plainly(port):
    env = os.environ | {"PORT": port, "VENV": sys.prefix}
    done = subprocess.run([ROOT / "bin/serve"], env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "PORT" in done.stderr
    assert "Traceback" not in done.stderr
