"""People who are away: absences are written at each person, for which those who are only counted are written out."""

from __future__ import annotations

from math import inf

from planner.errors import Fault
from planner.sources.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode
from planner.sources.records.scenario import AwayRecord
from planner.sources.scenarios.editing import Editing, Place, renamed, row, table, text_of, value_of
from planner.sources.unfit import choices


def write_away(editing: Editing, record: AwayRecord, node: MappingNode) -> None:
    """Write the absence of one person, or of the last people of a team."""
    mark = node.get("person" if record.person is not None else "team")
    if (record.person is None) == (record.team is None) or not isinstance(mark, ScalarNode):
        editing.faults.append(Fault("E313", node.position, {"keys": "person, team"}))
        return
    counted = node.get("people")
    if record.person is not None and counted:
        editing.faults.append(Fault("E313", counted.position, {"keys": "person, people"}))
        return
    if record.person is not None:
        found = [(team, number) for team in editing.records("teams") for number in _numbers(team, record.person.text)]
        if not found:
            names = [name for team in editing.records("teams") for name in _ids(team)]
            arguments = {"id": record.person.text, "sections": "teams", **choices(record.person.text, names)}
            editing.faults.append(Fault("E301", mark.position, {**arguments, "known": arguments["allowed"]}))
    else:
        found = list(_last(editing, record, node, mark))
    absence = _absence(editing, node, mark)
    for team, number in found:
        editing.away.append((_ids(team)[number], *_bounds(record)))
        _absent(editing, team, number, absence, mark)


def _last(editing: Editing, record: AwayRecord, node: MappingNode, mark: ScalarNode) -> list[tuple[Place, int]]:
    """Return the last people of a team, as many as are away, but those whom the scenario has sent away by then."""
    team, count = editing.record("teams", record.team or ""), record.people or 1
    left = [number for number, id in enumerate(_ids(team)) if not _is_away(editing, id, record)] if team else []
    if team is None or count > len(left):
        at, there = node.get("people") or mark, str(len(left))
        editing.faults.append(Fault("E315", at.position, {"team": mark.text, "found": str(count), "there": there}))
        return []
    return [(team, number) for number in left[-count:]]


def _is_away(editing: Editing, person: str, record: AwayRecord) -> bool:
    """Whether somebody is away already at some time of this absence."""
    start, end = _bounds(record)
    return any(id == person and start < until and since < end for id, since, until in editing.away)


def _bounds(record: AwayRecord) -> tuple[float, float]:
    """From when to when, in minutes; without a bound as long as it takes."""
    ends = [end for end in (record.last_day, record.until) if end is not None]
    return -inf if record.since is None else record.since, min(ends, default=inf)


def _ids(team: Place) -> list[str]:
    """Return the ids of the people of a team: written, or the team's and the number in it."""
    id, people = text_of(team.node, "id"), _people(team)
    return [text_of(person, "id") or f"{id}/{number}" for number, person in enumerate(people, 1)]


def _numbers(team: Place, person: str) -> list[int]:
    return [number for number, id in enumerate(_ids(team)) if id == person]


def _people(team: Place) -> list[Node]:
    """Return the people of a team as nodes, also where they are only counted."""
    people = value_of(team.node, "people")
    if isinstance(people, SequenceNode):
        return list(people.items)
    if isinstance(people, ScalarNode) and people.text.isdigit():
        return [renamed(people, str(number)) for number in range(1, int(people.text) + 1)]
    return [people] if people else []


def _absence(editing: Editing, node: MappingNode, mark: ScalarNode) -> MappingNode:
    """Return the days or hours; without any it is the whole horizon."""
    entries = {key: node.entries[key] for key in ("from", "last_day", "until") if key in node.entries}
    horizon = editing.find("project.horizon")
    whole = horizon.node if horizon and isinstance(horizon.node, MappingNode) else None
    for key in ("from", *(() if "until" in entries else ("last_day",))):
        value = whole.get(key) if whole else None
        if key not in entries and isinstance(value, ScalarNode):
            entries[key] = Entry(renamed(mark, key), renamed(mark, value.text))
    return MappingNode(mark.source, mark.line, mark.column, entries, 0, 0)


def _absent(editing: Editing, team: Place, number: int, absence: MappingNode, mark: ScalarNode) -> None:
    """Write an absence at one person; the others of the team stay as they are written."""
    fresh = editing.record("teams", text_of(team.node, "id"))
    if fresh is None:
        return
    people = _people(fresh)
    person = people[number]
    written = person if isinstance(person, MappingNode) else table(mark, [("name", person)])
    known = written.get("absent")
    absences = [*(known.items if isinstance(known, SequenceNode) else ()), absence]
    entries = {**written.entries, "absent": Entry(renamed(mark, "absent"), row(mark, absences))}
    people[number] = MappingNode(written.source, written.line, written.column, entries, 0, 0)
    made = row(mark, (p if isinstance(p, MappingNode) else table(mark, [("name", p)]) for p in people))
    editing.note(f"teams.{text_of(team.node, 'id')}.people.{_ids(team)[number]}.absent", known, absence)
    editing.write(fresh.section, (*fresh.way, "people"), Entry(renamed(mark, "people"), made))
