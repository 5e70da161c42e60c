"""Redundancy that the declared positions alone leave to one rack, circuit or UPS (S05): no choice mends it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from planner.model.asset import Asset, AssetKind
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.need import AtLeast, Leaf, Need, NeedKind, Tree
from planner.model.place import Position
from planner.model.system import System
from planner.plan.refusal import Reason
from planner.scheduling.bay import sole_supplies
from planner.scheduling.binding import binds
from planner.scheduling.inevitable import UNCHANGED
from planner.scheduling.overfull import declared_ends, written_at

BINDING = frozenset({NeedKind.HARD, NeedKind.LIVE})


def fated(inventory: Inventory) -> Iterator[Reason]:
    """Each k-of-n tree of a system whose members end where one loss leaves fewer than k of them.

    Only trees of assets that all stand in declared racks are judged, and only of systems that stay for good: of these
    every plan ends in the same state.
    """
    ends = dict(declared_ends(inventory))
    told: set[tuple[str, tuple[str, ...]]] = set()
    for system in inventory.systems.values():
        for fact, tree in _trees(system):
            for element, members in _lost(inventory, ends, tree).items():
                if (element, members) not in told and _is_firm(inventory, element, *members):
                    told.add((element, members))
                    yield _reason(inventory, system, fact, tree, element, members)


def _is_firm(inventory: Inventory, *subjects: str) -> bool:
    """Whether it has to hold at the end, also where it does not hold at the start (S22)."""
    return binds(inventory, "S05", *subjects) and binds(inventory, "S22", *subjects)


def _trees(system: System) -> Iterator[tuple[str, AtLeast]]:
    """The k-of-n trees that hold without regard to time and place, outermost, with the fact that says so."""
    if system.leaves is not None:
        return
    if isinstance(system.runs_on, AtLeast):
        yield f"systems.{system.id}.runs_on", system.runs_on
    for need in (need for need in system.needs if _is_lasting(need)):
        if isinstance(need.tree, AtLeast):
            yield f"systems.{system.id}.needs", need.tree


def _is_lasting(need: Need) -> bool:
    return need.kind in BINDING and need.since is None and need.until is None


def _lost(inventory: Inventory, ends: Mapping[str, Position], tree: AtLeast) -> Mapping[str, tuple[str, ...]]:
    """By rack, circuit or UPS the two or more members that fall with it, where fewer than k are left."""
    members = [_standing(inventory, ends, part) for part in tree.parts]
    if tree.in_room or tree.count == len(members) or None in members:
        return {}
    falling: dict[str, list[str]] = defaultdict(list)
    for asset in filter(None, members):
        for element in _fate(inventory, ends, asset):
            falling[element].append(asset.id)
    void = {e: tuple(sorted(set(ids))) for e, ids in falling.items() if len(members) - len(ids) < tree.count}
    return {element: ids for element, ids in void.items() if len(ids) > 1}


def _standing(inventory: Inventory, ends: Mapping[str, Position], part: Tree) -> Asset | None:
    """The asset that a part names, if it is in a rack in the end and nothing takes its place."""
    asset = inventory.assets.get(part.id) if isinstance(part, Leaf) else None
    if asset is None or asset.id not in ends or ends[asset.id].rack is None:
        return None
    replaced = any(other.replaces == asset.id for other in inventory.assets.values())
    moved = asset.method in UNCHANGED or asset.method in (Method.CARRY, Method.RENUMBER)
    return asset if moved and not replaced and asset.kind is not AssetKind.UPS else None


def _fate(inventory: Inventory, ends: Mapping[str, Position], asset: Asset) -> Iterator[str]:
    """The rack, the only circuit and the only UPS of an asset, and the rack in which that UPS stands."""
    rack = ends[asset.id].rack
    feeds = inventory.racks[rack].feeds if rack else ()
    supplies = sole_supplies(inventory, asset, feeds)
    racks = (rack, *(ends[id].rack for id in supplies if id in ends))
    yield from dict.fromkeys((*supplies, *(id for id in racks if id is not None)))


def _reason(
    inventory: Inventory, system: System, fact: str, tree: AtLeast, element: str, members: tuple[str, ...]
) -> Reason:
    values = {
        "system": system.id,
        "element": element,
        "members": ", ".join(members),
        "count": str(tree.count),
        "total": str(len(tree.parts)),
    }
    facts = (fact, *(written_at(inventory.assets[id]) for id in members))
    return Reason("fact_shared_fate", (element, *members), values, facts)
