"""Files that are made once and must never be lost or half there: keys, secrets."""

import os
import secrets
from pathlib import Path


def made_once(path: Path, make) -> bytes:
    """What the file says; `make()` returns what it says if there is none yet.

    Two processes may start at once: both get what the first one made. Raises `OSError`.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        fresh = written_beside(path, make())
    try:
        # link() lets the first of two win, and shows nobody half a file.
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_bytes()


def written_beside(path: Path, content: bytes) -> Path:
    """A new file in the same folder, for its owner only, and safe on the disk; raises `OSError`."""
    fresh = path.with_suffix(f".{secrets.token_hex(8)}")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        # Without it a power cut may leave the name and nothing in it: a site without its key.
        os.fsync(file.fileno())
    return fresh
