"""Faults between values that each fit by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from planner.errors import Fault
from planner.model.asset import AssetKind
from planner.model.need import leaves
from planner.sources.binding import at
from planner.sources.building.assets import FOLLOWERS
from planner.sources.fields import Record
from planner.sources.index import Context
from planner.sources.needs import read_tree
from planner.sources.nodes import MappingNode
from planner.sources.phrases import next_day
from planner.sources.records.assets import AssetRecord, GroupRecord, SystemRecord
from planner.sources.records.rules import CalendarRecord, PinRecord, PolicyRecord, ProjectRecord
from planner.sources.records.surroundings import TeamRecord
from planner.sources.sections import Written
from planner.sources.unfit import Unfit, choices
from planner.units.clock import Clock


@dataclass(frozen=True, slots=True)
class Bound:
    """A record beside the place where it is written."""

    written: Written
    record: Any

    def fault(self, code: str, *path: str, **arguments: str) -> Fault:
        """Return a fault at a value of the record."""
        where = ".".join((self.written.path, *path))
        return Fault(code, at(self.written.node, *path), arguments, where)


def check(bound: Sequence[Bound], context: Context) -> Iterator[Fault]:
    """Yield the faults within records and between records of one kind."""
    for each in bound:
        yield from _order(each)
        if isinstance(each.record, AssetRecord):
            yield from _place(each)
            yield from _dates(each)
        if isinstance(each.record, AssetRecord | SystemRecord):
            yield from _self_needs(each)
        if isinstance(each.record, GroupRecord):
            yield from _group(each, context)
        if isinstance(each.record, PinRecord):
            yield from _pin(each)
        if isinstance(each.record, CalendarRecord):
            yield from _windows(each)
    assets = [each for each in bound if isinstance(each.record, AssetRecord)]
    yield from _addresses(assets)
    yield from _circles(assets, "replaces")
    yield from _circles(assets, "host", "chassis")


_RANGES = (("opens", "last_day"), ("since", "last_day"), ("since", "until"), ("not_before", "last_day"))


def _order(each: Bound) -> Iterator[Fault]:
    """Tell ranges that end before they begin, in the record and in the records inside it."""
    for low, high in _RANGES:
        start, end = getattr(each.record, low, None), getattr(each.record, high, None)
        if isinstance(start, int) and isinstance(end, int) and end <= start:
            yield each.fault("E402", high, start=_text(each, low), end=_text(each, high))
    for name in type(each.record).model_fields:
        inner = getattr(each.record, name)
        if not isinstance(inner, list | Record) or not inner:
            continue
        node = each.written.node.get(name)
        parts = inner if isinstance(inner, list) else [inner]
        nodes = getattr(node, "items", ()) if isinstance(inner, list) else [node]
        for number, (part, place) in enumerate(zip(parts, nodes, strict=False)):
            if isinstance(part, Record) and isinstance(place, MappingNode):
                suffix = f"[{number}]" if isinstance(inner, list) else ""
                yield from _order(Bound(Written("", f"{each.written.path}.{name}{suffix}", place), part))


def _text(each: Bound, field: str) -> str:
    key = "from" if field == "since" else field
    return getattr(each.written.node.get(key), "text", "")


def _place(each: Bound) -> Iterator[Fault]:
    """Tell assets that stand nowhere: at the start, at the end, or in nothing that stands somewhere."""
    r: AssetRecord = each.record
    kind = r.kind or each.written.kind
    if kind == AssetKind.BLADE and not getattr(r, "chassis", None):
        yield each.fault("E202", key="chassis", record=each.written.path)
    elif kind not in FOLLOWERS and r.at is None and (kind == AssetKind.LINE or not r.to):
        yield each.fault("E202", key="at", record=each.written.path)


def _dates(each: Bound) -> Iterator[Fault]:
    """Tell dates of a change of place in a record that has none."""
    r: AssetRecord = each.record
    for key in ("not_before", "last_day") if not r.to else ():
        if getattr(r, key, None) is not None:
            yield each.fault("E202.dates", key, key=key, id=r.id, day=_text(each, key))


def _self_needs(each: Bound) -> Iterator[Fault]:
    for wanted in each.record.needs:
        if each.record.id in leaves(wanted.tree):
            yield each.fault("E302", "needs", id=each.record.id)
    for key in ("apart_from", "backs_up", "watches"):
        if each.record.id in getattr(each.record, key, ()):
            yield each.fault("E302.list", key, id=each.record.id, key=key)


def _pin(each: Bound) -> Iterator[Fault]:
    """Tell pins that say nothing, and days that no wave can satisfy together."""
    r: PinRecord = each.record
    if r.on is None and r.not_before is None and r.last_day is None and not r.same_wave_as:
        yield each.fault("E202", key="on", record=each.written.path)
    days = [(name, day) for name in ("not_before", "on", "last_day") if (day := getattr(r, name)) is not None]
    for (_, earlier), (name, later) in pairwise(days):
        if later < earlier:
            yield each.fault("E402", name, start=earlier.isoformat(), end=later.isoformat())


def _windows(each: Bound) -> Iterator[Fault]:
    """Tell daily windows that end before they begin; those of a run of days end on its last day."""
    nodes = getattr(each.written.node.get("windows"), "items", ())
    for number, (window, node) in enumerate(zip(each.record.windows, nodes, strict=False)):
        if window.closed_run is None and window.end <= window.start:
            arguments = {name: node.get(name).text for name in ("start", "end")}
            arguments["suggestion"] = next_day(window.end)
            yield Fault("E402.time", at(node, "end"), arguments, f"{each.written.path}.windows[{number}].end")


def _group(each: Bound, context: Context) -> Iterator[Fault]:
    """Tell a group that asks for more members than it has, or that contains itself, also where nobody needs it."""
    try:
        read_tree(each.written.node.get("id"), context)
    except Unfit as unfit:
        yield Fault(unfit.key, (unfit.at or each.written.node).position, unfit.arguments, each.written.path)


def _addresses(assets: Iterable[Bound]) -> Iterator[Fault]:
    """Tell addresses on two assets; the old and the new one of a role may share theirs."""
    seen: dict[str, Bound] = {}
    for each in assets:
        address = each.record.address
        if not address:
            continue
        first = seen.setdefault(address, each)
        if first is not each and first.record.id != each.record.replaces and each.record.id != first.record.replaces:
            other = at(first.written.node, "address")
            place = at(each.written.node, "address")
            yield Fault(
                "E211", place, {"address": address, "other": str(other)}, f"{each.written.path}.address", (other,)
            )


def _circles(assets: Sequence[Bound], *keys: str) -> Iterator[Fault]:
    """Tell ids that lead in a circle by one of these keys, each circle once, at its first id."""
    named = {each.record.id: [key for key in keys if getattr(each.record, key, None)] for each in assets}
    leads = {each.record.id: getattr(each.record, key) for each in assets for key in named[each.record.id][:1]}
    for each in assets:
        way = [each.record.id]
        while (following := leads.get(way[-1])) is not None and following not in way:
            way.append(following)
        if following == each.record.id == min(way):
            key = named[each.record.id][0]
            yield each.fault("E303.circle", key, id=each.record.id, key=key, cycle=" -> ".join((*way, way[0])))


def check_project(each: Bound, clock: Clock) -> Iterator[Fault]:
    """Yield the faults of the project's dates."""
    r: ProjectRecord = each.record
    if r.horizon.last_day <= clock.minute(r.as_of):
        arguments = {"until": _horizon_end(each), "as_of": r.as_of.isoformat()}
        yield Fault("W406", at(each.written.node, "horizon", "last_day"), arguments, "project.horizon.last_day")


def _horizon_end(each: Bound) -> str:
    horizon = each.written.node.get("horizon")
    return getattr(horizon.get("last_day"), "text", "") if isinstance(horizon, MappingNode) else ""


def check_people(policy: Bound, teams: Iterable[TeamRecord]) -> Iterator[Fault]:
    """Tell deciders that are no person of any team."""
    people = [p.id or f"{team.id}/{n}" for team in teams for n, p in enumerate(team.people, 1)]
    r: PolicyRecord = policy.record
    for name, person in (("decider", r.decider), ("deputy", r.deputy)):
        if person is not None and person not in people:
            near = choices(person, people)
            known = {"nearest": near["nearest"]} if "nearest" in near else {"known": near["allowed"]}
            yield policy.fault("E301", name, id=person, sections="teams", **known)
