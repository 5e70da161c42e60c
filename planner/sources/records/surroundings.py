"""Rooms, racks, circuits, tiers, segments, teams and contacts as they are written."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field

from planner.sources import vocabulary as v
from planner.sources.fields import Brief, Record
from planner.sources.nodes import ScalarNode
from planner.sources.unfit import brief


class RoomRecord(Record):
    """A place of assets."""

    id: v.Id
    name: v.Text | None = None
    kind: v.KindOfRoom
    opens: v.DayStart | None = None
    last_day: v.DayEnd | None = None
    floor_kg_m2: v.Number = None
    kva: v.Kilo = None
    cooling_kw: v.Kilo = None
    readiness: v.Texts = ()
    ready: v.DayStart | None = None
    note: v.Text | None = None


class RackRecord(Record):
    """A rack of a room."""

    id: v.Id
    name: v.Text | None = None
    room: v.RoomId
    units: v.Units = 42
    frame_kg: v.Quantity = 130.0
    footprint_m2: v.Quantity = 0.66
    spread_m2: v.Number = None
    max_kg: v.Number = None
    feeds: v.CircuitIds = ()
    note: v.Text | None = None


class CircuitRecord(Record):
    """A branch circuit with its breaker."""

    id: v.Id
    name: v.Text | None = None
    room: v.RoomId
    volts: v.Several
    amps: v.Quantity
    share: v.Share = 0.8
    ups: v.AssetId | None = None


class TierRecord(Record):
    """A security zone."""

    id: v.Id
    name: v.Text | None = None


class SeparationRecord(Record):
    """How two tiers are kept apart."""

    between: v.TwoTiers
    by: v.Separated


class PermissionRecord(Record):
    """Traffic between two tiers that is allowed."""

    between: v.TwoTiers
    why: v.Text
    through: v.AssetIds = ()


class SegmentRecord(Record):
    """A VLAN with its prefix."""

    id: v.Id
    name: v.Text | None = None
    tier: v.TierId
    vlan: v.Vlan | None = None
    prefix: v.Prefix | None = None
    gateway: v.Members = ()
    stretch: v.Flag = False
    client: v.Flag = False
    dhcp: v.AssetId | None = None
    renumber: v.Prefix | None = None
    note: v.Text | None = None


class ConveyanceRecord(Record):
    """A vehicle or an elevator."""

    id: v.Id
    name: v.Text | None = None
    kind: v.KindOfConveyance
    max_kg: v.Number = None
    door_cm: v.TwoNumbers | None = None
    at_once: v.Several = 1
    note: v.Text | None = None


class RouteRecord(Record):
    """A way between two rooms."""

    between: v.TwoRooms
    by: v.ConveyanceIds = ()
    minutes: v.Minutes | None = None
    doors: v.Texts = ()


class AbsenceRecord(Record):
    """Days or hours on which a person is not there."""

    since: v.Moment = Field(alias="from")
    last_day: v.DayEnd | None = None
    until: v.Moment | None = None


class PersonRecord(Record):
    """A member of a team."""

    id: v.Id | None = None
    name: v.Text
    skills: v.Texts = ()
    absent: list[AbsenceRecord] = Field(default_factory=list)


class ContractRecord(Record):
    """What a vendor may be asked to do."""

    since: v.DayStart | None = Field(None, alias="from")
    last_day: v.DayEnd | None = None
    nights: v.Flag = True
    closed_days: v.Flag = True
    kinds: v.Texts = ()


def each_person(value: Any) -> Any:
    """Write people out who are only counted or only named."""
    if isinstance(value, ScalarNode) and re.fullmatch(r"[1-9][0-9]{0,2}", value.text):
        return [brief(value, name=replace(value, text=f"{number}")) for number in range(1, int(value.text) + 1)]
    if isinstance(value, list):
        return [brief(part, name=part) if isinstance(part, ScalarNode) else part for part in value]
    return value


class TeamRecord(Record):
    """People who are interchangeable but for their skills."""

    id: v.Id
    name: v.Text | None = None
    people: Annotated[list[PersonRecord], Brief(each_person)]
    own: v.Flag = False
    movers: v.Flag = False
    escorts: v.Flag = False
    hours: v.HoursId | None = None
    notice_days: v.Count = 0
    contract: ContractRecord | None = None
    contact: v.ContactId | None = None
    note: v.Text | None = None


class ContactRecord(Record):
    """Who to call."""

    id: v.Id
    name: v.Text
    role: v.Text = ""
    phone: v.Text | None = None
    confidential: v.Flag = False
