"""Boxes of an inventory: in which lane a subject stands, when it moves, and with which sign it does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planner.model.asset import Asset
from planner.model.chain import Method
from planner.model.inventory import Inventory
from planner.model.system import System
from planner.rendering.dependency.tiers import DESKS, SHARED, asset_lane, members, system_lane
from planner.rendering.dependency.wording import WORDING
from planner.rendering.diagram.description import Lane, Language, Node, Sign

Waves = Mapping[str, tuple[int, ...]]


def asset_node(asset: Asset, inventory: Inventory, waves: Waves, *, planned: bool, language: Language) -> Node:
    """Return the box of an asset."""
    label = asset.name or asset.id
    if asset.count > 1:
        label = WORDING[language].count.format(name=label, count=asset.count)
    owner = next((system for system in inventory.systems.values() if asset.id in members(system)), None)
    sign = _asset_sign(asset, waves, planned=planned)
    if sign is Sign.REPLACED and owner and owner.leaves is not None:
        sign = Sign.CLOUD
    by_others = sign is Sign.OTHERS
    return Node(
        id=asset.id,
        label=label,
        lane=asset_lane(asset, inventory),
        waves=() if by_others else waves.get(asset.id, ()),
        sign=sign,
        kind=asset.kind.value,
        note=_who(asset, inventory) if by_others else "",
        group=owner.id if owner else "",
    )


def system_node(system: System, inventory: Inventory, waves: Waves, *, planned: bool, note: str = "") -> Node:
    """Return the box of a system; ``note`` stands under its name."""
    return Node(
        id=system.id,
        label=system.name or system.id,
        lane=system_lane(system, inventory),
        waves=waves.get(system.id, ()),
        sign=_system_sign(system, inventory, waves, planned=planned),
        kind="system",
        note=note,
        group=system.id,
    )


def lanes(inventory: Inventory, nodes: Iterable[Node], language: Language) -> tuple[Lane, ...]:
    """Return the lanes that hold something: the shared one, the tiers as written, the departments."""
    used = {node.lane for node in nodes}
    words = WORDING[language]
    tiers = (Lane(tier.id, tier.name) for tier in inventory.tiers.values())
    every = (Lane(SHARED, words.shared, is_tier=False), *tiers, Lane(DESKS, words.desks, is_tier=False))
    return tuple(lane for lane in every if lane.id in used)


def _asset_sign(asset: Asset, waves: Waves, *, planned: bool) -> Sign:
    if asset.handled_by:
        return Sign.OTHERS
    if asset.leaves is not None or asset.method in {Method.RETIRE, Method.INSTALL}:
        return Sign.REPLACED
    if asset.method is Method.STAY or (planned and asset.id not in waves):
        return Sign.STAYS
    return Sign.MOVES


def _system_sign(system: System, inventory: Inventory, waves: Waves, *, planned: bool) -> Sign:
    if system.leaves is not None:
        return Sign.CLOUD
    own = [inventory.assets[member] for member in members(system) if member in inventory.assets]
    stays = all(asset.method is Method.STAY for asset in own)
    return Sign.STAYS if stays or (planned and system.id not in waves) else Sign.MOVES


def _who(asset: Asset, inventory: Inventory) -> str:
    """Return who moves the asset: the name of a team or contact, or the words as written."""
    by = asset.handled_by or ""
    known = inventory.teams.get(by) or inventory.contacts.get(by)
    return known.name if known else by
