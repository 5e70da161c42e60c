"""The types of the inventory language: what a field may hold, each with its reader and its JSON Schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any

from planner.model.asset import AssetKind
from planner.model.chain import StepKind
from planner.model.need import Tree
from planner.model.network import SeparationBy
from planner.model.place import Position, RoomKind
from planner.model.policy import Severity
from planner.model.system import Criticality
from planner.model.timetable import DailyHours, DaySet
from planner.model.transport import ConveyanceKind
from planner.sources import scalars
from planner.sources.crews import Hands, read_crew
from planner.sources.datefields import (
    Closed,
    Language,
    read_closed,
    read_country,
    read_dates,
    read_days,
    read_hours,
    read_rule,
    read_run,
    read_zone,
)
from planner.sources.dates import read_day, read_moment, read_time
from planner.sources.duration import read_duration, read_minutes, read_seconds
from planner.sources.fields import TEXT, As
from planner.sources.index import ASSETS, Context, refers
from planner.sources.needs import PROVIDERS, Wanted, members_of, read_needs, read_tree
from planner.sources.places import read_position
from planner.units.duration import Duration as ModelDuration

DAY = 24 * 60


def _day(value: Any, context: Context) -> date:
    return read_day(value, context.weekdays)


def _moment(value: Any, context: Context) -> int:
    return read_moment(value, context.clock, context.weekdays)


def _day_start(value: Any, context: Context) -> int:
    return context.clock.minute(read_day(value, context.weekdays))


def _day_end(value: Any, context: Context) -> int:
    return context.clock.minute(read_day(value, context.weekdays), DAY)


def _any_of(*schemas: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [dict(schema) for schema in schemas]}


def _or_unknown(schema: Mapping[str, Any]) -> dict[str, Any]:
    return _any_of(schema, {"const": "unknown"})


def _list_or_one(schema: Mapping[str, Any]) -> dict[str, Any]:
    return _any_of(schema, {"type": "array", "items": dict(schema)})


def _pair(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": dict(schema), "minItems": 2, "maxItems": 2}


def _words(words: Iterable[str]) -> dict[str, Any]:
    return {"enum": list(words)}


_NEED = _any_of(TEXT, {"type": "object"}, {"type": "array"})
_DURATION = _any_of(TEXT, {"type": "array", "items": dict(TEXT), "minItems": 3, "maxItems": 3})
_INTEGER = {"type": "integer"}
_NUMBER = {"type": "number"}

Text = Annotated[str, As(scalars.read_text)]
Texts = Annotated[tuple[str, ...], As(scalars.several(scalars.read_text), _list_or_one(TEXT))]
Id = Annotated[str, As(scalars.read_id, {"type": "string"})]
Flag = Annotated[bool, As(scalars.read_flag, {"type": "boolean"})]
Count = Annotated[int, As(scalars.whole(0, 1_000_000), _INTEGER)]
Several = Annotated[int, As(scalars.whole(1, 10_000), _INTEGER)]
Units = Annotated[int, As(scalars.whole(1, 60), _INTEGER)]
Vlan = Annotated[int, As(scalars.whole(1, 4094), _INTEGER)]
Hundredths = Annotated[int, As(scalars.number(0, 1_000_000, scale=100), _NUMBER)]
Known = Annotated[bool | None, As(scalars.or_unknown(scalars.read_flag), _or_unknown({"type": "boolean"}))]
TwoNumbers = Annotated[tuple[float, float], As(scalars.each(scalars.number(0.01, 10_000), 2), _pair(_NUMBER))]
Quantity = Annotated[float, As(scalars.number(0.01, 1_000_000), _NUMBER)]
Share = Annotated[float, As(scalars.number(0.01, 1), _NUMBER)]
Percent = Annotated[float, As(scalars.number(0, 100), _NUMBER)]

Amount = Annotated[int | None, As(scalars.or_unknown(scalars.whole(0, 1_000_000)), _or_unknown(_INTEGER))]
Height = Annotated[int | None, As(scalars.or_unknown(scalars.whole(1, 60)), _or_unknown(_INTEGER))]
Mbps = Annotated[int | None, As(scalars.or_unknown(scalars.whole(0, 10_000_000)), _or_unknown(_INTEGER))]
Gbps = Annotated[int | None, As(scalars.or_unknown(scalars.number(0, 10_000, scale=1000)), _or_unknown(_NUMBER))]
Kilo = Annotated[int | None, As(scalars.or_unknown(scalars.number(0, 100_000, scale=1000)), _or_unknown(_NUMBER))]
Number = Annotated[float | None, As(scalars.or_unknown(scalars.number(0, 1_000_000)), _or_unknown(_NUMBER))]

Address = Annotated[str, As(scalars.read_address, {"type": "string"})]
Prefix = Annotated[str, As(scalars.read_prefix, {"type": "string"})]

Duration = Annotated[ModelDuration, As(read_duration, _DURATION)]
Minutes = Annotated[int, As(read_minutes, TEXT)]
Seconds = Annotated[int, As(read_seconds, TEXT)]
Day = Annotated[date, As(_day, {"type": "string"})]
DayStart = Annotated[int, As(_day_start, {"type": "string"})]
DayEnd = Annotated[int, As(_day_end, {"type": "string"})]
Moment = Annotated[int, As(_moment, {"type": "string"})]
TimeOfDay = Annotated[int, As(read_time, {"type": "string"})]

Place = Annotated[Position, As(read_position, {"type": "string"})]
Crew = Annotated[tuple[Hands, ...], As(read_crew, _list_or_one(TEXT))]
Needs = Annotated[tuple[Wanted, ...], As(read_needs, _NEED)]
Of = Annotated[Tree, As(read_tree, _NEED)]
Members = Annotated[tuple[str, ...], As(members_of, _NEED)]

Step = Annotated[StepKind, As(scalars.word(StepKind), _words(StepKind))]
Steps = Annotated[tuple[StepKind, ...], As(scalars.several(scalars.word(StepKind)), _list_or_one(_words(StepKind)))]
Kind = Annotated[AssetKind, As(scalars.word(AssetKind), _words(AssetKind))]
KindOfRoom = Annotated[RoomKind, As(scalars.word(RoomKind), _words(RoomKind))]
KindOfConveyance = Annotated[ConveyanceKind, As(scalars.word(ConveyanceKind), _words(ConveyanceKind))]
Importance = Annotated[Criticality, As(scalars.word(Criticality), _words(Criticality))]
Importances = Annotated[
    tuple[Criticality, ...], As(scalars.several(scalars.word(Criticality)), _list_or_one(_words(Criticality)))
]
Separated = Annotated[SeparationBy, As(scalars.word(SeparationBy), _words(SeparationBy))]
Graveness = Annotated[Severity, As(scalars.word(Severity), _words(Severity))]

RoomId = Annotated[str, As(refers("rooms"), TEXT)]
RoomIds = Annotated[tuple[str, ...], As(scalars.several(refers("rooms")), _list_or_one(TEXT))]
PlaceIds = Annotated[tuple[str, ...], As(scalars.several(refers("rooms", *ASSETS)), _list_or_one(TEXT))]
TwoRooms = Annotated[tuple[str, str], As(scalars.pair(refers("rooms")), _pair(TEXT))]
RackId = Annotated[str, As(refers("racks"), TEXT)]
CircuitIds = Annotated[tuple[str, ...], As(scalars.several(refers("circuits")), _list_or_one(TEXT))]
TierId = Annotated[str, As(refers("tiers"), TEXT)]
TierIds = Annotated[tuple[str, ...], As(scalars.several(refers("tiers")), _list_or_one(TEXT))]
TwoTiers = Annotated[tuple[str, str], As(scalars.pair(refers("tiers")), _pair(TEXT))]
SegmentIds = Annotated[tuple[str, ...], As(scalars.several(refers("segments")), _list_or_one(TEXT))]
AssetId = Annotated[str, As(refers(*ASSETS), TEXT)]
AssetIds = Annotated[tuple[str, ...], As(scalars.several(refers(*ASSETS)), _list_or_one(TEXT))]
WatchedIds = Annotated[tuple[str, ...], As(scalars.several(refers(*ASSETS, "rooms")), _list_or_one(TEXT))]
HolderId = Annotated[str, As(refers(*ASSETS, "systems"), TEXT)]
ClusterId = Annotated[str, As(refers("clusters"), TEXT)]
SystemId = Annotated[str, As(refers("systems"), TEXT)]
DepartmentId = Annotated[str, As(refers("departments"), TEXT)]
OwnerId = Annotated[str, As(refers("departments", "teams"), TEXT)]
ConveyanceIds = Annotated[tuple[str, ...], As(scalars.several(refers("conveyances")), _list_or_one(TEXT))]
TeamId = Annotated[str, As(refers("teams"), TEXT)]
ContactId = Annotated[str, As(refers("contacts"), TEXT)]
HoursId = Annotated[str, As(refers("hours"), TEXT)]
Tags = Annotated[tuple[str, ...], As(scalars.several(refers("tags")), _list_or_one(TEXT))]
ProviderIds = Annotated[tuple[str, ...], As(scalars.several(refers(*PROVIDERS)), _list_or_one(TEXT))]
AnyIds = Annotated[
    tuple[str, ...],
    As(
        scalars.several(refers(*PROVIDERS, "rooms", "racks", "circuits", "segments", "links", "clusters", "teams")),
        _NEED,
    ),
]

Zone = Annotated[str, As(read_zone, {"type": "string"})]
Languages = Annotated[tuple[str, ...], As(scalars.several(scalars.word(Language)), _list_or_one(_words(Language)))]
Country = Annotated[str, As(read_country, {"type": "string"})]
Run = Annotated[tuple[int, int | None], As(read_run, TEXT)]
Days = Annotated[DaySet, As(read_days, {"type": "string"})]
DaysList = Annotated[tuple[DaySet, ...], As(scalars.several(read_days), _list_or_one({"type": "string"}))]
DateList = Annotated[frozenset[date], As(read_dates, _list_or_one({"type": "string"}))]
HoursParts = Annotated[tuple[DailyHours, ...], As(scalars.several(read_hours), _list_or_one({"type": "string"}))]
ClosedDays = Annotated[Closed, As(read_closed, _list_or_one({"type": "string"}))]
Rule = Annotated[str, As(read_rule, {"type": "string", "pattern": "S[0-9]{2}"})]
