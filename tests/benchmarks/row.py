"""What a row of the benchmark is: something that is measured at several sizes."""

import math
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


def exponents(measures: Sequence[Measure]) -> list[float]:
    """Between neighbours: the power of the size with which the seconds grow; 1 is linear."""
    return [math.log(b.seconds / a.seconds) / math.log(b.size / a.size) for a, b in pairwise(measures)]
