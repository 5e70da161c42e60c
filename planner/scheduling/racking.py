"""Which assets stand in racks, and in which positions they may ever stand in one."""

from collections.abc import Iterator

from planner.model.asset import Asset, AssetKind
from planner.model.place import Position
from planner.scheduling.numbering import carrier

UNRACKED = frozenset({AssetKind.VM, AssetKind.BLADE, AssetKind.LINE, AssetKind.TERMINALS})
"""Kinds that never stand in a rack by themselves."""


def is_racked(asset: Asset) -> bool:
    """Whether the asset stands in a rack wherever there are some."""
    return asset.kind not in UNRACKED and carrier(asset) is None and asset.height is not None


def in_racks(asset: Asset) -> Iterator[Position]:
    """Its positions in racks; one in a room alone only where a rack of the room is still to be chosen for it.

    That is so of the last position of what stands in racks: where it stands now, and on the way, is told.
    """
    every = (asset.at, *(stage.position for stage in asset.stages))
    chosen = bool(asset.stages) and is_racked(asset)
    for number, position in enumerate(every):
        if position is not None and (position.rack or (chosen and number == len(asset.stages))):
            yield position
