"""Assets and clusters of the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import ip_address, ip_network
from typing import Any

from planner.model.asset import Application, Asset, AssetKind, Backup, Cluster, Media, Reference, Stage, Work
from planner.model.chain import Method, StepKind
from planner.model.need import Leaf, Need, NeedKind, leaves
from planner.sources.building.around import Surroundings
from planner.sources.building.work import (
    ASSET_STEPS,
    Parties,
    Staffing,
    after_mounting,
    rollback_of,
    with_body,
    works_of,
)
from planner.sources.records.assets import (
    ApplicationRecord,
    AssetRecord,
    BackupRecord,
    ClusterRecord,
    LineRecord,
    ServerRecord,
    TerminalsRecord,
    VmRecord,
)
from planner.sources.records.surroundings import SegmentRecord
from planner.units.duration import Duration

FOLLOWERS = frozenset({AssetKind.VM, AssetKind.BLADE})
"""Kinds that stand where something else stands."""
STARTS = frozenset({NeedKind.HARD, NeedKind.START})
"""Kinds of needs without which nothing starts."""


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
    works = works_of(r, around.staffing, Parties(owner, vendor, r.id in around.critical), ASSET_STEPS)
    works, warm_up = after_mounting(with_body(works, r.handled_by))
    new_address = new_address_of(r, around.segments)
    inherited = frozenset(tag for system in systems for tag in system.blackouts)
    needs = around.needs(r.needs)
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
        supplies=r.supplies,
        tier=r.tier or next((s.tier for s in systems if s.tier), None),
        segments=r.segments,
        carries=r.carries,
        address=r.address,
        new_address=new_address,
        needs=(*needs, *_served_addresses(r, kind, needs, around.segments)),
        works=works,
        rollback=rollback_of(r, works),
        irreversible=frozenset(r.irreversible),
        apart_from=r.apart_from,
        stateful=r.backup is not None if r.stateful is None else r.stateful,
        backup=_backup(r.backup, r, around.staffing, vendor) if r.backup else None,
        references=_references(r, works, around.staffing, vendor),
        old_ttl=r.old_ttl,
        fragile=r.fragile,
        warm_up=warm_up,
        media=Media(r.media.sealed, r.media.serials) if r.media else None,
        together=r.together,
        replaces=r.replaces,
        handled_by=r.handled_by,
        application=_application(r.application) if r.application else None,
        department=r.department,
        blackouts=inherited if r.blackouts is None else frozenset(r.blackouts),
        leaves=r.leaves,
        serial=r.serial,
        confidential=r.confidential,
        legs=r.legs,
        backs_up=r.backs_up,
        watches=r.watches,
        standalone=r.standalone,
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
            return {"count": r.count}
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


def _served_addresses(
    r: AssetRecord, kind: AssetKind, needs: tuple[Need, ...], segments: Mapping[str, SegmentRecord]
) -> Iterator[Need]:
    """Yield what terminals without an address of their own need to start: who serves those of their segments (DHCP)."""
    written = {leaf for need in needs if need.kind in STARTS for leaf in leaves(need.tree)}
    if kind is AssetKind.TERMINALS and not r.address:
        for server in dict.fromkeys(segments[id].dhcp for id in r.segments if id in segments):
            if server is not None and server not in written:
                yield Need(NeedKind.START, Leaf(server))


def _backup(r: BackupRecord, asset: AssetRecord, staffing: Staffing, vendor: str | None) -> Backup:
    parties = Parties(vendor=vendor)

    def work(kind: StepKind) -> Work:
        duration = r.steps.get(kind) or asset.steps.get(kind) or Duration.fixed(0)
        crew = staffing.crew(r.crew.get(kind, asset.crew.get(kind, ())), parties)
        return Work(duration, crew, None, r.actions.get(kind), r.expected.get(kind))

    return Backup(work(StepKind.BACK_UP), r.max_age, r.restore_tested, r.copies, work(StepKind.VERIFY))


def _application(r: ApplicationRecord) -> Application:
    return Application(r.filed, r.accepted, r.since, r.last_day)


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
