"""What a row of the benchmark is: something that is measured at several sizes."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Measure:
    """One size: how long it took, and what was counted on the way."""

    size: int
    seconds: float
    counts: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """``measure`` measures one size in a process of its own; ``quick`` sizes take seconds, ``sizes`` minutes."""

    name: str
    measure: Callable[[int], Measure]
    quick: tuple[int, ...]
    sizes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Watch:
    """Seconds of the core and of the wall since it was made."""

    core: float = field(default_factory=time.process_time)
    wall: float = field(default_factory=time.perf_counter)

    def seconds(self) -> float:
        """How long the core worked for this process."""
        return time.process_time() - self.core

    def crowding(self) -> float:
        """How many seconds pass on the wall for one of the core; a peer that is stopped by the wall gets as many."""
        return max(1.0, (time.perf_counter() - self.wall) / max(self.seconds(), 0.001))


def exponents(measures: Sequence[Measure]) -> list[float]:
    """Between neighbours: the power of the size with which the seconds grow; 1 is linear."""
    return [math.log(b.seconds / a.seconds) / math.log(b.size / a.size) for a, b in pairwise(measures)]
