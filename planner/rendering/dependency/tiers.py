"""In which lane a subject stands: its tier, that of most of what it serves, or the lane of what all share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from planner.model.asset import Asset, AssetKind
from planner.model.inventory import Inventory
from planner.model.need import leaves
from planner.model.system import System

SHARED: Final = "."
"""The lane of what belongs to no tier; no id of an inventory is a dot."""
DESKS: Final = ".."
"""The lane of departments and their terminals."""
MOST_TIERS: Final = 3
"""What serves more tiers than these belongs to none of them."""


def members(system: System) -> tuple[str, ...]:
    """Return the ids of the assets that the system runs on."""
    return tuple(leaves(system.runs_on)) if system.runs_on else ()


def is_desk(system: System, inventory: Inventory) -> bool:
    """Whether the system is a department at work: it runs on terminals alone."""
    kinds = {inventory.assets[member].kind for member in members(system) if member in inventory.assets}
    return kinds == {AssetKind.TERMINALS}


def system_lane(system: System, inventory: Inventory) -> str:
    """Return the lane of a system."""
    if is_desk(system, inventory):
        return DESKS
    return system.tier if system.tier and system.tier in inventory.tiers else SHARED


def asset_lane(asset: Asset, inventory: Inventory) -> str:
    """Return the lane of an asset.

    A host stands where most of its guests are, a storage where most of its hosts are, a network device where most of
    its segments are, and where it serves none, where most of its lines are.
    """
    if asset.kind is AssetKind.TERMINALS:
        return DESKS
    if asset.tier and asset.tier in inventory.tiers:
        return asset.tier
    for served in (_guests(asset, inventory), _hosts(asset, inventory), _segments(asset, inventory)):
        tiers = Counter(served)
        if tiers:
            return _most(tiers, inventory)
    lines = (line.tier for line in inventory.assets.values() for ends in line.ends.values() if asset.id in ends)
    return _most(Counter(tier for tier in lines if tier), inventory)


def _most(tiers: Counter[str], inventory: Inventory) -> str:
    """Return the most frequent tier, the first as written among equals."""
    order = [tier for tier in inventory.tiers if tiers[tier]]
    if not order or len(order) > MOST_TIERS:
        return SHARED
    return max(order, key=lambda tier: tiers[tier])


def _guests(asset: Asset, inventory: Inventory) -> Iterable[str]:
    for guest in inventory.assets.values():
        if asset.id in {guest.host, guest.chassis}:
            yield asset_lane(guest, inventory)


def _hosts(asset: Asset, inventory: Inventory) -> Iterable[str]:
    for cluster in inventory.clusters.values():
        if cluster.storage == asset.id:
            for host in cluster.hosts:
                yield asset_lane(inventory.assets[host], inventory)


def _segments(asset: Asset, inventory: Inventory) -> Iterable[str]:
    """Yield the tier of every segment that the asset is a member of, forwards, or is a gateway of."""
    named = {*asset.segments, *(asset.carries or ())}
    for segment in inventory.segments.values():
        if segment.id in named or asset.id in segment.gateway:
            yield segment.tier
