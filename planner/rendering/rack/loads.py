"""What a rack bears: power with one feed lost, weight, floor load, units. Unknown is counted, never taken as zero."""

from __future__ import annotations

from collections.abc import Sequence

from planner.model.asset import Asset, AssetKind
from planner.model.inventory import Inventory
from planner.model.place import Rack
from planner.rendering.diagram.description import Language
from planner.rendering.rack.description import Load
from planner.rendering.rack.wording import WORDING


def loads(inventory: Inventory, rack: Rack, devices: Sequence[Asset], language: Language) -> tuple[Load, ...]:
    """Return power, weight, floor load and units of a rack that holds these devices."""
    words = WORDING[language]
    drawing = [asset for asset in devices if asset.kind is not AssetKind.UPS]
    kg, unknown_kg = _sum([asset.kg for asset in devices])
    va, unknown_va = _sum([asset.va for asset in drawing])
    units, unknown_units = _sum([asset.height for asset in devices])
    area = rack.spread_m2 or rack.footprint_m2
    return (
        Load(words.power, va, _permitted_va(inventory, rack), "VA", unknown_va),
        Load(words.weight, kg, rack.max_kg, "kg", unknown_kg),
        Load(words.floor, (kg + rack.frame_kg) / area, inventory.rooms[rack.room].floor_kg_m2, "kg/m²", unknown_kg),
        Load(words.units, units, rack.units, "U", unknown_units),
    )


def _permitted_va(inventory: Inventory, rack: Rack) -> float | None:
    """Return the weaker of the first two feeds: with the other one lost it carries everything.

    ``volts * amps * share`` of each feed; None without a known feed.
    """
    feeds = [inventory.circuits[feed] for feed in rack.feeds[:2] if feed in inventory.circuits]
    return min((feed.volts * feed.amps * feed.share for feed in feeds), default=None)


def _sum(values: Sequence[float | None]) -> tuple[float, int]:
    """Return the sum of what is known, and how many are unknown."""
    known = [value for value in values if value is not None]
    return float(sum(known)), len(values) - len(known)
