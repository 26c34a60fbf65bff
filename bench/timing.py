"""Measuring things in turns, so that what disturbs the machine disturbs all of them alike."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

WARM_UP_ROUNDS = 5


@dataclass(frozen=True)
class Measured:
    """How long one thing took, in milliseconds, and the raw thing it stands beside."""

    name: str
    median: float
    slow: float
    """19 of 20 were not slower."""
    beside: "Measured | None" = None


def in_turns(things: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, Measured]:
    """Do each thing once a round; the first rounds, in which caches fill, do not count."""
    took: dict[str, list[float]] = {name: [] for name in things}
    for turn in range(WARM_UP_ROUNDS + rounds):
        for name, do in things.items():
            began = time.perf_counter()
            do()
            if turn >= WARM_UP_ROUNDS:
                took[name].append((time.perf_counter() - began) * 1000)
    return {
        name: Measured(name, statistics.median(times), statistics.quantiles(times, n=20)[-1])
        for name, times in took.items()
    }
