"""Measuring several ways of doing a thing by turns, so that a busy moment hits them alike."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Effort:
    """How long to measure: until `seconds` have gone, between `least` and `most` turns."""

    seconds: float = 1.0
    least: int = 15
    most: int = 300
    warm_up: int = 3
    most_in_a_row: int = 200

    @classmethod
    def quick(cls) -> "Effort":
        """Just enough to see that it works."""
        return cls(seconds=0, least=2, most=2, warm_up=1, most_in_a_row=1)


@dataclass(frozen=True)
class Timing:
    """Durations in milliseconds, shortest first; `cpu` is what this process computed of them."""

    runs: list[float]
    cpu: list[float]

    @classmethod
    def of(cls, *runs: "Run") -> "Timing":
        """What these runs took."""
        return cls(sorted(run.wall for run in runs), sorted(run.cpu for run in runs))

    @property
    def median(self) -> float:
        """The duration in the middle."""
        return median(self.runs)

    @property
    def p95(self) -> float:
        """Nineteen of twenty are at most this long."""
        return self.runs[min(len(self.runs) - 1, round(len(self.runs) * 0.95))]

    def as_json(self) -> dict:
        """Ready for JSON; milliseconds."""
        return {
            "median": round(self.median, 4),
            "p95": round(self.p95, 4),
            "least": round(self.runs[0], 4),
            "cpu": round(median(self.cpu), 4),
            "runs": len(self.runs),
        }


@dataclass(frozen=True)
class Run:
    """One time: by the clock on the wall, and what this process computed; milliseconds."""

    wall: float
    cpu: float


@dataclass
class Contender:
    """Something to be timed: `act`, after `prepare`, which is not timed.

    What is short is done `times` in a row, so that it lasts as long as its rival: on a busy
    machine only what lasts is interrupted.
    """

    act: Callable[[], object]
    prepare: Callable[[], object] = lambda: None
    times: int = 1

    def run(self) -> Run:
        """Do it, and say how long one time took."""
        wall = cpu = 0.0
        for _ in range(self.times):
            self.prepare()
            started, computed = time.perf_counter(), time.process_time()
            self.act()
            wall += time.perf_counter() - started
            cpu += time.process_time() - computed
        return Run(wall * 1000 / self.times, cpu * 1000 / self.times)


def by_turns(effort: Effort, *contenders: Contender) -> list[Timing]:
    """Time the contenders again and again, in alternating order."""
    found = [[] for _ in contenders]
    trials = [[contender.run() for contender in contenders] for _ in range(effort.warm_up)]
    longest = max(run.wall for run in trials[-1])
    for contender, run in zip(contenders, trials[-1], strict=True):
        contender.times = max(1, min(effort.most_in_a_row, round(longest / run.wall)))
    gc.collect()
    order = list(range(len(contenders)))
    deadline = time.perf_counter() + effort.seconds * len(contenders)
    turn = 0
    while turn < effort.least or (turn < effort.most and time.perf_counter() < deadline):
        for number in order:
            found[number].append(contenders[number].run())
        order.reverse()
        turn += 1
    return [Timing.of(*runs) for runs in found]
