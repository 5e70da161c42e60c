"""What every rule is given."""

from dataclasses import dataclass

from planner.model.inventory import Inventory
from planner.plan.plan import Plan
from planner.safety.replay import Replay
from planner.safety.told import Told
from planner.units.span import Minute, Span


@dataclass(frozen=True, slots=True)
class Context:
    """An inventory, a plan of it, the plan's replay, and who has been told of which outage."""

    inventory: Inventory
    plan: Plan
    replay: Replay
    told: Told

    @classmethod
    def of(cls, inventory: Inventory, plan: Plan) -> "Context":
        replay = Replay.of(inventory, plan.steps())
        return cls(inventory, plan, replay, Told(plan, replay))

    @property
    def horizon(self) -> Span:
        return self.inventory.project.horizon

    def when(self, minute: Minute) -> str:
        """An instant as people read it."""
        return self.inventory.clock.iso(minute)
