"""Assets, clusters and systems of the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import Any

from planner.model.asset import Asset, AssetKind, Backup, Cluster, Reference, Stage, Work
from planner.model.chain import Method, StepKind
from planner.model.need import AllOf, Leaf, Need, Tree, leaves
from planner.model.system import Criticality, System
from planner.sources.building.work import ASSET_STEPS, SYSTEM_STEPS, Parties, Staffing, rollback_of, works_of
from planner.sources.index import Context
from planner.sources.needs import Wanted
from planner.sources.records.assets import (
    AssetRecord,
    BackupRecord,
    ClusterRecord,
    DepartmentRecord,
    DeskRecord,
    LineRecord,
    ServerRecord,
    SystemRecord,
    TerminalsRecord,
    VmRecord,
)
from planner.sources.records.surroundings import SegmentRecord
from planner.units.duration import Duration

FOLLOWERS = frozenset({AssetKind.VM, AssetKind.BLADE})
USUAL_MAX_AGE = 24 * 60


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What assets and systems take from others: teams, segments, systems by member, critical members."""

    context: Context
    staffing: Staffing
    teams: frozenset[str]
    segments: Mapping[str, SegmentRecord]
    two_person: frozenset[str]
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
        for member in _members(trees[system.id]):
            found.setdefault(member, []).append(system)
    return found


def _members(tree: Tree | None) -> frozenset[str]:
    return frozenset(leaves(tree)) if tree else frozenset()


def trees_of(systems: Iterable[SystemRecord], assets: Iterable[AssetRecord]) -> dict[str, Tree | None]:
    """Return what each system runs on: its own tree and all assets that say `system:`."""
    added: dict[str, list[str]] = {}
    for asset in assets:
        if asset.system:
            added.setdefault(asset.system, []).append(asset.id)
    return {system.id: _joined(system.runs_on, added.get(system.id, [])) for system in systems}


def _joined(tree: Tree | None, ids: list[str]) -> Tree | None:
    missing = [Leaf(id) for id in ids if id not in _members(tree)]
    parts: tuple[Tree, ...] = (*((tree,) if tree else ()), *missing)
    if len(parts) > 1:
        own = tree.parts if isinstance(tree, AllOf) else ((tree,) if tree else ())
        return AllOf((*own, *missing))
    return parts[0] if parts else None


def method_of(r: AssetRecord, kind: AssetKind, new_address: str | None) -> Method:
    """Return how an asset changes, as its record implies."""
    if r.retire or r.leaves is not None:
        return Method.RETIRE
    if kind is AssetKind.LINE:
        return Method.RELAY if r.to else Method.STAY
    if kind in FOLLOWERS:
        return Method.RENUMBER if new_address else Method.FOLLOW
    if r.at is None:
        return Method.INSTALL
    if r.to:
        return Method.CARRY
    return Method.RENUMBER if new_address else Method.STAY


def asset(r: AssetRecord, kind: AssetKind, around: Surroundings) -> Asset:
    """Return the asset of a record."""
    systems = around.systems_on(r.id)
    owner = next((s.owner for s in systems if s.owner in around.teams), None)
    vendor = r.vendor or next((s.vendor for s in systems if s.vendor), None)
    critical = any(s.criticality in around.two_person for s in systems)
    works = works_of(r, around.staffing, Parties(owner, vendor, critical), ASSET_STEPS)
    new_address = new_address_of(r, around.segments)
    inherited = frozenset(tag for system in systems for tag in system.blackouts)
    return Asset(
        id=r.id,
        name=r.name or r.id,
        kind=kind,
        method=method_of(r, kind, new_address),
        at=r.at,
        stages=_stages(r),
        height=r.u,
        kg=r.kg,
        va=r.va,
        supplies=r.supplies or 1,
        tier=r.tier or next((s.tier for s in systems if s.tier), None),
        segments=r.segments,
        carries=r.carries,
        address=r.address,
        new_address=new_address,
        needs=around.needs(r.needs),
        works=works,
        rollback=rollback_of(r, works),
        irreversible=frozenset(r.irreversible),
        apart_from=r.apart_from,
        stateful=r.stateful,
        backup=_backup(r.backup, r, around.staffing, vendor) if r.backup else None,
        references=_references(r, works, around.staffing, vendor),
        old_ttl=r.old_ttl,
        fragile=r.fragile,
        together=r.together,
        replaces=r.replaces,
        handled_by=r.handled_by,
        department=r.department,
        blackouts=inherited if r.blackouts is None else frozenset(r.blackouts),
        leaves=r.leaves,
        serial=r.serial,
        confidential=r.confidential,
        note=r.note,
        **_of_kind(r),
    )


