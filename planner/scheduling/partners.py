"""Which boxes should not share a rack: those that stand in for each other (S05)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from planner.model.inventory import Inventory
from planner.model.need import AtLeast, Leaf, Tree, leaves
from planner.scheduling.numbering import carrier

Group = tuple[str, ...]


def partner_groups(inventory: Inventory) -> tuple[Group, ...]:
    """The sets of boxes of which one failing rack should not take all, in the order of the file, each named once.

    They are the members of k-of-n trees with k < n, of a segment's gateway and of a cluster, and `apart_from` pairs;
    for VMs and blades the box that carries them.
    """
    groups = (tuple(dict.fromkeys(_box(inventory, id) for id in group)) for group in _written(inventory))
    return tuple(dict.fromkeys(group for group in groups if len(group) > 1))


def _box(inventory: Inventory, id: str) -> str:
    asset = inventory.assets[id]
    on = carrier(asset)
    return _box(inventory, on) if on else id


def _written(inventory: Inventory) -> Iterator[Group]:
    for asset in inventory.assets.values():
        yield from _in_needs(inventory, [need.tree for need in asset.needs])
        for other in asset.apart_from:
            yield (asset.id, other)
    for system in inventory.systems.values():
        own = [system.runs_on] if system.runs_on else []
        yield from _in_needs(inventory, own + [need.tree for need in system.needs])
    for segment in inventory.segments.values():
        yield segment.gateway
    for cluster in inventory.clusters.values():
        yield cluster.hosts


def _in_needs(inventory: Inventory, trees: list[Tree]) -> Iterator[Group]:
    for tree in trees:
        for node in _redundant(tree):
            yield tuple(id for id in leaves(node) if id in inventory.assets)


def _redundant(tree: Tree) -> Iterator[AtLeast]:
    if isinstance(tree, AtLeast) and tree.count < len(tree.parts):
        yield tree
    parts = () if isinstance(tree, Leaf) else tree.parts
    for part in parts:
        yield from _redundant(part)


def redundancies(inventory: Inventory) -> Mapping[str, frozenset[str]]:
    """For each asset those that stand in for it: the other members of the k-of-n trees that name it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for group in _written(inventory):
        for id in group:
            found[id].update(other for other in group if other != id)
    return defaultdict(frozenset, {id: frozenset(others) for id, others in found.items()})
