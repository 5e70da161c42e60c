"""Assets that are dead on arrival.

What stands somewhere now is taken out of service on its way: it retires, and whatever needs it has to do without; that
it is thrown away one day is no part of the scenario, nor what that asks for (S14). What is new never comes: it goes
from every choice that it is part of, and what it was to replace stays.
"""

from __future__ import annotations

from collections.abc import Iterable

from planner.errors import Fault
from planner.sources.index import ASSET_SECTIONS
from planner.sources.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode
from planner.sources.scenarios.editing import Editing, Place, renamed

LISTED = frozenset({"assets", "apart_from", "watches", "backs_up", "through"})
"""Keys of lists that say something of each of their assets, so that one of them may go."""

GOES = ("to", "renumber", "leaves", "replaces", "irreversible")
"""What no longer holds of an asset that retires."""


def write_dead(editing: Editing, names: Iterable[ScalarNode]) -> None:
    """Write what becomes of each asset that does not come up again."""
    for name in {node.text: node for node in names}.values():  # named twice it is dead all the same
        place = next((p for section in ASSET_SECTIONS if (p := editing.record(section, name.text))), None)
        if place is None or not isinstance(place.node, MappingNode):
            continue
        if "at" in place.node.entries or "host" in place.node.entries or "chassis" in place.node.entries:
            _retires(editing, place, place.node, name)
        else:
            _never_comes(editing, place, place.node, name)


def _retires(editing: Editing, place: Place, node: MappingNode, name: ScalarNode) -> None:
    if "to" not in node.entries and "renumber" not in node.entries:
        editing.faults.append(Fault("E316.stays", name.position, {"id": name.text}))
        return
    entries = {key: entry for key, entry in node.entries.items() if key not in GOES}
    entries["retire"] = Entry(renamed(name, "retire"), renamed(name, "true"))
    entries["steps"] = Entry(renamed(name, "steps"), _not_disposed_of(node.get("steps"), name))
    editing.note(f"assets.{name.text}.retire", None, renamed(name, "true"))
    editing.write(place.section, place.way, MappingNode(node.source, node.line, node.column, entries, 0, 0))


def _not_disposed_of(steps: Node | None, name: ScalarNode) -> MappingNode:
    """Its steps as they are written, but that taking it away takes no time, so that no plan has such a step."""
    written = steps.entries if isinstance(steps, MappingNode) else {}
    entries = {**written, "dispose": Entry(renamed(name, "dispose"), renamed(name, "0"))}
    return MappingNode(name.source, name.line, name.column, entries, 0, 0)


def _never_comes(editing: Editing, place: Place, node: MappingNode, name: ScalarNode) -> None:
    replaced = node.get("replaces")
    editing.note(f"assets.{name.text}", node, None, name)
    editing.write(place.section, place.way, None)
    if isinstance(replaced, ScalarNode):
        _stays(editing, replaced.text)
    for number, entry in enumerate(editing.sections):
        value = _without(entry.value, name)
        editing.sections[number] = Entry(entry.key, value)


def _stays(editing: Editing, id: str) -> None:
    """What it was to replace keeps its place and its role."""
    place = next((p for section in ASSET_SECTIONS if (p := editing.record(section, id))), None)
    for key in ("retire", "leaves"):
        if place and isinstance(place.node, MappingNode) and key in place.node.entries:
            editing.put(place, key, None, f"assets.{id}.{key}")


def _without(node: Node, name: ScalarNode) -> Node:
    """Return a value in which choices no longer name it; where it is no choice its name stays, which is a fault."""
    if isinstance(node, SequenceNode):
        items = tuple(_without(item, name) for item in node.items)
        return SequenceNode(node.source, node.line, node.column, items, 0, 0)
    if isinstance(node, MappingNode):
        entries = {key: Entry(e.key, _without(_shorter(key, e.value, name), name)) for key, e in node.entries.items()}
        made = MappingNode(node.source, node.line, node.column, entries, 0, 0)
        return _fewer(made, name)
    return node


def _shorter(key: str, node: Node, name: ScalarNode) -> Node:
    if key not in LISTED or not isinstance(node, SequenceNode) or len(node.items) < 2:
        return node
    items = tuple(item for item in node.items if not (isinstance(item, ScalarNode) and item.text == name.text))
    return SequenceNode(node.source, node.line, node.column, items, 0, 0)


def _fewer(node: MappingNode, name: ScalarNode) -> MappingNode:
    """Return a k-of-n without it where enough others are left to choose from."""
    of, least = node.get("of"), node.get("at_least")
    if not isinstance(of, SequenceNode) or not isinstance(least, ScalarNode):
        return node
    left = tuple(item for item in of.items if not (isinstance(item, ScalarNode) and item.text == name.text))
    if len(left) == len(of.items) or not least.text.isdigit() or len(left) < int(least.text):
        return node
    kept = SequenceNode(of.source, of.line, of.column, left, 0, 0)
    entries = {key: entry for key, entry in node.entries.items() if key != "keep"}
    return MappingNode(
        node.source, node.line, node.column, {**entries, "of": Entry(node.entries["of"].key, kept)}, 0, 0
    )
