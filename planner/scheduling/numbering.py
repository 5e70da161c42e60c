"""Small whole numbers for the ids of one inventory, so that worlds are arrays."""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.model.asset import Asset
from planner.model.inventory import Inventory

NOWHERE = -1
"""The number of the room or rack of what is on the way, and of the server of a role that nobody fills."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """Ids in the order of the file and back: subjects are assets 0..n-1, then systems n..n+m-1; the rest from 0."""

    subjects: tuple[str, ...]
    links: tuple[str, ...]
    rooms: tuple[str, ...]
    racks: tuple[str, ...]
    assets: int
    subject: Mapping[str, int]
    link: Mapping[str, int]
    room: Mapping[str, int]
    rack: Mapping[str, int]

    @classmethod
    def of(cls, inventory: Inventory) -> "Numbering":
        subjects = (*inventory.assets, *inventory.systems)
        links, rooms, racks = tuple(inventory.links), tuple(inventory.rooms), tuple(inventory.racks)
        indexes = ({id: i for i, id in enumerate(ids)} for ids in (subjects, links, rooms, racks))
        return cls(subjects, links, rooms, racks, len(inventory.assets), *indexes)

    @property
    def systems(self) -> range:
        return range(self.assets, len(self.subjects))


def carrier(asset: Asset) -> str | None:
    """The id of what the asset stands in or on: the host of a VM, the chassis of a blade."""
    return asset.host or asset.chassis
