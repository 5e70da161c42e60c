"""From all records that fit to one inventory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from planner.model.asset import Asset, AssetKind
from planner.model.inventory import Inventory
from planner.model.system import System
from planner.sources.bindings import Bindings
from planner.sources.building import rules, subjects, surroundings
from planner.sources.building.work import Staffing
from planner.sources.index import ASSET_SECTIONS, Context
from planner.sources.layers import Layers
from planner.sources.records.assets import DeskRecord

T = TypeVar("T")


def assemble(bindings: Bindings, layers: Layers, context: Context) -> Inventory:
    """Return the inventory; every record in it fits, and every reference leads somewhere."""
    policy = rules.policy(bindings.singles["policy"].record, bindings.records("waivers"))
    around = _around(bindings, context, policy.staff.two_person)
    assets = _assets(bindings, around)
    return Inventory(
        project=rules.project(bindings.singles["project"].record),
        rooms=_by_id(surroundings.room, bindings.records("rooms")),
        racks=_by_id(surroundings.rack, bindings.records("racks")),
        circuits=_by_id(surroundings.circuit, bindings.records("circuits")),
        tiers=_by_id(surroundings.tier, bindings.records("tiers")),
        separations=tuple(surroundings.separation(r) for r in bindings.records("separation")),
        permissions=tuple(surroundings.permission(r) for r in bindings.records("permissions")),
        segments=_by_id(surroundings.segment, bindings.records("segments")),
        links=_by_id(surroundings.link, bindings.records("links")),
        assets=assets,
        clusters=_by_id(subjects.cluster, bindings.records("clusters")),
        systems={**_systems(bindings, around), **_desks(bindings, layers, context, around, assets)},
        departments=_by_id(surroundings.department, bindings.records("departments")),
        teams=_by_id(surroundings.team, bindings.records("teams")),
        contacts=_by_id(surroundings.contact, bindings.records("contacts")),
        timetable=rules.timetable(bindings.singles["calendar"].record, context.years),
        policy=policy,
    )


def _by_id(make: Callable[[Any], T], records: Iterable[Any]) -> dict[str, T]:
    return {record.id: make(record) for record in records}


def _around(bindings: Bindings, context: Context, two_person: frozenset[str]) -> subjects.Surroundings:
    teams = bindings.records("teams")
    movers = next((team.id for team in teams if team.movers), None)
    systems = bindings.records("systems")
    assets = [record for section in ASSET_SECTIONS for record in bindings.records(section)]
    trees = subjects.trees_of(systems, assets)
    return subjects.Surroundings(
        context=context,
        staffing=Staffing.of((surroundings.team(team) for team in teams), movers),
        teams=frozenset(team.id for team in teams),
        segments={segment.id: segment for segment in bindings.records("segments")},
        two_person=two_person,
        trees=trees,
        by_member=subjects.by_member(systems, trees),
    )


def _assets(bindings: Bindings, around: subjects.Surroundings) -> dict[str, Asset]:
    return {
        bound.record.id: subjects.asset(bound.record, AssetKind(bound.written.kind), around)
        for section in ASSET_SECTIONS
        for bound in bindings.lists[section]
    }


def _systems(bindings: Bindings, around: subjects.Surroundings) -> dict[str, System]:
    return {record.id: subjects.system(record, around) for record in bindings.records("systems")}


def _desks(
    bindings: Bindings,
    layers: Layers,
    context: Context,
    around: subjects.Surroundings,
    assets: dict[str, Asset],
) -> dict[str, System]:
    """Return the systems that departments' terminals make, with the defaults of systems."""
    staff = bindings.singles["policy"].record.staff
    desks: dict[str, System] = {}
    for bound in bindings.lists["departments"]:
        node = bound.written.node.get("desk")
        if bound.record.desk is None or node is None:
            continue
        desk = layers.bound_under(DeskRecord, node, "system", context)
        terminals = [a.id for a in assets.values() if a.department == bound.record.id and a.kind is AssetKind.TERMINALS]
        made = subjects.desk(bound.record, desk, terminals, around, staff.office if staff else None)
        desks[made.id] = made
    return desks
