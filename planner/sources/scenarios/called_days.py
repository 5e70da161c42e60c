"""Days that are called at short notice: blackouts, and windows that are lost."""

from __future__ import annotations

from planner.sources.binding import misshapen
from planner.sources.nodes import Entry, MappingNode, Node, SequenceNode
from planner.sources.scenarios.editing import Editing, renamed, row, table, text_of, value_of


def write_called(editing: Editing, entry: Entry) -> None:
    """Add blackouts as they are written; a tag that is known already gets these days too."""
    if not isinstance(entry.value, SequenceNode):
        editing.faults.append(misshapen(entry.value, "[{tag: election, days: [2027-02-07]}]", "called"))
        return
    editing.join(entry.key, "calendar", table(entry.key, [("blackouts", entry.value)]))
    for node in entry.value.items:
        editing.note(f"calendar.blackouts.{text_of(node, 'tag')}", None, node)


def write_lost(editing: Editing, entry: Entry) -> None:
    """Add a blackout for everyone on each of the days on which no window can be used."""
    nodes = entry.value.items if isinstance(entry.value, SequenceNode) else (entry.value,)
    made: list[Node] = []
    for number, node in enumerate(nodes, 1):
        tag = renamed(entry.key, f"lost-{number}")
        days = (value_of(node, "days") if isinstance(node, MappingNode) else node) or node
        parts = [("tag", tag), ("why", value_of(node, "why") or tag), ("days", days)]
        made.append(table(entry.key, [*parts, ("everyone", renamed(entry.key, "true"))]))
        editing.note(f"calendar.blackouts.lost-{number}", None, days)
    editing.join(entry.key, "calendar", table(entry.key, [("blackouts", row(entry.key, made))]))
