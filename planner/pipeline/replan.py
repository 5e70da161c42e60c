"""A plan that changes as little as possible from another one, verified like every plan."""

from collections.abc import Callable
from dataclasses import dataclass

from planner.model import canonical
from planner.model.inventory import Inventory
from planner.pipeline.plan import Planned, make
from planner.plan.difference import PlanDifference
from planner.plan.plan import Plan
from planner.plan.refusal import Refusal, RefusalKind
from planner.safety.verify import verify
from planner.scheduling.options import Options
from planner.scheduling.reschedule import reschedule, restated, speaks_of
from planner.units.progress import Progress, silent
from planner.whatif.difference import difference


@dataclass(frozen=True, slots=True)
class Replanned(Planned):
    """A plan, what the verifier says about it, and what it changed of the plan ``before``."""

    before: Plan
    changes: PlanDifference


def never() -> bool:
    """Nothing stops the search."""
    return False


def replan(
    inventory: Inventory,
    before: Plan,
    options: Options,
    progress: Progress = silent,
    stopped: Callable[[], bool] = never,
) -> Replanned | Refusal:
    """Return a plan of ``inventory`` that keeps of ``before`` what it can, with what changed, or why there is none.

    The steps of ``before`` are taken as they are where the verifier accepts them. Else turns keep their windows, then
    their times, wherever the inventory permits it. Where no such plan is found, or the verifier rejects it, everything
    is planned anew.
    """
    planned = _unchanged(inventory, before, progress) or _kept(inventory, before, options, progress, stopped)
    if isinstance(planned, Refusal):
        return planned
    return Replanned(planned.plan, planned.verdict, before, difference(before, planned.plan))


def _unchanged(inventory: Inventory, before: Plan, progress: Progress) -> Planned | None:
    """The steps as they are; None if a rule is broken by them now, or something that they name is gone."""
    if not speaks_of(inventory, before):
        return None
    same = not canonical.differences(before.inventory, inventory)
    plan = before if same and before.inventory == inventory else restated(inventory, before)
    progress("verify", 0, 1)
    verdict = verify(inventory, plan)
    progress("verify", 1, 1)
    return Planned(plan, verdict) if verdict.safe else None


def _kept(
    inventory: Inventory, before: Plan, options: Options, progress: Progress, stopped: Callable[[], bool]
) -> Planned | Refusal:
    """The plan that keeps most, or a new one; a refusal for what no plan mends is not asked twice."""
    answer = reschedule(inventory, before, options, progress, stopped)
    if isinstance(answer, Refusal):
        impossible = answer.kind is RefusalKind.IMPOSSIBLE
        return answer if impossible else make(inventory, options, progress, stopped)
    progress("verify", 0, 1)
    planned = Planned(answer, verify(inventory, answer))
    progress("verify", 1, 1)
    return planned if planned.verdict.safe else make(inventory, options, progress, stopped)
