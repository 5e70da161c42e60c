"""Everything that can be said about an inventory before a plan is made."""

from dataclasses import dataclass, replace
from pathlib import Path

from planner.dependencies import Remark, consequences, unexpressed, unknowns
from planner.errors import Fault
from planner.errors.fault import in_order
from planner.pipeline.capacity import capacity_faults
from planner.pipeline.doubts import doubts
from planner.pipeline.hopeless import Hopeless, hopeless
from planner.pipeline.load import load_inventory
from planner.plan.finding import Finding
from planner.safety.verify import start_state
from planner.sources import Loaded


@dataclass(frozen=True, slots=True)
class Checked:
    """An inventory that fits, and what is to be known about it.

    ``capacity`` and ``hopeless`` are what no plan can mend. ``findings`` are what its start state violates already.
    ``consequences`` follow from its flags, ``unknown`` are values that a rule wants and nobody has said,
    ``unexpressed`` what the language has no words for.
    """

    loaded: Loaded
    capacity: tuple[Fault, ...]
    hopeless: Hopeless
    findings: tuple[Finding, ...]
    consequences: tuple[Remark, ...]
    unknown: tuple[Remark, ...]
    unexpressed: tuple[Remark, ...]


def check_inventory(path: Path) -> Checked:
    """Return what is to be known about the inventory of a folder.

    Raises
    ------
    Faults
        All faults of all files.
    """
    loaded = load_inventory(path)
    loaded = replace(loaded, warnings=in_order([*loaded.warnings, *doubts(loaded)]))
    inventory = loaded.inventory
    capacity = capacity_faults(loaded)
    return Checked(
        loaded,
        capacity,
        hopeless(inventory, capacity),
        start_state(inventory).findings,
        consequences(inventory),
        unknowns(inventory),
        unexpressed(),
    )
