"""A plan made once more, with the seed, the effort and the end of the search that stand in it."""

from collections.abc import Callable
from dataclasses import dataclass

from planner.model.inventory import Inventory
from planner.pipeline.plan import Planned, make
from planner.plan import file
from planner.plan.plan import Plan
from planner.plan.refusal import Refusal
from planner.scheduling.options import Options
from planner.units.progress import Progress


@dataclass(frozen=True, slots=True)
class Repeated(Planned):
    """A plan, what the verifier says about it, and the one that it repeats."""

    first: Plan

    @property
    def same(self) -> bool:
        """Whether both plans are equal; not if the first was edited, re-planned or made by other versions."""
        return file.identity(self.plan) == file.identity(self.first)


def repeat(inventory: Inventory, first: Plan, progress: Progress, stopped: Callable[[], bool]) -> Repeated | Refusal:
    """Make a plan again; a search that was stopped is stopped at the same question.

    Raises
    ------
    OtherInventory
        If the plan was made from another inventory; with every change.
    """
    file.require_same(first, inventory)
    answer = make(inventory, Options.of(first.making), progress, stopped)
    return answer if isinstance(answer, Refusal) else Repeated(answer.plan, answer.verdict, first)
