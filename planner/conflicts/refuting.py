"""That an inventory has no plan, proved: by facts, placement, the target state, or every plan gone through."""

from collections.abc import Callable

from planner.conflicts.oracle import EFFORT
from planner.conflicts.target import wrong_target
from planner.model.inventory import Inventory
from planner.plan.refusal import Proof, Refusal, RefusalKind
from planner.scheduling.schedule import refuted


def refuse(inventory: Inventory, proof: Proof, stopped: Callable[[], bool], effort: float = EFFORT) -> Refusal | None:
    """Return why no plan of the inventory can be, if it can be proved in this way; None proves nothing."""
    if proof is Proof.TARGET:
        wrong = wrong_target(inventory)
        return Refusal(RefusalKind.IMPOSSIBLE, wrong) if wrong else None
    return refuted(inventory, effort if proof is Proof.EXHAUSTED else 0.0, stopped)
