"""Which kinds of things the index holds, and how each is read into it again."""

from collections.abc import Callable
from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of thing: what people call one, and `rebuild(done)`.

    That indexes all of them, calls `done` with the number so far, and returns how many entries
    of things that are gone it dropped.
    """

    name: str
    rebuild: Callable[[Callable[[int], None]], int]


kinds: dict[str, Kind] = {}


def rebuilt_by(kind: str, name: str, rebuild: Callable) -> None:
    """Say how things of a kind are indexed again; rooms call it when they are ready."""
    kinds[kind] = Kind(name, rebuild)
