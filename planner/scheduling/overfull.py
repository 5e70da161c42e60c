"""What the declared positions alone put too much of into a rack or room (S17): no choice of the planner mends it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from planner.model.asset import Asset, AssetKind
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.place import Position, Rack
from planner.plan.refusal import Reason
from planner.scheduling.bay import Current, permitted_va
from planner.scheduling.binding import binds
from planner.scheduling.inevitable import must_change

BODILESS = frozenset({AssetKind.VM, AssetKind.BLADE, AssetKind.LINE})
ROUNDING = 1e-6
"""What a sum may exceed its limit by because of the order in which it was added up."""
LARGEST = 3
"""Contributors that a sum over its limit names."""


def overfull(inventory: Inventory) -> Iterator[Reason]:
    """Each rack unit that two are sent to, and each limit that is exceeded in the end."""
    ends = dict(declared_ends(inventory))
    yield from _same_units(inventory, ends)
    for rack in inventory.racks.values():
        inside = [inventory.assets[id] for id, at in ends.items() if at.rack == rack.id]
        yield from _too_heavy(inventory, rack, inside)
    yield from _too_much_current(inventory, ends)
    for room in inventory.rooms.values():
        inside = [inventory.assets[id] for id, at in ends.items() if at.room == room.id]
        drawing = [(a.id, float(a.va or 0)) for a in inside if a.kind is not AssetKind.UPS]
        for what, unit, limit in (("va", "VA", room.va), ("cooling_w", "W", room.cooling_w)):
            if _is_firm(inventory, room.id):
                yield from _over((room.id,), unit, limit, drawing, f"rooms.{room.id}.{what}")


def declared_ends(inventory: Inventory) -> Iterator[tuple[str, Position]]:
    """Where each asset stands at the end of every plan, as far as the inventory declares it."""
    for asset in inventory.assets.values():
        yield from _end(inventory, asset)


def _end(inventory: Inventory, asset: Asset) -> Iterator[tuple[str, Position]]:
    if asset.kind in BODILESS or asset.host or asset.chassis or asset.leaves is not None:
        return
    if asset.method in (Method.CARRY, Method.INSTALL):
        if asset.stages and must_change(inventory, asset):
            yield asset.id, asset.stages[-1].position
    elif asset.method in (Method.STAY, Method.RENUMBER) and asset.at and binds(inventory, "S21", asset.id):
        yield asset.id, asset.at


def _is_firm(inventory: Inventory, *subjects: str) -> bool:
    """Whether S17 has to hold for these at the end, also where it does not hold at the start (S22)."""
    return binds(inventory, "S17", *subjects) and binds(inventory, "S22", *subjects)


def _same_units(inventory: Inventory, ends: Mapping[str, Position]) -> Iterator[Reason]:
    racks: dict[str, list[str]] = defaultdict(list)
    for id, at in ends.items():
        if at.rack is not None and at.unit is not None:
            racks[at.rack].append(id)
    for rack, ids in racks.items():
        for one, other in combinations(ids, 2):
            common = _units(inventory.assets[one], ends[one]) & _units(inventory.assets[other], ends[other])
            if common and _is_firm(inventory, one, other, rack):
                values = {"one": one, "other": other, "rack": rack, "unit": str(min(common))}
                facts = (written_at(inventory.assets[one]), written_at(inventory.assets[other]))
                yield Reason("fact_same_unit", (one, other, rack), values, facts)


def _units(asset: Asset, at: Position) -> set[int]:
    """The units that an asset takes; of an unknown height the lowest at least."""
    return set(range(at.unit or 0, (at.unit or 0) + (asset.height or 1)))


def written_at(asset: Asset) -> str:
    """The fact that says where an asset ends."""
    return f"assets.{asset.id}.{'stages' if asset.stages else 'at'}"


def _too_heavy(inventory: Inventory, rack: Rack, inside: Sequence[Asset]) -> Iterator[Reason]:
    """Weight <= max_kg, and (frame + weight) / area <= floor_kg_m2."""
    if not _is_firm(inventory, rack.id, rack.room):
        return
    weights = [(a.id, float(a.kg or 0)) for a in inside]
    yield from _over((rack.id,), "kg", rack.max_kg, weights, f"racks.{rack.id}.max_kg")
    floor, area = inventory.rooms[rack.room].floor_kg_m2, rack.spread_m2 or rack.footprint_m2
    bearable = None if floor is None else floor * area - rack.frame_kg
    yield from _over((rack.id, rack.room), "kg", bearable, weights, f"rooms.{rack.room}.floor_kg_m2")


def _too_much_current(inventory: Inventory, ends: Mapping[str, Position]) -> Iterator[Reason]:
    """Load <= volts * amps * share of each circuit, also when another feed is lost."""
    current, hanging = Current(inventory), defaultdict[str, list[tuple[str, float]]](list)
    for id, at in ends.items():
        asset = inventory.assets[id]
        feeds = inventory.racks[at.rack].feeds[:2] if at.rack and asset.kind is not AssetKind.UPS else ()
        current.add(asset, feeds)
        for feed in feeds if asset.supplies > 1 else feeds[:1]:
            hanging[feed].append((id, float(asset.va or 0)))
    for id, inside in hanging.items():
        room = inventory.circuits[id].room
        load, limit = current.load(id), permitted_va(inventory, id)
        if load > limit + ROUNDING and _is_firm(inventory, id, room):
            yield _reason((id, room), "VA", load, limit, inside, f"circuits.{id}")


def _over(
    subjects: tuple[str, ...], unit: str, limit: float | None, inside: Sequence[tuple[str, float]], fact: str
) -> Iterator[Reason]:
    total = sum(value for _, value in inside)
    if limit is not None and total > limit + ROUNDING:
        yield _reason(subjects, unit, total, limit, inside, fact)


def _reason(
    subjects: tuple[str, ...], unit: str, total: float, limit: float, inside: Sequence[tuple[str, float]], fact: str
) -> Reason:
    largest = sorted(inside, key=lambda part: (-part[1], part[0]))[:LARGEST]
    values = {
        "where": subjects[0],
        "sum": f"{total:.6g} {unit}",
        "limit": f"{limit:.6g} {unit}",
        "top": ", ".join(f"{id} {value:.6g}" for id, value in largest),
    }
    return Reason("fact_over_limit", subjects, values, (fact,))
