"""Which steps only prepare: they stop, move and disconnect nothing that anybody uses (S12)."""

from collections.abc import Iterable, Mapping

from planner.model.chain import PREPARATORY, Method, StepKind
from planner.model.inventory import Inventory
from planner.plan.step import Step
from planner.units.span import Minute

K = StepKind
CHAIN = frozenset({K.MOUNT, K.START, K.CHECK})
ENDS_NOVELTY = frozenset({K.SWITCH_OVER, K.STOP, K.UNMOUNT, K.CARRY, K.DISPOSE})
"""New equipment is in use once it has taken over a role, or is stopped or moved again."""

Use = Mapping[str, Minute]


def in_use(inventory: Inventory, steps: Iterable[Step]) -> Use:
    """Since when each new asset is no longer merely being installed: the start of the first step that says so."""
    found: dict[str, Minute] = {}
    for step in steps:
        for id in step.assets if step.kind in ENDS_NOVELTY else ():
            if id in inventory.assets and inventory.assets[id].method is Method.INSTALL:
                found[id] = min(found.get(id, step.start), step.start)
    return found


def is_preparatory(inventory: Inventory, step: Step, use: Use) -> bool:
    """Whether windows do not bind the step: by its kind, or because all its subjects are new and not yet in ``use``.

    Correcting a reference is preparatory; while a system is out for it, the windows bind what took the system out.
    """
    if step.kind in PREPARATORY or step.kind is K.UPDATE:
        return True
    return step.kind in CHAIN and bool(step.assets) and all(_is_new(inventory, id, step, use) for id in step.assets)


def _is_new(inventory: Inventory, id: str, step: Step, use: Use) -> bool:
    asset = inventory.assets.get(id)
    return asset is not None and asset.method is Method.INSTALL and step.start <= use.get(id, step.start)
