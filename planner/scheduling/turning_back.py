"""Which systems are out while a rollback is carried out, and from when (S13)."""

from collections.abc import Mapping, Sequence

from planner.model.inventory import Inventory
from planner.plan.step import RollbackStep
from planner.scheduling.effects import Effects
from planner.scheduling.truth import Truth
from planner.scheduling.world import World
from planner.units.span import Minute


def out_while_turning_back(
    inventory: Inventory, truth: Truth, world: World, rollback: Sequence[RollbackStep], at: Minute
) -> Mapping[str, int]:
    """By system the first minute after the decision in which it is not available.

    Systems that are available throughout are not in it. ``world`` is the one at the check point ``at``; it stays.
    """
    effects, state = Effects(inventory), world.copy()
    length = max((step.offset + step.minutes for step in rollback), default=0)
    instants = {0, *(step.offset for step in rollback), *(step.offset + step.minutes for step in rollback)}
    found: dict[str, int] = {}
    for now in sorted(minute for minute in instants if minute < length):
        for step in (step for step in rollback if step.offset + step.minutes == now):
            effects.end(state, step)
        for step in (step for step in rollback if step.offset == now):
            effects.begin(state, step)
        for system in truth.evaluate(state, at).unavailable:
            found.setdefault(system, now)
    return found
