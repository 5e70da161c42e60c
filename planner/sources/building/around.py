"""What assets and systems take from each other: who runs on what, and what falls under the two-person rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from planner.model.need import AllOf, Leaf, Need, Tree, leaves
from planner.sources.building.work import Staffing
from planner.sources.index import Context
from planner.sources.needs import Wanted
from planner.sources.records.assets import AssetRecord, ClusterRecord, SystemRecord, VmRecord
from planner.sources.records.surroundings import SegmentRecord


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What assets and systems take from others: teams, segments, systems by member.

    ``critical`` are the assets that fall under the two-person rule.
    """

    context: Context
    staffing: Staffing
    teams: frozenset[str]
    segments: Mapping[str, SegmentRecord]
    critical: frozenset[str]
    trees: Mapping[str, Tree | None] = field(default_factory=dict)
    by_member: Mapping[str, list[SystemRecord]] = field(default_factory=dict)

    def systems_on(self, asset: str) -> list[SystemRecord]:
        """Return the systems whose `runs_on` names the asset, in the order written."""
        return self.by_member.get(asset, [])

    def needs(self, wanted: Iterable[Wanted]) -> tuple[Need, ...]:
        """Return needs with their kinds."""
        return tuple(each.need(self.context) for each in wanted)


def by_member(systems: Iterable[SystemRecord], trees: Mapping[str, Tree | None]) -> dict[str, list[SystemRecord]]:
    """Return the systems that run on each asset, in the order written."""
    found: dict[str, list[SystemRecord]] = {}
    for system in systems:
        for member in members(trees[system.id]):
            found.setdefault(member, []).append(system)
    return found


def members(tree: Tree | None) -> frozenset[str]:
    """Return the ids that a tree names."""
    return frozenset(leaves(tree)) if tree else frozenset()


def trees_of(systems: Iterable[SystemRecord], assets: Iterable[AssetRecord]) -> dict[str, Tree | None]:
    """Return what each system runs on: its own tree and all assets that say `system:`."""
    added: dict[str, list[str]] = {}
    for asset in assets:
        if asset.system:
            added.setdefault(asset.system, []).append(asset.id)
    return {system.id: _joined(system.runs_on, added.get(system.id, [])) for system in systems}


def _joined(tree: Tree | None, ids: list[str]) -> Tree | None:
    missing = [Leaf(id) for id in ids if id not in members(tree)]
    parts: tuple[Tree, ...] = (*((tree,) if tree else ()), *missing)
    if len(parts) > 1:
        own = tree.parts if isinstance(tree, AllOf) else ((tree,) if tree else ())
        return AllOf((*own, *missing))
    return parts[0] if parts else None


def beneath(ids: Iterable[str], assets: Mapping[str, AssetRecord], clusters: Mapping[str, ClusterRecord]) -> set[str]:
    """Return the assets and whatever they stand on: hosts, chassis, the storage of their clusters."""
    found: set[str] = set()
    waiting = [id for id in ids if id in assets]
    while waiting:
        id = waiting.pop()
        if id in found:
            continue
        found.add(id)
        waiting += [below for below in _below(assets[id], clusters) if below in assets]
    return found


def _below(asset: AssetRecord, clusters: Mapping[str, ClusterRecord]) -> Iterator[str]:
    if isinstance(asset, VmRecord):
        yield asset.host
        cluster = clusters.get(asset.cluster or "")
        if cluster and cluster.storage:
            yield cluster.storage
    chassis = getattr(asset, "chassis", None)
    if chassis:
        yield chassis
