"""One row of the table: ours, its floor, what was promised."""

from dataclasses import asdict, dataclass, field

from benchmarks.timing import Timing


@dataclass(frozen=True)
class Goal:
    """What goals.md promises of a value, in French, and whether this run keeps it."""

    says: str
    value: float
    met: bool


def at_most(limit: float, value: float, unit: str) -> Goal:
    """A goal that is kept while the value stays below."""
    return Goal(f"≤ {limit:g} {unit}".replace(".", ","), round(value, 3), value <= limit)


def at_least(limit: float, value: float, unit: str) -> Goal:
    """A goal that is kept from this value on."""
    return Goal(f"≥ {limit:g} {unit}".replace(".", ","), round(value, 3), value >= limit)


@dataclass
class Row:
    """A measured operation. `absent` says why there is nothing to measure."""

    name: str
    title: str
    ours: Timing | None = None
    floor: Timing | None = None
    floor_is: str = ""
    goals: list[Goal] = field(default_factory=list)
    facts: dict = field(default_factory=dict)
    absent: str = ""
    engine: str = ""
    size: int = 0

    @property
    def ratio(self) -> float | None:
        """How many times the floor's duration."""
        return self.ours.median / self.floor.median if self.ours and self.floor else None

    def promise(self, *goals: Goal) -> "Row":
        """Add what was promised."""
        self.goals += goals
        return self

    def as_json(self) -> dict:
        """Ready for JSON; durations in milliseconds."""
        return {
            "row": self.name,
            "title": self.title,
            "engine": self.engine,
            "size": self.size,
            "state": "absent" if self.absent else "measured",
            "absent": self.absent,
            "ours_ms": self.ours and self.ours.as_json(),
            "floor_ms": self.floor and self.floor.as_json(),
            "floor": self.floor_is,
            "ratio": self.ratio and round(self.ratio, 3),
            "goals": [asdict(goal) for goal in self.goals],
            "facts": self.facts,
        }