def _of_kind(r: AssetRecord) -> dict[str, Any]:
    """Return the fields that only some kinds of assets have."""
    match r:
        case ServerRecord():
            return {"memory_gb": r.memory_gb, "chassis": r.chassis}
        case VmRecord():
            return {
                "host": r.host,
                "cluster": r.cluster,
                "memory_gb": r.memory_gb,
                "stun_seconds": r.stun,
                "migrate_mbps": r.migrate_mbps,
            }
        case LineRecord():
            return {
                "ends": r.ends,
                "lead_days": r.lead_days,
                "appointments": r.appointments,
                "dual_lay": r.dual_lay,
            }
        case TerminalsRecord():
            return {"count": r.count or 1}
    return {}


def _stages(r: AssetRecord) -> tuple[Stage, ...]:
    """Return the targets; the bounds of the record itself bind the only or last one."""
    stages = [Stage(stage.at, stage.not_before, stage.last_day) for stage in r.to]
    if stages and (r.not_before is not None or r.last_day is not None):
        last = stages[-1]
        before = last.not_before if last.not_before is not None else r.not_before
        stages[-1] = Stage(last.position, before, last.not_after if last.not_after is not None else r.last_day)
    return tuple(stages)


def new_address_of(r: AssetRecord, segments: Mapping[str, SegmentRecord]) -> str | None:
    """Return the new address: the one written, else the same host in the new prefix of its segment."""
    if r.renumber or not r.address:
        return r.renumber
    for id in r.segments:
        segment = segments.get(id)
        if segment and segment.prefix and segment.renumber:
            old, new, address = ip_network(segment.prefix), ip_network(segment.renumber), ip_address(r.address)
            if address in old and old.prefixlen == new.prefixlen and old.version == new.version:
                return str(new.network_address + (int(address) - int(old.network_address)))
    return None


def _backup(r: BackupRecord, asset: AssetRecord, staffing: Staffing, vendor: str | None) -> Backup:
    parties = Parties(vendor=vendor)
    kind = StepKind.BACK_UP
    duration = r.steps.get(kind) or asset.steps.get(kind) or Duration.fixed(0)
    crew = staffing.crew(r.crew.get(kind, asset.crew.get(kind, ())), parties)
    work = Work(duration, crew, None, r.actions.get(kind), r.expected.get(kind))
    return Backup(work, r.max_age, r.restore_tested, r.copies)


def _references(
    r: AssetRecord, works: Mapping[StepKind, Work], staffing: Staffing, vendor: str | None
) -> tuple[Reference, ...]:
    usual = works.get(StepKind.UPDATE, Work(Duration.fixed(0)))
    parties = Parties(vendor=vendor)
    return tuple(
        Reference(
            each.holder,
            each.what,
            Work(each.update or usual.duration, usual.crew if each.crew is None else staffing.crew(each.crew, parties)),
        )
        for each in r.references
    )


def cluster(r: ClusterRecord) -> Cluster:
    """Return the cluster of a record."""
    return Cluster(r.id, r.name or r.id, r.hosts, r.storage, r.live_migration, r.across, r.storage_mbps)


def system(r: SystemRecord, around: Surroundings) -> System:
    """Return the system of a record."""
    owner = r.owner if r.owner in around.teams else None
    works = works_of(r, around.staffing, Parties(owner, r.vendor), SYSTEM_STEPS)
    return System(
        id=r.id,
        name=r.name or r.id,
        criticality=r.criticality,
        owner=r.owner,
        tier=r.tier,
        hours=r.hours,
        budget=r.budget,
        longest=r.longest,
        longest_elapsed=r.longest_elapsed,
        runs_on=around.trees.get(r.id),
        needs=around.needs(r.needs),
        works=works,
        rollback=rollback_of(r, works),
        accept_hours=r.accept_hours,
        accept_is_check_point=r.accept_is_check_point,
        fallback=r.fallback,
        told=r.told,
        blackouts=frozenset(r.blackouts),
        leaves=r.leaves,
        cloud_needs=around.needs(r.cloud_needs),
        department=r.department,
        vendor=r.vendor,
        users=r.users,
        note=r.note,
    )


def desk(
    r: DepartmentRecord, d: DeskRecord, terminals: Sequence[str], around: Surroundings, office: str | None
) -> System:
    """Return the system that a department's terminals make; without hours of its own it has the office's."""
    works = works_of(d, around.staffing, Parties(), SYSTEM_STEPS)
    members = tuple(Leaf(id) for id in terminals)
    return System(
        id=f"desk-{r.id}",
        name=r.name or r.id,
        criticality=d.criticality or Criticality.B,
        owner=r.id,
        hours=d.hours or office,
        budget=d.budget or 0,
        longest=d.longest,
        runs_on=members[0] if len(members) == 1 else AllOf(members) if members else None,
        needs=around.needs(d.needs),
        works=works,
        rollback=rollback_of(d, works),
        blackouts=frozenset(d.blackouts),
        department=r.id,
        users=d.people,
    )
