"""A scenario as it is written: what it is called, what it changes, and its short forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from planner.sources import scalars
from planner.sources import vocabulary as v
from planner.sources.dates import read_day as day_written
from planner.sources.fields import TEXT, As, Brief, Record
from planner.sources.index import ASSETS, Context, refers
from planner.sources.nodes import Node, ScalarNode
from planner.sources.unfit import Table, Unfit, brief, choices, node_of, scalar

LANGUAGES = ("ja", "en")
VERSION = 1


def read_said(value: Any, _context: Context) -> Mapping[str, str]:
    """Return a text by language; one text alone stands for both."""
    if not isinstance(value, Table):
        return dict.fromkeys(LANGUAGES, scalar(value, "text, {ja: text, en: text}").text)
    for key in value:
        if key not in LANGUAGES:
            raise Unfit("E201", None, key=key, **choices(key, LANGUAGES))
    said = {key: scalar(part, "text").text for key, part in value.items()}
    return {language: said.get(language, next(iter(said.values()), "")) for language in LANGUAGES}


def read_as_it_is(value: Any, _context: Context) -> Node | None:
    """Return what is written; it is read with the inventory that it becomes part of."""
    return node_of(value)


def read_way(value: Any, _context: Context) -> ScalarNode:
    """Return the way to a value, as ``systems.zei.leaves``."""
    return scalar(value, "systems.zei.leaves")


def each_lost(value: Any) -> Any:
    """Write lost days out that have no reason."""
    parts = value if isinstance(value, list) else [value]
    return [brief(part, days=part) if isinstance(part, ScalarNode) else part for part in parts]


def read_version(value: Any, _context: Context) -> int:
    """Return the version of the language of scenarios."""
    node = scalar(value, f"{VERSION}")
    if node.text != str(VERSION):
        raise Unfit("E212", node, found=node.text, known=f"{VERSION}")
    return VERSION


def read_day(value: Any, context: Context) -> ScalarNode:
    """Return a day as it is written; it becomes a value of the inventory."""
    day_written(value, context.weekdays)
    return scalar(value, "2027-01-09")


def read_asset(value: Any, context: Context) -> ScalarNode:
    """Return the place at which an asset is named."""
    refers(*ASSETS)(value, context)
    return scalar(value, "id")


def read_chain(value: Any, _context: Context) -> tuple[ScalarNode, ...]:
    """Return at least two different names, the first of which comes first."""
    parts = tuple(scalar(part, "id") for part in value) if isinstance(value, list) else ()
    if len(parts) < 2 or len({part.text for part in parts}) < len(parts):
        raise Unfit("E203", value, found=f"[{', '.join(part.text for part in parts)}]", expected="[a, b]")
    return parts


def read_pair(value: Any, context: Context) -> tuple[ScalarNode, ...]:
    """Return two different names, which change places."""
    if isinstance(value, list) and len(value) > 2:
        raise Unfit("E203", value, found=f"[{', '.join(scalar(part, 'id').text for part in value)}]", expected="[a, b]")
    return read_chain(value, context)


_ONE_OR_MORE: Mapping[str, Any] = {"anyOf": [dict(TEXT), {"type": "array", "items": dict(TEXT)}]}
_CHAIN: Mapping[str, Any] = {"type": "array", "items": dict(TEXT), "minItems": 2}
_PAIR: Mapping[str, Any] = {**_CHAIN, "maxItems": 2}
_SAID: Mapping[str, Any] = {
    "anyOf": [
        dict(TEXT),
        {"type": "object", "properties": {lang: dict(TEXT) for lang in LANGUAGES}, "additionalProperties": False},
    ]
}

Said = Annotated[Mapping[str, str], As(read_said, _SAID)]
Version = Annotated[int, As(read_version, {"const": VERSION})]
Raw = Annotated[Any, As(read_as_it_is, {"type": "object"})]
Rows = Annotated[Any, As(read_as_it_is, {"type": "array", "items": {"type": "object"}})]
Named = Annotated[ScalarNode, As(read_way)]
Ways = Annotated[tuple[ScalarNode, ...], As(scalars.several(read_way), _ONE_OR_MORE)]
Dated = Annotated[ScalarNode, As(read_day, {"type": "string"})]
DayCount = Annotated[int, As(scalars.whole(1, 3650), {"type": "integer"})]
Chain = Annotated[tuple[ScalarNode, ...], As(read_chain, _CHAIN)]
Pair = Annotated[tuple[ScalarNode, ...], As(read_pair, _PAIR)]
Dead = Annotated[tuple[ScalarNode, ...], As(scalars.several(read_asset), _ONE_OR_MORE)]


class HeadRecord(Record):
    """What a scenario is called."""

    id: v.Id | None = None
    title: Said
    description: Said | None = None


class OpensRecord(Record):
    """A room that opens on another day; its readiness moves along."""

    room: v.RoomId
    on: Dated | None = None
    days_later: DayCount | None = None
    days_earlier: DayCount | None = None


class LeavesRecord(Record):
    """A system that leaves for the cloud on another day."""

    system: v.SystemId
    on: Dated | None = None
    days_later: DayCount | None = None
    days_earlier: DayCount | None = None


class AwayRecord(Record):
    """A person who is away, or people of a team, for a time or throughout."""

    person: Named | None = None
    team: v.TeamId | None = None
    people: v.Several | None = None
    since: v.Moment | None = Field(None, alias="from")
    last_day: v.DayEnd | None = None
    until: v.Moment | None = None


class LostRecord(Record):
    """Days on which no window can be used."""

    days: v.DaysList
    why: v.Text | None = None


class ScenarioRecord(Record):
    """A whole scenario."""

    version: Version
    scenario: HeadRecord
    change: Raw = None
    add: Raw = None
    remove: Ways = ()
    opens: list[OpensRecord] = Field(default_factory=list)
    leaves: list[LeavesRecord] = Field(default_factory=list)
    called: Rows = None
    away: list[AwayRecord] = Field(default_factory=list)
    lost: Annotated[list[LostRecord], Brief(each_lost)] = Field(default_factory=list)
    dead: Dead = ()
    order: list[Chain] = Field(default_factory=list)
    swap: list[Pair] = Field(default_factory=list)
