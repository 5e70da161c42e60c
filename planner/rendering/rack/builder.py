"""Rack elevations of an inventory: what stands in each rack before the first step and after the last one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.dependencies.scene import Scene, at_end, at_start
from planner.model.asset import Asset, AssetKind
from planner.model.inventory import Inventory
from planner.model.place import Position, Rack
from planner.plan.plan import Plan
from planner.rendering.dependency.estate import remark
from planner.rendering.dependency.subjects import asset_node
from planner.rendering.diagram.description import Language
from planner.rendering.movement import movements, wave_names
from planner.rendering.rack.description import Cabinet, Elevation, Hall, Slot
from planner.rendering.rack.loads import loads
from planner.rendering.rack.wording import WORDING

RIDERS = frozenset({AssetKind.VM, AssetKind.BLADE, AssetKind.LINE, AssetKind.TERMINALS})
"""Kinds that take no units of a rack."""


def elevation(inventory: Inventory, plan: Plan | None = None, *, language: Language = "ja") -> Elevation:
    """Return the racks of all rooms that hold something before, and of those that hold something new after.

    Without a plan a device whose rack is left to the planner stands in no rack after the move.
    """
    view = _View(
        inventory, at_start(inventory), at_end(inventory, plan.placements if plan else None),
        movements(plan) if plan else {}, plan is not None, language,
    )  # fmt: skip
    words = WORDING[language]
    return Elevation(
        title=f"{inventory.project.name or inventory.project.id} {words.title}",
        before=tuple(view.halls(view.first, view.last, words.before, "→")),
        after=tuple(view.halls(view.last, view.first, words.after, "←")),
        waves=wave_names(plan, language) if plan else (),
        remark="  |  ".join(part for part in (remark(plan, language), view.without_rack()) if part),
        language=language,
    )


@dataclass(frozen=True, slots=True)
class _View:
    """Both scenes, and how devices are shown in them."""

    inventory: Inventory
    first: Scene
    last: Scene
    waves: Mapping[str, tuple[int, ...]]
    planned: bool
    language: Language

    def without_rack(self) -> str:
        """Return how many devices come into a room with racks and have none yet; nothing when all have one."""
        rooms = {rack.room for rack in self.inventory.racks.values()}
        count = sum(
            position.rack is None and position.room in rooms
            for id, position in self.last.standing.items()
            if self.inventory.assets[id].kind not in RIDERS
        )
        return WORDING[self.language].open_rack.format(count) if count else ""

    def halls(self, scene: Scene, other: Scene, when: str, arrow: str) -> Iterable[Hall]:
        """Yield the rooms with racks in which something stands that does not stand there in both scenes."""
        for room in self.inventory.rooms.values():
            racks = [rack for rack in self.inventory.racks.values() if rack.room == room.id]
            here = {rack.id: self._devices(scene, rack) for rack in racks}
            devices = [asset for found in here.values() for asset in found]
            if any(scene.standing[asset.id] != other.standing.get(asset.id) for asset in devices):
                cabinets = tuple(self._cabinet(rack, here[rack.id], scene, other, arrow) for rack in racks)
                yield Hall(f"{room.name or room.id} {when}", cabinets)

    def _devices(self, scene: Scene, rack: Rack) -> list[Asset]:
        standing = (asset for asset in self.inventory.assets.values() if asset.kind not in RIDERS)
        return [asset for asset in standing if _rack(scene.standing.get(asset.id)) == rack.id]

    def _cabinet(self, rack: Rack, devices: list[Asset], scene: Scene, other: Scene, arrow: str) -> Cabinet:
        slots = tuple(
            self._slot(asset, scene.standing[asset.id], other.standing.get(asset.id), arrow) for asset in devices
        )
        return Cabinet(rack.name or rack.id, rack.units, slots, loads(self.inventory, rack, devices, self.language))

    def _slot(self, asset: Asset, here: Position, there: Position | None, arrow: str) -> Slot:
        node = asset_node(asset, self.inventory, self.waves, planned=self.planned, language=self.language)
        way = f"{arrow} {self._place(there)}" if there and there != here else ""
        return Slot(node, here.unit, asset.height, way)

    def _place(self, position: Position) -> str:
        """Return rack and unit, or the room where the rack is open."""
        if position.rack is None:
            room = self.inventory.rooms.get(position.room)
            return room.name if room and room.name else position.room
        rack = self.inventory.racks[position.rack]
        return f"{rack.name or rack.id} U{position.unit}" if position.unit else rack.name or rack.id


def _rack(position: Position | None) -> str | None:
    return position.rack if position else None
