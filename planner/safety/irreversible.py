"""Steps without an inverse, and a wave's point of no return (S13, S14)."""

from planner.model.chain import IRREVERSIBLE
from planner.model.inventory import Inventory
from planner.plan.step import Step
from planner.plan.wave import Wave


def is_irreversible(inventory: Inventory, step: Step) -> bool:
    """Whether the kind of step has no inverse, on any asset or as one of its subjects declares."""
    if step.kind in IRREVERSIBLE:
        return True
    assets = [inventory.assets[id] for id in step.assets if id in inventory.assets]
    return any(step.kind in asset.irreversible for asset in assets)


def first_irreversible(inventory: Inventory, wave: Wave) -> tuple[Step, ...]:
    """The irreversible steps of the wave that begin first; one, if the wave is right, and none in most waves."""
    steps = [step for step in wave.steps if is_irreversible(inventory, step)]
    start = min((step.start for step in steps), default=0)
    return tuple(step for step in steps if step.start == start)
