"""What every rule is given."""

from dataclasses import dataclass

from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.safety.replay import Replay
from planner.units.span import Span


@dataclass(frozen=True, slots=True)
class Context:
    """An inventory, a plan of it, and the plan's replay."""

    inventory: Inventory
    plan: Plan
    replay: Replay

    @property
    def horizon(self) -> Span:
        return self.inventory.project.horizon
