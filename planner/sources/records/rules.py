"""Project, calendar, policy and waivers as they are written."""

from __future__ import annotations

from pydantic import Field

from planner.sources import vocabulary as v
from planner.sources.fields import Record


class HorizonRecord(Record):
    """Between which days everything happens."""

    since: v.DayStart = Field(alias="from")
    last_day: v.DayEnd


class ProjectRecord(Record):
    """The move as a whole."""

    id: v.Id
    name: v.Text | None = None
    as_of: v.Day
    horizon: HorizonRecord
    time_zone: v.Zone = "Asia/Tokyo"
    languages: v.Languages = ("ja", "en")
    classification: v.Text | None = None


class WindowRecord(Record):
    """A pattern of windows."""

    id: v.Id
    name: v.Text | None = None
    closed_run: v.Run | None = None
    days: v.Days | None = None
    start: v.TimeOfDay
    end: v.TimeOfDay


class BlackoutRecord(Record):
    """Days on which what carries the tag must not be touched."""

    tag: v.Id
    why: v.Text = ""
    days: v.DaysList = ()
    since: v.Moment | None = Field(None, alias="from")
    last_day: v.DayEnd | None = None
    until: v.Moment | None = None
    everyone: v.Flag = False
    freeze: v.Flag = False


class PowerCutRecord(Record):
    """A room without power."""

    room: v.RoomId
    since: v.Moment = Field(alias="from")
    until: v.Moment | None = None
    last_day: v.DayEnd | None = None
    why: v.Text = ""


class PhaseRecord(Record):
    """A construction phase."""

    id: v.Id
    name: v.Text | None = None
    rooms: v.RoomIds
    since: v.Moment = Field(alias="from")
    last_day: v.DayEnd | None = None
    until: v.Moment | None = None


class CalendarRecord(Record):
    """Everything about dates."""

    country: v.Country | None = None
    closed: v.ClosedDays | None = None
    opened: v.DateList = frozenset()
    shut: v.DateList = frozenset()
    hours: dict[v.Text, v.HoursParts] = Field(default_factory=dict)
    windows: list[WindowRecord] = Field(default_factory=list)
    blackouts: list[BlackoutRecord] = Field(default_factory=list)
    power_cuts: list[PowerCutRecord] = Field(default_factory=list)
    phases: list[PhaseRecord] = Field(default_factory=list)


class StaffRecord(Record):
    """Limits per person."""

    shift: v.Minutes | None = None
    rest: v.Minutes | None = None
    month: v.Minutes | None = None
    fresh: v.Count | None = None
    office: v.HoursId | None = None
    two_person: v.Importances | None = None


class ChoiceRecord(Record):
    """The severity of a rule, with the reason that the certificate prints."""

    severity: v.Graveness = Field(alias="as")
    reason: v.Text


class WeightsRecord(Record):
    """The weights of the objective."""

    criticality: dict[v.Importance, v.Count] | None = None
    outage_minute: v.Hundredths | None = None
    wave: v.Hundredths | None = None
    bridge_minute: v.Hundredths | None = None
    bridge_peak: v.Hundredths | None = None
    person_hour: v.Hundredths | None = None
    day: v.Hundredths | None = None


class PolicyRecord(Record):
    """What the office decides."""

    margin: v.Minutes | None = None
    announce_to: v.Minutes | None = None
    stop_point_days: v.Count | None = None
    shared_fate_after: v.Minutes | None = None
    critical_per_wave: v.Count | None = None
    restore_test_days: v.Count | None = None
    bootstrap: v.ProviderIds = ()
    severity: dict[v.Rule, ChoiceRecord] = Field(default_factory=dict)
    weights: WeightsRecord | None = None
    staff: StaffRecord | None = None
    decider: v.Text | None = None
    deputy: v.Text | None = None
    criteria: v.Texts = ()


class WaiverRecord(Record):
    """A finding that the office accepts in writing."""

    rule: v.Rule
    assets: v.AnyIds
    reason: v.Text
    by: v.Text


class PinRecord(Record):
    """A wave that is decided already."""

    subject: v.Members
    on: v.Day | None = None
    not_before: v.Day | None = None
    last_day: v.Day | None = None
    same_wave_as: v.Members = ()
    why: v.Text = ""
