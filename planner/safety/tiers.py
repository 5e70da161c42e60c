"""Which tiers a device or link joins at a moment, and in what way (S08)."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import combinations
from typing import NamedTuple

from planner.model.asset import NETWORK_KINDS, Asset, AssetKind
from planner.model.inventory import Inventory
from planner.model.network import SeparationBy
from planner.safety.above import hosts_of_storages, roles
from planner.safety.condition import Condition
from planner.safety.moment import Moment
from planner.safety.world import World

RUNNING = frozenset({Condition.UP, Condition.STARTING, Condition.STOPPING})
Pair = tuple[str, str]


class Way(StrEnum):
    """How two tiers meet in one thing."""

    ROUTED = "routed"  # a gateway forwards between them
    SIDE_DOOR = "side_door"  # a machine has a leg in both
    SHARED = "shared"  # a switch carries both


class Meeting(NamedTuple):
    """Two tiers, in the order of the inventory, that meet in one device."""

    pair: Pair
    way: Way


def meetings(moment: Moment, id: str) -> frozenset[Meeting]:
    """The pairs of tiers that meet in an asset that runs; a group of terminals is many machines, each in one tier."""
    asset = moment.world.inventory.assets[id]
    if moment.condition[id] not in RUNNING or moment.room(id) is None or asset.kind is AssetKind.TERMINALS:
        return frozenset()
    if asset.kind is AssetKind.SWITCH:
        return frozenset(Meeting(pair, Way.SHARED) for pair in _pairs(moment.world.inventory, _carried(moment, asset)))
    way = Way.ROUTED if asset.kind in NETWORK_KINDS else Way.SIDE_DOOR
    return frozenset(Meeting(pair, way) for pair in _pairs(moment.world.inventory, set(_legs(moment, asset))))


def joining(world: World) -> Iterator[str]:
    """The assets in which two tiers can ever meet, whatever runs on them and whose role they have taken over."""
    inventory, gateways, tiers = world.inventory, world.once(_gateways), world.once(_own_tiers)
    hosts, guests = world.once(hosts_of_storages), world.once(_guests)
    for asset in inventory.assets.values():
        carriers = (asset.id, *hosts.get(asset.id, ()))
        met = {*tiers[asset.id], *(tier for role in roles(inventory, asset.id) for tier in gateways.get(role, ()))}
        met.update(tier for holder in carriers for id in (holder, *guests.get(holder, ())) for tier in tiers[id])
        if asset.kind is not AssetKind.TERMINALS and (asset.kind is AssetKind.SWITCH or len(met) > 1):
            yield asset.id


def _own_tiers(world: World) -> Mapping[str, frozenset[str]]:
    """The tiers of an asset's legs and segments."""
    segments = world.inventory.segments
    return {
        asset.id: frozenset((*asset.legs, *(segments[id].tier for id in asset.segments)))
        for asset in world.inventory.assets.values()
    }


def _guests(world: World) -> Mapping[str, list[str]]:
    """What can ever run on a host or stand in a chassis."""
    found: dict[str, list[str]] = {}
    for guest, host in world.hosts:
        found.setdefault(host, []).append(guest)
    return found


def on_link(inventory: Inventory, id: str) -> frozenset[Pair]:
    """The pairs of tiers that one link carries; one that names no tiers carries all."""
    return frozenset(_pairs(inventory, set(inventory.links[id].tiers or inventory.tiers)))


def separation(inventory: Inventory, pair: Pair) -> SeparationBy | None:
    """How the inventory says that two tiers are kept apart; None: it does not say."""
    said = [each.by for each in inventory.separations if set(each.between) == set(pair)]
    return SeparationBy.PHYSICAL if SeparationBy.PHYSICAL in said else next(iter(said), None)


def permitted(inventory: Inventory, pair: Pair, through: str | None = None) -> bool:
    """Whether traffic between two tiers is declared; with ``through`` whether this asset may be the way."""
    declared = [each for each in inventory.permissions if set(each.between) == set(pair)]
    return any(through is None or through in each.through for each in declared)


def carried_vlans(inventory: Inventory, asset: Asset) -> Iterator[tuple[str, str]]:
    """Segments of different tiers with one VLAN number that one switch carries."""
    ids = inventory.segments if asset.carries is None else asset.carries
    known = [inventory.segments[id] for id in ids if inventory.segments[id].vlan is not None]
    for one, other in combinations(known, 2):
        if one.vlan == other.vlan and one.tier != other.tier:
            yield one.id, other.id


def _pairs(inventory: Inventory, tiers: set[str]) -> Iterator[Pair]:
    return combinations([id for id in inventory.tiers if id in tiers], 2)


def _carried(moment: Moment, asset: Asset) -> set[str]:
    segments = moment.world.inventory.segments
    return {segments[id].tier for id in (segments if asset.carries is None else asset.carries)}


def _legs(moment: Moment, asset: Asset) -> Iterator[str]:
    """Its own, those that it gives way to as a gateway, and those of what it carries: VMs, hosts, blades."""
    inventory = moment.world.inventory
    yield from asset.legs
    yield from (inventory.segments[id].tier for id in asset.segments)
    gateways = moment.world.once(_gateways)
    for member in roles(inventory, asset.id):
        if member in gateways and moment.serves(member) == asset.id:
            yield from gateways[member]
    for guest in carried_by(moment, asset):
        yield from guest.legs
        yield from (inventory.segments[id].tier for id in guest.segments)


def carried_by(moment: Moment, asset: Asset) -> Iterator[Asset]:
    """What runs on a host or in a chassis now; on a storage, what runs on the hosts of its clusters."""
    inventory = moment.world.inventory
    hosts, condition = moment.world.once(hosts_of_storages).get(asset.id, ()), moment.condition
    yield from (inventory.assets[host] for host in hosts)
    guests = (id for holder in dict.fromkeys((asset.id, *hosts)) for id in moment.held(holder))
    yield from (inventory.assets[id] for id in guests if condition[id] in RUNNING)


def _gateways(world: World) -> Mapping[str, tuple[str, ...]]:
    """For each gateway member the tiers of its segments."""
    found: dict[str, list[str]] = {}
    for segment in world.inventory.segments.values():
        for member in segment.gateway:
            found.setdefault(member, []).append(segment.tier)
    return {id: tuple(tiers) for id, tiers in found.items()}
