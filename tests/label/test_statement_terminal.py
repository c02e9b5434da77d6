"""The command line that checks signed badges: one word and one exit code for each answer."""

import contextlib
import io
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from label.statements import signed, terminal
from tests.label.statements import SAID, Label

LABEL = Label()
OTHER = Label(b"o" * 32)
BADGE = LABEL.badge()


@pytest.fixture
def files(tmp_path):
    """A badge, the keys, an empty list, one that names the badge."""
    for name, raw in {
        "badge.json": BADGE,
        "keys.json": LABEL.keys(),
        "list.json": LABEL.list(),
        "revoked.json": LABEL.list(SAID["id"]),
        "broken.json": b"{}",
        "altered.json": BADGE.replace(b"chevrerie.example", b"copieur--.example"),
        "far.json": BADGE + b" " * signed.LARGEST_STATEMENT + b"et plus",
        "far-list.json": LABEL.list() + b"\n" * signed.LARGEST_LIST + b"et plus",
        "other.json": OTHER.badge(issuer="https://ailleurs.example"),
    }.items():
        (tmp_path / name).write_bytes(raw)
    return tmp_path


CASES = [
    ("badge.json --keys keys.json --revocations list.json", "genuine", 0),
    ("badge.json --keys keys.json --site chevrerie.example", "genuine", 0),
    ("badge.json --keys keys.json --revocations broken.json", "undecided", 1),
    ("badge.json --keys broken.json", "undecided", 1),
    ("badge.json --keys missing.json", "undecided", 1),
    ("missing.json --keys keys.json", "undecided", 1),
    ("badge.json", "undecided", 1),
    ("badge.json --keys keys.json --site ftp://x", "undecided", 1),
    ("badge.json --keys keys.json --at hier", "undecided", 1),
    ("altered.json --keys keys.json", "altered", 3),
    ("keys.json --keys keys.json", "altered", 3),
    ("far.json --keys keys.json", "altered", 3),
    ("badge.json --keys keys.json --revocations far-list.json", "undecided", 1),
    ("badge.json --keys keys.json --site=", "undecided", 1),
    ("badge.json --keys keys.json --revocations=", "undecided", 1),
    ("badge.json --keys=", "undecided", 1),
    ("badge.json --keys keys.json --at 2027-05-04", "expired", 4),
    ("badge.json --keys keys.json --revocations revoked.json", "revoked", 5),
    ("badge.json --keys keys.json --site https://copieur.example/", "other-site", 6),
    ("other.json --keys keys.json", "other-site", 6),
]


@pytest.mark.parametrize(("line", "word", "code"), CASES)
def test_each_answer_has_its_word_and_its_exit_code(files, monkeypatch, capsys, line, word, code):
    monkeypatch.chdir(files)
    at = [] if "--at" in line else ["--at", "2027-03-02"]
    assert terminal.main([*line.split(), *at]) == code
    said = capsys.readouterr().out
    assert said.endswith(f"\nverdict={word}\n")
    is_read = word not in ("altered", "undecided") and "other.json" not in line
    assert ("Chèvrerie" in said) == is_read
    assert ("Sans liste" in said) == (word == "genuine" and "--revocations" not in line)


def test_standard_input_is_read_and_a_terminal_is_not_played_with(files, monkeypatch, capsys):
    monkeypatch.chdir(files)
    odd = LABEL.badge(holder="\x7f\u202eéirervèhC\u2028")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(odd)))
    assert terminal.main(["-", "--keys", "keys.json", "--at", "2027-03-02"]) == 0
    said = capsys.readouterr().out
    assert "éirervèhC" in said
    assert not {"\x7f", "\u202e", "\u2028"} & set(said)


def test_without_standard_input_there_is_no_badge(files, monkeypatch, capsys):
    monkeypatch.chdir(files)
    monkeypatch.setattr(sys, "stdin", None)
    assert terminal.main(["-", "--keys", "keys.json"]) == 3
    assert capsys.readouterr().out.endswith("verdict=altered\n")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_name_that_the_terminal_cannot_write_changes_no_answer(files, encoding):
    output = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    with contextlib.chdir(files), contextlib.redirect_stdout(output):
        assert terminal.main(["badge.json", "--keys", "keys.json", "--at", "2027-03-02"]) == 0
    output.seek(0)
    said = output.read()
    assert "vrerie" in said
    assert said.endswith("verdict=genuine\n")


def test_it_runs_where_the_site_never_was(files):
    """Neither Django, nor settings, nor network: what it imports is looked at."""
    code = (
        "import sys, socket\n"
        "socket.socket.connect = None\n"
        "from label.statements import terminal\n"
        "code = terminal.main(sys.argv[1:])\n"
        "assert 'django' not in sys.modules\n"
        "sys.exit(code)\n"
    )
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    command = [sys.executable, "-c", code, "badge.json", "--keys", "keys.json"]
    command += ["--at", "2027-03-02"]
    environment = {"PYTHONPATH": root, "PATH": os.environ["PATH"]}
    done = subprocess.run(
        command, cwd=files, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("verdict=genuine\n")
