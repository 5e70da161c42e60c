"""A scene: where everything stands at one instant, before the first step or after the last one."""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.model.asset import Asset
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.model.system import System
from planner.units.span import Minute


@dataclass(frozen=True, slots=True)
class Scene:
    """What stands where, and who serves which role.

    ``standing`` holds the assets that are there; a VM or blade has the position of its host or chassis. ``serving``
    maps a replaced asset to the one that has taken over its role. ``instant`` decides which needs and links are valid.
    """

    inventory: Inventory
    instant: Minute
    standing: Mapping[str, Position]
    serving: Mapping[str, str]

    def room(self, asset: str) -> str | None:
        """The asset's room; None where it is not there."""
        position = self.standing.get(self.server_of(asset))
        return position.room if position else None

    def server_of(self, asset: str) -> str:
        """Who serves the role that ``asset`` had at the start."""
        return self.serving.get(asset, asset)

    def has_left(self, subject: Asset | System) -> bool:
        """Whether the subject has gone to the cloud."""
        return subject.leaves is not None and subject.leaves <= self.instant


def at_start(inventory: Inventory) -> Scene:
    """Return the scene before the first step."""
    placed = {asset.id: asset.at for asset in inventory.assets.values() if asset.at}
    return Scene(inventory, inventory.project.horizon.start, _carried(inventory, placed), {})


def at_end(inventory: Inventory, placements: Mapping[str, Position] | None = None) -> Scene:
    """Return the scene after the last step.

    Parameters
    ----------
    placements : mapping of asset ids to positions, optional
        What a plan chose where the inventory names only a room.
    """
    chosen = placements or {}
    placed = {
        asset.id: position
        for asset in inventory.assets.values()
        if asset.method is not Method.RETIRE and (position := chosen.get(asset.id) or _last(asset))
    }
    serving = {asset.replaces: asset.id for asset in inventory.assets.values() if asset.replaces}
    return Scene(inventory, inventory.project.horizon.end - 1, _carried(inventory, placed), serving)


def _last(asset: Asset) -> Position | None:
    return asset.stages[-1].position if asset.stages else asset.at


def _carried(inventory: Inventory, placed: dict[str, Position]) -> dict[str, Position]:
    """The positions of all that stand, those of VMs and blades found through what carries them."""
    return {id: place for id in inventory.assets if (place := _place(inventory, placed, id))}


def _place(inventory: Inventory, placed: dict[str, Position], asset: str) -> Position | None:
    seen: set[str] = set()
    current: str | None = asset
    while current is not None and current not in seen:
        seen.add(current)
        facts = inventory.assets[current]
        carrier = facts.host or facts.chassis
        if carrier is None:
            return placed.get(current)
        current = carrier
    return None
