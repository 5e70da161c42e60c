"""A way back from a check point: its steps, how long it takes, and who is out meanwhile (S13)."""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.plan.step import RollbackStep


@dataclass(frozen=True, slots=True)
class Return:
    """``minutes`` is R; ``out`` by system the first minute after the decision in which it is not available."""

    minutes: int
    out: Mapping[str, int]
    steps: tuple[RollbackStep, ...]

    def no_worse(self, other: "Return") -> bool:
        """Whether it is no longer, and has nobody out whom the other has not out as early."""
        early = all(id in other.out and since >= other.out[id] for id, since in self.out.items())
        return self.minutes <= other.minutes and early
