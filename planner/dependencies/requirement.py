"""Everything that a subject requires in a scene: what is declared, and what follows from where it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from planner.dependencies.scene import Scene
from planner.model.asset import NETWORK_KINDS, Asset, AssetKind
from planner.model.inventory import Inventory
from planner.model.need import AtLeast, Leaf, Need, NeedKind, Tree
from planner.model.system import System

SELF_SUFFICIENT = NETWORK_KINDS | {AssetKind.UPS}
"""Kinds whose network needs are declared, never derived."""


Switches = Mapping[str | None, list[Asset]]
"""The switches of each room."""


class Origin(StrEnum):
    """Where a requirement comes from."""

    DECLARED = "declared"
    RUNS_ON = "runs_on"
    HOST = "host"
    CHASSIS = "chassis"
    STORAGE = "storage"
    POWER = "power"
    SWITCH = "switch"
    GATEWAY = "gateway"
    LINE_END = "line_end"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One tree that one subject requires.

    ``fact`` is the path in the inventory where that stands. With ``same_room`` only providers in the dependent's own
    room count, whatever the tree says.
    """

    dependent: str
    kind: NeedKind
    origin: Origin
    tree: Tree
    fact: str
    same_room: bool = False


def requirements(scene: Scene) -> tuple[Requirement, ...]:
    """Return what every subject requires in the scene, assets first, in the order written."""
    inventory, switches = scene.inventory, _switches_by_room(scene.inventory)
    of_assets = (r for asset in inventory.assets.values() for r in _of_asset(scene, asset, switches))
    of_systems = (r for system in inventory.systems.values() for r in _of_system(scene, system))
    return (*of_assets, *of_systems)


def _of_asset(scene: Scene, asset: Asset, switches: Switches) -> Iterator[Requirement]:
    if not scene.has_left(asset):
        yield from _declared(scene, asset.id, asset.needs, f"assets.{asset.id}.needs")
    yield from _carrier(asset)
    yield from _storage(scene, asset)
    yield from _power(scene, asset)
    yield from _line_end(scene, asset)
    if asset.kind not in SELF_SUFFICIENT:
        yield from _network(scene, asset, switches)


def _of_system(scene: Scene, system: System) -> Iterator[Requirement]:
    if scene.has_left(system):
        yield from _declared(scene, system.id, system.cloud_needs, f"systems.{system.id}.cloud_needs")
        return
    if system.runs_on:
        yield Requirement(system.id, NeedKind.HARD, Origin.RUNS_ON, system.runs_on, f"systems.{system.id}.runs_on")
    yield from _declared(scene, system.id, system.needs, f"systems.{system.id}.needs")


def _declared(scene: Scene, id: str, needs: tuple[Need, ...], path: str) -> Iterator[Requirement]:
    for number, need in enumerate(needs):
        begun = need.since is None or need.since <= scene.instant
        if begun and (need.until is None or scene.instant < need.until):
            yield Requirement(id, need.kind, Origin.DECLARED, need.tree, f"{path}[{number}]", need.same_room)


def _carrier(asset: Asset) -> Iterator[Requirement]:
    if asset.host:
        yield Requirement(asset.id, NeedKind.HARD, Origin.HOST, Leaf(asset.host), f"assets.{asset.id}.host")
    if asset.chassis:
        yield Requirement(asset.id, NeedKind.HARD, Origin.CHASSIS, Leaf(asset.chassis), f"assets.{asset.id}.chassis")


def _storage(scene: Scene, asset: Asset) -> Iterator[Requirement]:
    for cluster in scene.inventory.clusters.values():
        if cluster.storage and asset.id in cluster.hosts:
            path, near = f"clusters.{cluster.id}.storage", not cluster.across
            yield Requirement(asset.id, NeedKind.HARD, Origin.STORAGE, Leaf(cluster.storage), path, near)


def _power(scene: Scene, asset: Asset) -> Iterator[Requirement]:
    """One UPS of the rack, where every feed of the rack hangs on one."""
    supplies = rack_supplies(scene, asset.id)
    if supplies and None not in supplies and asset.kind is not AssetKind.UPS:
        fact = f"racks.{scene.standing[asset.id].rack}.feeds"
        ups = tuple(Leaf(id) for id in dict.fromkeys(s for s in supplies if s))
        yield Requirement(asset.id, NeedKind.HARD, Origin.POWER, AtLeast(1, ups, keep=1, in_room=True), fact)


def rack_supplies(scene: Scene, asset: str) -> tuple[str | None, ...]:
    """The UPS of each feed of the asset's rack, None for a feed without one; empty for VMs and blades."""
    facts, inventory = scene.inventory.assets[asset], scene.inventory
    position = scene.standing.get(asset)
    if facts.host or facts.chassis or position is None or position.rack is None:
        return ()
    return tuple(inventory.circuits[feed].ups for feed in inventory.racks[position.rack].feeds)


def _line_end(scene: Scene, asset: Asset) -> Iterator[Requirement]:
    room = scene.room(asset.id)
    ends = asset.ends.get(room, ()) if room else ()
    if asset.kind is AssetKind.LINE and ends:
        tree = AtLeast(1, tuple(Leaf(id) for id in ends), keep=1, in_room=True)
        yield Requirement(asset.id, NeedKind.LIVE, Origin.LINE_END, tree, f"assets.{asset.id}.ends.{room}")


def _network(scene: Scene, asset: Asset, switches: Switches) -> Iterator[Requirement]:
    room = scene.room(asset.id)
    for id in asset.segments if room else ():
        carrying = tuple(Leaf(s.id) for s in switches.get(room, ()) if s.carries is None or id in s.carries)
        if carrying:
            tree = AtLeast(1, carrying, keep=1, in_room=True)
            yield Requirement(asset.id, NeedKind.LIVE, Origin.SWITCH, tree, f"assets.{asset.id}.segments")
        members = tuple(Leaf(member) for member in scene.inventory.segments[id].gateway)
        if members:
            tree = AtLeast(1, members, keep=1)
            yield Requirement(asset.id, NeedKind.LIVE, Origin.GATEWAY, tree, f"segments.{id}.gateway")


def _switches_by_room(inventory: Inventory) -> Switches:
    """The switches that stand in each room at the start or go there, in the order written."""
    found: dict[str | None, list[Asset]] = {}
    for asset in inventory.assets.values():
        if asset.kind is AssetKind.SWITCH:
            places = [asset.at, *(stage.position for stage in asset.stages)]
            for room in dict.fromkeys(place.room for place in places if place is not None):
                found.setdefault(room, []).append(asset)
    return found
