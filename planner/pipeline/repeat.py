"""A plan made once more, with the seed, the effort and the end of the search that stand in it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from planner.errors.failure import Failure
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


def require_repeatable(first: Plan, path: Path, out: Path) -> None:
    """Refuse what would not come out again, and to write over the plan that is repeated.

    Raises
    ------
    Failure
        If the plan is an alternative, or stands as the plan of the folder ``out``.
    """
    if first.making.alternative is not None:
        raise Failure(
            f"{path} is an alternative ({first.making.alternative}), and no plan that --repeat makes",
            cure="make the alternatives again: planner plan INVENTORY -o OUT --alternatives N",
            japanese=(
                f"{path} は別案 ({first.making.alternative}) で、--repeat では作れません",
                "別案を作り直してください: planner plan INVENTORY -o OUT --alternatives N",
            ),
        )
    if path.resolve().parent == out.resolve():
        raise Failure(
            f"the plan to repeat stands in {out}",
            cure="name another folder with -o",
            japanese=(f"{out} には繰り返す計画そのものがあります", "-o で別のフォルダを指定してください"),
        )


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
