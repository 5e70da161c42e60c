"""Rooms that open and systems that leave on another day, with the days that go along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from planner.errors import Fault
from planner.model.need import leaves
from planner.sources.dates import day_of
from planner.sources.index import ASSET_SECTIONS, Context
from planner.sources.needs import read_tree
from planner.sources.nodes import Entry, Node, ScalarNode, SequenceNode
from planner.sources.records.scenario import LeavesRecord, OpensRecord
from planner.sources.scenarios.editing import Editing, Place, renamed, scalar_of, text_of, value_of
from planner.sources.unfit import Unfit, folded, written

CHOICES = ("on", "days_later", "days_earlier")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shift:
    """By how much days move, and the place that says so."""

    by: timedelta
    mark: ScalarNode

    def of(self, day: ScalarNode) -> ScalarNode:
        """Return a day moved, at the place that says by how much."""
        return renamed(self.mark, (_day(day) + self.by).isoformat())


def write_opens(editing: Editing, record: OpensRecord, node: Node) -> None:
    """Let a room open on another day; the day on which it is ready moves by as many days."""
    place, path = editing.record("rooms", record.room), f"rooms.{record.room}"
    shift = _shift(editing, place, "opens", record, node)
    if place is None or shift is None:
        return
    for key in ("opens", "ready"):
        old = scalar_of(place.node, key)
        if old:
            _set(editing, place, key, shift.of(old), f"{path}.{key}")


def write_leaves(editing: Editing, record: LeavesRecord, node: Node, context: Context) -> None:
    """Let a system leave on another day, with what it runs on, and with the needs on it that end the day before."""
    place, path = editing.record("systems", record.system), f"systems.{record.system}"
    shift = _shift(editing, place, "leaves", record, node)
    old = scalar_of(place.node, "leaves") if place else None
    if place is None or shift is None or old is None:
        return
    end = _day(old)
    _set(editing, place, "leaves", shift.of(old), f"{path}.leaves")
    for asset, its in _leaving(editing, _members(place, context), end):
        _set(editing, asset, "leaves", shift.of(its), f"assets.{text_of(asset.node, 'id')}.leaves")
    for need, until, where in list(_ending(editing, record.system, end - DAY)):
        _set(editing, need, "last_day", shift.of(until), where)


def _shift(
    editing: Editing, place: Place | None, key: str, record: OpensRecord | LeavesRecord, node: Node
) -> Shift | None:
    """Return by how much a day moves; None where it is written for the first time, or with a fault."""
    said = [name for name in CHOICES if getattr(record, name) is not None]
    mark = scalar_of(node, said[0]) if len(said) == 1 else None
    if place is None or mark is None:
        editing.faults.append(Fault("E313", node.position, {"keys": ", ".join(CHOICES)}))
        return None
    old = scalar_of(place.node, key)
    if old is None:
        _first(editing, place, key, record, mark)
        return None
    by = _day(record.on) - _day(old) if record.on else DAY * (record.days_later or -(record.days_earlier or 0))
    if not by:
        editing.faults.append(Fault("E312", mark.position, {"path": key, "found": old.text}))
        return None
    return Shift(by, mark)


def _first(editing: Editing, place: Place, key: str, record: OpensRecord | LeavesRecord, mark: ScalarNode) -> None:
    """Write a day that the inventory does not say; it cannot move by days."""
    id = text_of(place.node, "id")
    if record.on is None:
        editing.faults.append(Fault("E314", mark.position, {"key": key, "id": id}))
        return
    _set(editing, place, key, record.on, f"{'rooms' if key == 'opens' else 'systems'}.{id}.{key}")


def _set(editing: Editing, place: Place, key: str, value: ScalarNode, path: str) -> None:
    editing.put(place, key, Entry(renamed(value, key), value), path)


def _members(place: Place, context: Context) -> frozenset[str]:
    """Return the assets that a system runs on."""
    runs_on = value_of(place.node, "runs_on")
    return frozenset(leaves(read_tree(written(runs_on), context))) if runs_on else frozenset()


def _leaving(editing: Editing, members: frozenset[str], end: date) -> Iterator[tuple[Place, ScalarNode]]:
    """Yield those of them that leave on the day, with that day."""
    for asset in list(editing.records(*ASSET_SECTIONS)):
        its = scalar_of(asset.node, "leaves")
        if its and text_of(asset.node, "id") in members and _is_day(its, end):
            yield asset, its


def _ending(editing: Editing, system: str, end: date) -> Iterator[tuple[Place, ScalarNode, str]]:
    """Yield the needs that name the system and end on the day, with that day and the way to it."""
    for place in editing.records(*ASSET_SECTIONS, "systems"):
        needs = value_of(place.node, "needs")
        for number, need in enumerate(needs.items if isinstance(needs, SequenceNode) else ()):
            until = scalar_of(need, "last_day")
            if until and _names(need, system) and _is_day(until, end):
                found = Place(place.section, (*place.way, "needs", number), need)
                space = "systems" if editing.sections[place.section].key.text == "systems" else "assets"
                yield found, until, f"{space}.{text_of(place.node, 'id')}.needs.{number}.last_day"


def _day(node: ScalarNode) -> date:
    """Return the day that is written; it has been read before, with the inventory or the scenario."""
    return day_of(folded(node).partition("(")[0].strip(), node)


def _is_day(node: ScalarNode, day: date) -> bool:
    try:
        return _day(node) == day
    except Unfit:  # an hour is written with it
        return False


def _names(node: Node, id: str) -> bool:
    """Tell whether an id is named anywhere in a need."""
    if isinstance(node, ScalarNode):
        return node.text == id
    parts = node.items if isinstance(node, SequenceNode) else [entry.value for entry in node.entries.values()]
    return any(_names(part, id) for part in parts)
