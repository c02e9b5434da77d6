"""Files that are made once: whole, on the disk, and for their owner only."""

import os
import stat

from config.kept_secret import kept_secret
from home import kept_files


def test_a_secret_is_made_once_and_for_its_owner_only(tmp_path):
    path = tmp_path / "secret-key"
    first = kept_secret(path)
    assert len(first) > 50 and kept_secret(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == [path.name], "nothing else is left there"


def test_a_file_has_its_name_only_when_its_words_are_on_the_disk(tmp_path, monkeypatch):
    path, done = tmp_path / "key", []
    for name in ("fsync", "link"):
        act = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *to, name=name, act=act: (done.append(name), act(*to)))
    assert kept_files.made_once(path, lambda: b"x") == b"x"
    assert done == ["fsync", "link"]


def test_who_comes_second_gets_what_the_first_one_made(tmp_path):
    path = tmp_path / "key"

    def make():
        path.write_bytes(b"first")
        return b"second"

    assert kept_files.made_once(path, make) == b"first"
    assert os.listdir(tmp_path) == [path.name]
