"""Measuring things in turns, so that what disturbs the machine disturbs all of them alike."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

WARM_UP_ROUNDS = 10
"""Rounds that do not count: caches fill, processes wake."""


@dataclass(frozen=True)
class Measured:
    """How long one thing took, in milliseconds, and the raw thing it stands beside."""

    name: str
    median: float
    slow: float
    """19 of 20 were not slower."""
    beside: "Measured | None" = None

    @property
    def ratio(self) -> float | None:
        """How many times the raw thing's median; None without one."""
        return self.median / self.beside.median if self.beside else None


def seconds(do: Callable[[], object]) -> float:
    """How long it takes, once."""
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def in_turns(things: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, Measured]:
    """Do each thing once a round; the first rounds do not count."""
    took: dict[str, list[float]] = {name: [] for name in things}
    for turn in range(WARM_UP_ROUNDS + rounds):
        for name, do in things.items():
            passed = seconds(do)
            if turn >= WARM_UP_ROUNDS:
                took[name].append(passed)
    return {name: summary(name, times) for name, times in took.items()}


def summary(name: str, times: Sequence[float]) -> Measured:
    """Median and 95th percentile of so many seconds, at least two."""
    median, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    return Measured(name, median * 1000, slow * 1000)
