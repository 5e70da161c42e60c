"""What one rack bears: height units, weight, floor load (S17)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planner.model.asset import Asset, AssetKind
from planner.model.inventory import Inventory
from planner.model.place import Rack
from planner.model.policy import Severity
from planner.plan.finding import Finding

BODILESS = frozenset({AssetKind.VM, AssetKind.LINE})
"""Kinds that weigh nothing and draw nothing by themselves."""


@dataclass(frozen=True, slots=True, order=True)
class Standing:
    """An asset in a rack: its lowest unit (None: unknown, or inside a chassis) and whether it draws power."""

    id: str
    unit: int | None
    powered: bool


def rack_faults(inventory: Inventory, rack: Rack, standing: tuple[Standing, ...]) -> Iterator[Finding]:
    """Units inside the rack without overlap, weight of the contents, pressure on the floor."""
    yield from _units(inventory, rack, standing)
    contents = [inventory.assets[s.id] for s in standing]
    yield from (unknown(asset.id, "kg") for asset in contents if asset.kg is None)
    kg = sum(asset.kg or 0.0 for asset in contents)
    if rack.max_kg is None:
        yield unknown(rack.id, "max_kg", folder="racks")
    elif kg > rack.max_kg:
        values = {"found": f"{kg:.0f}", "limit": f"{rack.max_kg:.0f}", "excess": f"{kg - rack.max_kg:.3f}"}
        yield fault("s17.rack_weight", (rack.id,), values, (f"racks.{rack.id}.max_kg",))
    yield from _floor(inventory, rack, kg)


def _floor(inventory: Inventory, rack: Rack, kg: float) -> Iterator[Finding]:
    """``(frame_kg + contents) / (spread_m2 or footprint_m2) <= floor_kg_m2``."""
    limit, area = inventory.rooms[rack.room].floor_kg_m2, rack.spread_m2 or rack.footprint_m2
    load = (rack.frame_kg + kg) / area
    if limit is None:
        yield unknown(rack.room, "floor_kg_m2", folder="rooms")
    elif load > limit:
        values = {"found": f"{load:.0f}", "limit": f"{limit:.0f}", "excess": f"{load - limit:.3f}"}
        facts = (f"rooms.{rack.room}.floor_kg_m2", f"racks.{rack.id}")
        yield fault("s17.floor_load", (rack.id, rack.room), values, facts)


def _units(inventory: Inventory, rack: Rack, standing: tuple[Standing, ...]) -> Iterator[Finding]:
    taken: dict[int, str] = {}
    clashes: dict[tuple[str, str], int] = {}
    for each in sorted(standing, key=lambda s: (s.unit or 0, s.id)):
        asset = inventory.assets[each.id]
        if asset.chassis is not None:
            continue
        if each.unit is None or asset.height is None:
            yield unknown(asset.id, "unit" if each.unit is None else "height")
        if each.unit is None:
            continue
        top = each.unit + (asset.height or 1) - 1  # of an unknown height, the lowest unit at least is taken
        if each.unit < 1 or top > rack.units:
            values = {"found": f"{each.unit}-{top}", "limit": str(rack.units)}
            yield fault("s17.outside_rack", (asset.id, rack.id), values, _facts(asset, rack))
        for unit in range(each.unit, top + 1):
            other = taken.setdefault(unit, asset.id)
            if other != asset.id:
                clashes.setdefault((other, asset.id), unit)
    for (one, other), unit in clashes.items():
        values = {"unit": str(unit), "rack": rack.id}
        facts = (f"assets.{one}.at", f"assets.{other}.at", f"racks.{rack.id}")
        yield fault("s17.same_unit", (one, other, rack.id), values, facts)


def _facts(asset: Asset, rack: Rack) -> tuple[str, ...]:
    return (f"assets.{asset.id}.height", f"racks.{rack.id}.units")


def fault(key: str, subjects: tuple[str, ...], values: Mapping[str, str], facts: tuple[str, ...]) -> Finding:
    """A violation of S17; its interval comes from the moments in which it holds."""
    return Finding("S17", Severity.ERROR, key, subjects, cause=subjects, facts=facts, values=values)


def unknown(id: str, what: str, *, folder: str = "assets") -> Finding:
    """A value that S17 needs and the inventory does not say; it is never counted as zero or as enough."""
    return Finding(
        "S17",
        Severity.WARNING,
        "s17.unknown",
        (id,),
        cause=(what,),
        facts=(f"{folder}.{id}.{what}",),
        values={"what": what},
        unknown=True,
    )
