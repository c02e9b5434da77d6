"""What an import counts and says."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

# In the order of the summary; the further ones are shown only when they happened.
COUNTS = ("created", "updated", "unchanged", "merged", "failed")
FURTHER = ("removed", "conflicts", "missing", "returned")


@dataclass
class Report:
    """Counters of one import; `say` gets each message once its chunk is in the database.

    `say(level, text)`: level is « error », « warning » or « diff ».
    """

    say: Callable[[str, str], None]
    counts: Counter = field(default_factory=Counter)
    unknown_categories: Counter = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        """Rows accounted for: each is counted exactly once."""
        return sum(self.counts[name] for name in (*COUNTS, "removed"))

    @property
    def failed(self) -> int:
        return self.counts["failed"]

    def summary(self) -> str:
        """The last line: « rows=460 created=449 updated=0 … »."""
        shown = [*COUNTS, *(name for name in FURTHER if self.counts[name])]
        return f"rows={self.rows} " + " ".join(f"{name}={self.counts[name]}" for name in shown)

    def absorb(self, notes: "Notes") -> None:
        """Add what a chunk has counted and say its messages."""
        self.counts += notes.counts
        self.unknown_categories += notes.unknown_categories
        for level, text in notes.messages:
            self.say(level, text)

    def say_unknown_categories(self) -> None:
        """One warning for each unknown category, with how many rows had it."""
        for name, count in self.unknown_categories.most_common():
            plural = "s" if count > 1 else ""
            self.say(
                "warning",
                f"catégorie inconnue « {name[:80]} » : {count} ligne{plural}, sans métier",
            )


@dataclass
class Notes:
    """What one chunk counts and says; thrown away when the chunk has to be tried again."""

    counts: Counter = field(default_factory=Counter)
    unknown_categories: Counter = field(default_factory=Counter)
    messages: list[tuple[str, str]] = field(default_factory=list)

    def error(self, text: str) -> None:
        self.messages.append(("error", text))

    def warn(self, text: str) -> None:
        self.messages.append(("warning", text))

    def diff(self, text: str) -> None:
        self.messages.append(("diff", text))
