"""Segments that may not be stretched: they are in one room, with all their members that are up (S09)."""

from planner.model.inventory import Inventory
from planner.model.network import Segment
from planner.scheduling.numbering import NOWHERE, Numbering, carrier
from planner.scheduling.world import AssetState, World


def one_place_segments(inventory: Inventory) -> tuple[Segment, ...]:
    """The segments that have one place, in the order of the file; those of clients on floors are exempt."""
    return tuple(s for s in inventory.segments.values() if not s.stretch and not s.client)


def segment_members(inventory: Inventory, segment: str) -> tuple[str, ...]:
    """Everything that has a leg in a segment, in the order of the file."""
    return tuple(asset.id for asset in inventory.assets.values() if segment in asset.segments)


def box_under(inventory: Inventory, id: str) -> str:
    """What an asset stands on in the end, itself if it stands by itself."""
    while (on := carrier(inventory.assets[id])) is not None:
        id = on
    return id


class OnePlace:
    """Tells which of these segments are stretched in a world; their members are looked up once."""

    def __init__(self, inventory: Inventory, numbering: Numbering) -> None:
        number = numbering.subject
        self._members: dict[str, tuple[tuple[int, int], ...]] = {
            segment.id: tuple(
                (number[id], number[inventory.assets[id].replaces or id])
                for id in segment_members(inventory, segment.id)
            )
            for segment in one_place_segments(inventory)
        }

    def stretched(self, world: World) -> frozenset[str]:
        """The segments with members in several rooms that are up and in service."""
        return frozenset(id for id, members in self._members.items() if len(_rooms(world, members)) > 1)


def _rooms(world: World, members: tuple[tuple[int, int], ...]) -> set[int]:
    up = (i for i, role in members if world.state[i] == AssetState.UP and world.serve[role] == i == world.serve[i])
    return {world.room_of(i) for i in up} - {NOWHERE}
