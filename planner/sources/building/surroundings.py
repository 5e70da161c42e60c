"""Rooms, racks, circuits, tiers, segments, links, teams and contacts of the model."""

from __future__ import annotations

from planner.model.chain import StepKind
from planner.model.inventory import Department
from planner.model.network import Link, Permission, Segment, Separation, Tier
from planner.model.people import Contact, Contract, Person, Team
from planner.model.place import Circuit, Rack, Room
from planner.model.transport import Conveyance, Route
from planner.sources.building.work import Parties, Staffing
from planner.sources.records.assets import DepartmentRecord, LinkRecord
from planner.sources.records.surroundings import (
    AbsenceRecord,
    CircuitRecord,
    ContactRecord,
    ContractRecord,
    ConveyanceRecord,
    PermissionRecord,
    RackRecord,
    RoomRecord,
    RouteRecord,
    SegmentRecord,
    SeparationRecord,
    TeamRecord,
    TierRecord,
)
from planner.units.duration import Duration
from planner.units.span import Span

NO_END = 200 * 366 * 24 * 60
"""Far behind every horizon: the end of what is bounded on one side only."""


def room(r: RoomRecord) -> Room:
    """Return the room of a record."""
    return Room(
        r.id, r.name or r.id, r.kind, r.opens, r.last_day, r.floor_kg_m2, r.kva, r.cooling_kw, r.readiness, r.ready
    )


def rack(r: RackRecord) -> Rack:
    """Return the rack of a record."""
    return Rack(
        r.id,
        r.name or r.id,
        r.room,
        r.units,
        r.frame_kg,
        r.footprint_m2,
        r.spread_m2,
        r.max_kg,
        r.feeds,
    )


def circuit(r: CircuitRecord) -> Circuit:
    """Return the circuit of a record."""
    return Circuit(r.id, r.room, r.volts, r.amps, r.share, r.ups)


def tier(r: TierRecord) -> Tier:
    """Return the tier of a record."""
    return Tier(r.id, r.name or r.id)


def separation(r: SeparationRecord) -> Separation:
    """Return the separation of a record."""
    return Separation(r.between, r.by)


def permission(r: PermissionRecord) -> Permission:
    """Return the permission of a record."""
    return Permission(r.between, r.why, r.through)


def segment(r: SegmentRecord) -> Segment:
    """Return the segment of a record."""
    name = r.name or r.id
    return Segment(r.id, name, r.tier, r.vlan, r.prefix, r.gateway, r.stretch, r.client, r.dhcp, r.renumber)


def link(r: LinkRecord, staffing: Staffing) -> Link:
    """Return the link of a record; the people are those of the test of a bridge."""
    tested = bool(r.test and r.bridge)
    return Link(
        id=r.id,
        name=r.name or r.id,
        between=r.between,
        bridge=r.bridge,
        mbps=r.mbps if r.mbps is not None else r.gbps,
        latency_ms=r.latency_ms,
        paths=r.paths,
        tiers=frozenset(r.tiers),
        since=r.since,
        until=r.until if r.until is not None else r.last_day,
        ends_on=r.ends_on,
        test=r.test if r.test and tested else Duration.fixed(0),
        separated=r.separated,
        crew=staffing.crew(r.crew.get(StepKind.TEST, ()), Parties()) if tested else (),
    )


def conveyance(r: ConveyanceRecord) -> Conveyance:
    """Return the conveyance of a record."""
    return Conveyance(r.id, r.name or r.id, r.kind, r.max_kg, r.door_cm, r.at_once)


def route(r: RouteRecord) -> Route:
    """Return the route of a record."""
    return Route(r.between, r.by, r.minutes, r.doors)


def department(r: DepartmentRecord) -> Department:
    """Return the department of a record."""
    return Department(r.id, r.name or r.id, r.contact)


def team(r: TeamRecord) -> Team:
    """Return the team of a record, its people numbered from 1 where they have no id."""
    people = tuple(
        Person(
            person.id or f"{r.id}/{number}",
            person.name,
            frozenset(person.skills),
            tuple(absence(away) for away in person.absent),
        )
        for number, person in enumerate(r.people, 1)
    )
    agreed = contract(r.contract) if r.contract else None
    return Team(r.id, r.name or r.id, people, r.own, r.hours, r.notice_days, agreed, r.contact, r.escorts)


def absence(r: AbsenceRecord) -> Span:
    """Return the time of an absence; without an end it is one day."""
    end = r.until if r.until is not None else r.last_day
    return Span(r.since, r.since + 24 * 60 if end is None else end)


def contract(r: ContractRecord) -> Contract:
    """Return what a contract covers; a side that is not written is open."""
    bounded = r.since is not None or r.last_day is not None
    covers = Span(r.since or 0, NO_END if r.last_day is None else r.last_day) if bounded else None
    return Contract(covers, r.nights, r.closed_days, frozenset(r.kinds))


def contact(r: ContactRecord) -> Contact:
    """Return the contact of a record."""
    return Contact(r.id, r.name, r.role, r.phone, r.confidential)
