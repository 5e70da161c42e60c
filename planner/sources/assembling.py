"""From all records that fit to one inventory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from planner.model.asset import Asset, AssetKind
from planner.model.inventory import Inventory
from planner.model.need import Tree
from planner.model.system import System
from planner.sources.bindings import Bindings
from planner.sources.building import around, assets, rules, surroundings, systems
from planner.sources.building.bootstrap import booted
from planner.sources.building.work import Staffing
from planner.sources.index import ASSET_SECTIONS, Context
from planner.sources.layers import Layers
from planner.sources.records.assets import AssetRecord, DeskRecord

T = TypeVar("T")


def assemble(bindings: Bindings, layers: Layers, context: Context) -> Inventory:
    """Return the inventory; every record in it fits, and every reference leads somewhere."""
    policy = rules.policy(bindings.singles["policy"].record, bindings.records("waivers"))
    others = _around(bindings, context, policy.staff.two_person)
    order = policy.bootstrap
    built = {id: booted(asset, order) for id, asset in _assets(bindings, others).items()}
    served = {**_systems(bindings, others), **_desks(bindings, layers, context, others)}
    return Inventory(
        project=rules.project(bindings.singles["project"].record),
        rooms=_by_id(surroundings.room, bindings.records("rooms")),
        racks=_by_id(surroundings.rack, bindings.records("racks")),
        circuits=_by_id(surroundings.circuit, bindings.records("circuits")),
        tiers=_by_id(surroundings.tier, bindings.records("tiers")),
        separations=tuple(surroundings.separation(r) for r in bindings.records("separation")),
        permissions=tuple(surroundings.permission(r) for r in bindings.records("permissions")),
        segments=_by_id(surroundings.segment, bindings.records("segments")),
        links={r.id: surroundings.link(r, others.staffing) for r in bindings.records("links")},
        conveyances=_by_id(surroundings.conveyance, bindings.records("conveyances")),
        routes=tuple(surroundings.route(r) for r in bindings.records("routes")),
        assets=built,
        clusters=_by_id(assets.cluster, bindings.records("clusters")),
        systems={id: booted(system, order) for id, system in served.items()},
        departments=_by_id(surroundings.department, bindings.records("departments")),
        teams=_by_id(surroundings.team, bindings.records("teams")),
        contacts=_by_id(surroundings.contact, bindings.records("contacts")),
        timetable=rules.timetable(bindings.singles["calendar"].record, context.years),
        policy=policy,
        pins=tuple(rules.pin(r) for r in bindings.records("pins")),
    )


def _by_id(make: Callable[[Any], T], records: Iterable[Any]) -> dict[str, T]:
    return {record.id: make(record) for record in records}


def _around(bindings: Bindings, context: Context, two_person: frozenset[str]) -> around.Surroundings:
    teams = bindings.records("teams")
    written = bindings.records("systems")
    trees = around.trees_of(written, _asset_records(bindings))
    return around.Surroundings(
        context=context,
        staffing=Staffing.of(
            (surroundings.team(team) for team in teams), next((team.id for team in teams if team.movers), None)
        ),
        teams=frozenset(team.id for team in teams),
        segments={segment.id: segment for segment in bindings.records("segments")},
        critical=_critical(bindings, trees, two_person),
        trees=trees,
        by_member=around.by_member(written, trees),
    )


def _asset_records(bindings: Bindings) -> list[AssetRecord]:
    return [record for section in ASSET_SECTIONS for record in bindings.records(section)]


def _critical(bindings: Bindings, trees: Mapping[str, Tree | None], two_person: frozenset[str]) -> frozenset[str]:
    """Return what systems under the two-person rule run on, down to hosts and their storage."""
    records = {record.id: record for record in _asset_records(bindings)}
    clusters = {cluster.id: cluster for cluster in bindings.records("clusters")}
    strict = [system.id for system in bindings.records("systems") if system.criticality in two_person]
    named = [id for system in strict for id in around.members(trees[system])]
    desks = [r for r in bindings.records("departments") if r.desk and r.desk.criticality in two_person]
    named += [id for desk in desks for id in _terminals(bindings, desk.id)]
    return frozenset(around.beneath(named, records, clusters))


def _assets(bindings: Bindings, others: around.Surroundings) -> dict[str, Asset]:
    return {
        bound.record.id: assets.asset(bound.record, AssetKind(bound.written.kind), others)
        for section in ASSET_SECTIONS
        for bound in bindings.lists[section]
    }


def _systems(bindings: Bindings, others: around.Surroundings) -> dict[str, System]:
    return {record.id: systems.system(record, others) for record in bindings.records("systems")}


def _desks(bindings: Bindings, layers: Layers, context: Context, others: around.Surroundings) -> dict[str, System]:
    """Return the systems that departments' terminals make, with the defaults of systems."""
    staff = bindings.singles["policy"].record.staff
    desks: dict[str, System] = {}
    for bound in bindings.lists["departments"]:
        node = bound.written.node.get("desk")
        if bound.record.desk is None or node is None:
            continue
        desk = layers.bound_under(DeskRecord, node, "system", context)
        office = staff.office if staff else None
        made = systems.desk(bound.record, desk, _terminals(bindings, bound.record.id), others, office)
        desks[made.id] = made
    return desks


def _terminals(bindings: Bindings, department: str) -> list[str]:
    return [record.id for record in bindings.records("terminals") if record.department == department]
