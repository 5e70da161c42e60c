"""Which steps only prepare: they stop, move and disconnect nothing that anybody uses (S12)."""

from planner.model.chain import PREPARATORY, Method, StepKind
from planner.model.inventory import Inventory
from planner.plan.step import Step

K = StepKind
CHAIN = frozenset({K.MOUNT, K.START, K.CHECK})


def is_preparatory(inventory: Inventory, step: Step) -> bool:
    """Whether windows do not bind the step: by its kind, or because all its subjects are new and not yet in use.

    Correcting a reference is preparatory; while a system is out for it, the windows bind what took the system out.
    """
    if step.kind in PREPARATORY or step.kind is K.UPDATE:
        return True
    return step.kind in CHAIN and bool(step.assets) and all(_is_new(inventory, id) for id in step.assets)


def _is_new(inventory: Inventory, id: str) -> bool:
    asset = inventory.assets.get(id)
    return asset is not None and asset.method is Method.INSTALL
