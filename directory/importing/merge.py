"""The three-way merge: what the file said last time, what stands there now, what it says today."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from directory.exporting.values import EMPTY

ABSENT = object()


@dataclass(slots=True)
class Merge:
    """The outcome for one listing: `changes` to make, `conflicts` to report."""

    changes: dict = field(default_factory=dict)
    conflicts: dict = field(default_factory=dict)


def merge(old: dict, present: dict, new: dict, elsewhere: Iterable[dict] = ()) -> Merge:
    """Merge the values of one listing, field by field.

    `old` is what this source said last time ({} the first time), `present` what the listing
    says, `new` what the source says today, `elsewhere` what other sources say: a value from
    there is nobody's handwriting, so that it is kept without a conflict.
    """
    outcome = Merge()
    for name, value in new.items():
        before, now = old.get(name, ABSENT), present[name]
        if value in (before, now):
            continue
        if now == before or (before is ABSENT and now in EMPTY):
            outcome.changes[name] = value
        elif value not in EMPTY and not any(said.get(name, ABSENT) == now for said in elsewhere):
            outcome.conflicts[name] = value
    return outcome


def fill(present: dict, new: dict) -> dict:
    """The changes that a further source may make: only where the listing says nothing."""
    return {
        name: value for name, value in new.items() if present[name] in EMPTY and value not in EMPTY
    }
