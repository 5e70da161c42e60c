"""What is probably written by mistake: machines that nobody needs, redundancy that is sent into one rack."""

from planner.dependencies.fate import ElementKind, VoidedRedundancy, voided_redundancies
from planner.dependencies.graph import needs_graph
from planner.dependencies.scene import at_end
from planner.model.asset import NETWORK_KINDS, Asset, AssetKind
from planner.model.chain import Method
from planner.model.inventory import Inventory

WORKING_KINDS = frozenset(AssetKind) - NETWORK_KINDS - {AssetKind.UPS, AssetKind.LINE, AssetKind.TERMINALS}
"""Kinds that stand there for someone: a machine that nobody needs is probably a need that nobody wrote down."""


def orphans(inventory: Inventory) -> tuple[str, ...]:
    """Return what computes or stores and nothing needs, runs on, or is served by, in the order of the file.

    New equipment that takes a role over is needed under the old name; what keeps backups or monitors is there for that;
    what is retired need not be needed.
    """
    needed = {edge.provider for edge in needs_graph(inventory).edges}
    return tuple(a.id for a in inventory.assets.values() if a.id not in needed and _serves_unnamed(a))


def _serves_unnamed(asset: Asset) -> bool:
    """Whether an asset is there for somebody, and nothing that is written about itself says for whom."""
    said = asset.standalone or asset.replaces or asset.backs_up or asset.watches or asset.method is Method.RETIRE
    return asset.kind in WORKING_KINDS and not said


def racked_together(inventory: Inventory) -> tuple[VoidedRedundancy, ...]:
    """Return the redundancy that ends in one rack because its members are sent there by name."""
    return tuple(void for void in voided_redundancies(at_end(inventory)) if sent_together(inventory, void))


def sent_together(inventory: Inventory, void: VoidedRedundancy) -> tuple[str, ...]:
    """The lost members that the inventory itself sends into the rack that they fall with; empty if fewer than two.

    UPSs do not count: what they stand in holds nothing but them, and is theirs to share.
    """
    if void.element.kind is not ElementKind.RACK:
        return ()
    lost = [inventory.assets[id] for id in void.lost if id in inventory.assets]
    ends = {asset.id: asset.stages[-1:] for asset in lost if asset.kind is not AssetKind.UPS}
    found = tuple(id for id, last in ends.items() if last and last[0].position.rack == void.element.id)
    return found if len(found) > 1 else ()
