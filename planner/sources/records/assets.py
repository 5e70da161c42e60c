"""Servers, storage, network, power, VMs, lines and terminals as they are written."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from planner.sources import vocabulary as v
from planner.sources.fields import Brief, Record
from planner.sources.nodes import ScalarNode
from planner.sources.unfit import brief


class Changes(Record):
    """What is done to a subject: durations, crews, second pairs of eyes and texts per kind of step."""

    steps: dict[v.Step, v.Duration] = Field(default_factory=dict)
    crew: dict[v.Step, v.Crew] = Field(default_factory=dict)
    witness: dict[v.Step, v.Crew] = Field(default_factory=dict)
    rollback: dict[v.Step, v.Duration] = Field(default_factory=dict)
    actions: dict[v.Step, v.Text] = Field(default_factory=dict)
    expected: dict[v.Step, v.Text] = Field(default_factory=dict)


class StageRecord(Record):
    """One of several targets in a row."""

    at: v.Place
    not_before: v.DayStart | None = None
    last_day: v.DayEnd | None = None


def each_stage(value: Any) -> Any:
    """Write a target out that is only a place."""
    parts = value if isinstance(value, list) else [value]
    return [brief(part, at=part) if isinstance(part, ScalarNode) else part for part in parts]


class BackupRecord(Changes):
    """When a stateful asset counts as backed up."""

    max_age: v.Minutes
    restore_tested: v.DayStart | None = None
    copies: v.PlaceIds = ()


class MediaRecord(Record):
    """Personal data on the disks of an asset that travels."""

    sealed: v.Known = None
    serials: v.Texts = ()


class ApplicationRecord(Record):
    """What was applied for with a body outside."""

    filed: v.DayStart | None = None
    accepted: v.DayStart | None = None
    since: v.DayStart | None = Field(None, alias="from")
    last_day: v.DayEnd | None = None


class ReferenceRecord(Record):
    """A literal address of the asset that stands in another one."""

    holder: v.HolderId
    what: v.Text
    update: v.Duration | None = None
    crew: v.Crew | None = None


class AssetRecord(Changes):
    """What every asset may say."""

    id: v.Id
    name: v.Text | None = None
    kind: v.Kind | None = None
    at: v.Place | None = None
    to: Annotated[list[StageRecord], Brief(each_stage)] = Field(default_factory=list)
    not_before: v.DayStart | None = None
    last_day: v.DayEnd | None = None
    retire: v.Flag = False
    leaves: v.DayStart | None = None
    replaces: v.AssetId | None = None
    renumber: v.Address | None = None
    u: v.Height = None
    kg: v.Number = None
    va: v.Amount = None
    supplies: v.Several = 1
    tier: v.TierId | None = None
    segments: v.SegmentIds = ()
    carries: v.SegmentIds | None = None
    address: v.Address | None = None
    needs: v.Needs = ()
    system: v.SystemId | None = None
    vendor: v.TeamId | None = None
    handled_by: v.TeamId | None = None
    application: ApplicationRecord | None = None
    department: v.DepartmentId | None = None
    blackouts: v.Tags | None = None
    irreversible: v.Steps = ()
    stateful: v.Flag | None = None
    backup: BackupRecord | None = None
    references: list[ReferenceRecord] = Field(default_factory=list)
    old_ttl: v.Minutes | None = None
    fragile: v.Flag = False
    media: MediaRecord | None = None
    together: v.Text | None = None
    apart_from: v.AssetIds = ()
    serial: v.Text | None = None
    confidential: v.Flag = False
    legs: v.TierIds = ()
    backs_up: v.AssetIds = ()
    watches: v.WatchedIds = ()
    standalone: v.Flag = False
    note: v.Text | None = None


class ServerRecord(AssetRecord):
    """A server, hypervisor, appliance, chassis or blade."""

    memory_gb: v.Amount = None
    chassis: v.AssetId | None = None


class VmRecord(AssetRecord):
    """A virtual machine."""

    host: v.AssetId
    cluster: v.ClusterId | None = None
    memory_gb: v.Amount = None
    stun: v.Seconds | None = None
    migrate_mbps: v.Mbps = None


class LineRecord(AssetRecord):
    """An external line."""

    ends: dict[v.RoomId, v.Members] = Field(default_factory=dict)
    lead_days: v.Amount = None
    appointments: v.HoursId | None = None
    dual_lay: v.Flag = False


class TerminalsRecord(AssetRecord):
    """A group of terminals on a floor."""

    count: v.Several = 1


class ClusterRecord(Record):
    """Hypervisors that share VMs."""

    id: v.Id
    name: v.Text | None = None
    hosts: v.Members
    storage: v.AssetId | None = None
    live_migration: v.Flag = False
    across: v.Flag = False
    storage_mbps: v.Mbps = None
    note: v.Text | None = None


class GroupRecord(Record):
    """A named k-of-n."""

    id: v.Id
    name: v.Text | None = None
    of: v.Members
    at_least: v.Several | None = None
    percent: v.Percent | None = None
    keep: v.Several | None = None
    in_room: v.Flag = False


class SystemRecord(Changes):
    """A business service."""

    id: v.Id
    name: v.Text | None = None
    owner: v.OwnerId | None = None
    department: v.DepartmentId | None = None
    criticality: v.Importance
    tier: v.TierId | None = None
    hours: v.HoursId | None = None
    budget: v.Minutes = 0
    longest: v.Minutes | None = None
    longest_elapsed: v.Minutes | None = None
    runs_on: v.Of | None = None
    needs: v.Needs = ()
    accept_hours: v.HoursId | None = None
    accept_is_check_point: v.Flag = False
    fallback: v.Text | None = None
    told: v.Texts = ()
    blackouts: v.Tags = ()
    leaves: v.DayStart | None = None
    cloud_needs: v.Needs = ()
    vendor: v.TeamId | None = None
    users: v.Amount = None
    note: v.Text | None = None


class DeskRecord(Changes):
    """The system that a department's terminals make."""

    needs: v.Needs = ()
    people: v.Amount = None
    criticality: v.Importance | None = None
    hours: v.HoursId | None = None
    budget: v.Minutes | None = None
    longest: v.Minutes | None = None
    blackouts: v.Tags = ()


class DepartmentRecord(Record):
    """Who owns systems and sits at terminals."""

    id: v.Id
    name: v.Text | None = None
    contact: v.ContactId | None = None
    desk: DeskRecord | None = None


class LinkRecord(Record):
    """A connection between two rooms."""

    id: v.Id
    name: v.Text | None = None
    between: v.TwoRooms
    bridge: v.Flag = False
    gbps: v.Gbps = None
    mbps: v.Mbps = None
    latency_ms: v.Number = None
    paths: v.Several = 1
    tiers: v.TierIds = ()
    since: v.DayStart | None = Field(None, alias="from")
    last_day: v.DayEnd | None = None
    until: v.Moment | None = None
    ends_on: dict[v.RoomId, v.Members] = Field(default_factory=dict)
    test: v.Duration | None = None
    separated: v.Separated | None = None
    crew: dict[v.Step, v.Crew] = Field(default_factory=dict)
    note: v.Text | None = None
