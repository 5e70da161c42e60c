"""What the planner decides where the inventory leaves it open, with the reason that the papers give."""

from planner.model.inventory import Inventory
from planner.plan.plan import GIVEN_UP, Decision


def decisions(inventory: Inventory) -> list[Decision]:
    """What was chosen where the inventory leaves it open."""
    found = []
    for asset in inventory.assets.values():
        if asset.leaves is not None:
            day = inventory.clock.day(asset.leaves).isoformat()
            found.append(Decision(asset.id, "stay", GIVEN_UP, {"day": day}))
    return found
