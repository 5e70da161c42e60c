"""People who are away: absences are written at each person, for which those who are only counted are written out."""

from __future__ import annotations

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
        _absent(editing, team, number, absence, mark)


def _last(editing: Editing, record: AwayRecord, node: MappingNode, mark: ScalarNode) -> list[tuple[Place, int]]:
    """Return the last people of a team, as many as are away."""
    team, count = editing.record("teams", record.team or ""), record.people or 1
    there = len(_ids(team)) if team else 0
    if team is None or count > there:
        at = node.get("people") or mark
        editing.faults.append(Fault("E315", at.position, {"team": mark.text, "found": str(count), "there": str(there)}))
        return []
    return [(team, number) for number in range(there - count, there)]


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
