"""The sections of an inventory while a scenario changes them: values are found by their way, and put there anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from planner.errors import Fault, Position
from planner.sources.binding import shown
from planner.sources.index import ASSET_SECTIONS
from planner.sources.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode

Way = tuple[str | int, ...]
"""Keys and numbers from the value of a top-level key to a value below it."""

NAMES = ("id", "tag")
"""What a record of a list is known by: its id, or the tag of a blackout."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One value that a scenario changes; an empty ``was`` means that it is new, an empty ``now`` that it goes."""

    path: str
    was: str
    now: str
    position: Position


@dataclass(frozen=True, slots=True)
class Place:
    """Where a way leads: the number of the section, the way below it, and what is left that is not there."""

    section: int
    way: Way
    node: Node
    left: str = ""


@dataclass(slots=True)
class Editing:
    """The top-level keys of all files, in their order; edits and faults are gathered.

    ``away`` are the people whom the scenario has sent away, each with the minutes from when and to when.
    """

    sections: list[Entry]
    edits: list[Edit] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    away: list[tuple[str, float, float]] = field(default_factory=list)

    def find(self, path: str) -> Place | None:
        """Return the place that a path as ``systems.zei.leaves`` names, as far as it leads; None without a section."""
        name, _, rest = path.partition(".")
        keys = ASSET_SECTIONS.keys() if name == "assets" else {name}
        found = [
            _follow(Place(number, (), entry.value, rest))
            for number, entry in enumerate(self.sections)
            if entry.key.text in keys
        ]
        return min(found, key=lambda place: len(place.left), default=None)

    def record(self, section: str, id: str) -> Place | None:
        """Return the place of a record in any file, None where there is none."""
        for number, entry in enumerate(self.sections):
            if entry.key.text == section and isinstance(entry.value, SequenceNode):
                for item, node in enumerate(entry.value.items):
                    if name_of(node) == id:
                        return Place(number, (item,), node)
        return None

    def records(self, *names: str) -> Iterator[Place]:
        """Yield the records of these sections, in the order of the files."""
        for number, entry in enumerate(self.sections):
            if entry.key.text in names and isinstance(entry.value, SequenceNode):
                for item, node in enumerate(entry.value.items):
                    yield Place(number, (item,), node)

    def put(self, place: Place, key: str, entry: Entry | None, path: str) -> None:
        """Write a key of the record at a place anew; None takes it away."""
        old = place.node.entries.get(key) if isinstance(place.node, MappingNode) else None
        self.note(path, old.value if old else None, entry.value if entry else None, entry.key if entry else None)
        self.write(place.section, (*place.way, key), entry)

    def write(self, section: int, way: Way, new: Entry | Node | None) -> None:
        """Write what stands at a way of a section anew; None takes it away."""
        old = self.sections[section]
        self.sections[section] = Entry(old.key, _rebuilt(old.value, way, new))

    def note(self, path: str, was: Node | None, now: Node | None, at: Node | None = None) -> None:
        """Remember an edit, told at ``at`` or at the new value."""
        place = at or now or was
        if place is not None:
            self.edits.append(Edit(path, shown(was) if was else "", shown(now) if now else "", place.position))

    def join(self, key: ScalarNode, name: str, node: Node) -> None:
        """Add what is written to a top-level key, as another file would."""
        self.sections.append(Entry(renamed(key, name), node))


def name_of(node: Node) -> str:
    """Return what a record of a list is known by, empty where it has no name."""
    return next((text for key in NAMES if (text := text_of(node, key))), "")


def value_of(node: Node, key: str) -> Node | None:
    """Return the value of a key, None where there is no such key or no keys at all."""
    return node.get(key) if isinstance(node, MappingNode) else None


def scalar_of(node: Node, key: str) -> ScalarNode | None:
    """Return the value of a key where it is one piece of text."""
    value = value_of(node, key)
    return value if isinstance(value, ScalarNode) else None


def text_of(node: Node, key: str) -> str:
    """Return the text of a key, empty where none is written."""
    value = scalar_of(node, key)
    return value.text if value else ""


def renamed(key: ScalarNode, text: str) -> ScalarNode:
    """Return a piece of text that stands where another one is written."""
    return ScalarNode(key.source, key.line, key.column, key.width, text, key.plain)


def table(at: ScalarNode, entries: Iterable[tuple[str, Node]]) -> MappingNode:
    """Return keys and values that a short form stands for; all of them stand where it is written."""
    made = {name: Entry(renamed(at, name), node) for name, node in entries}
    return MappingNode(at.source, at.line, at.column, made, 0, 0)


def row(at: ScalarNode, items: Iterable[Node]) -> SequenceNode:
    """Return a list that stands where a short form is written."""
    return SequenceNode(at.source, at.line, at.column, tuple(items), 0, 0)


def _follow(place: Place) -> Place:
    """Go on along what is left of a way for as long as it is there; ids may hold dots, so the longest name counts."""
    while place.left:
        steps = [(name, step, node) for name, step, node in _children(place.node) if _begins(place.left, name)]
        if not steps:
            return place
        name, step, node = max(steps, key=lambda found: len(found[0]))
        place = Place(place.section, (*place.way, step), node, place.left[len(name) + 1 :])
    return place


def _begins(left: str, name: str) -> bool:
    return left == name or left.startswith(f"{name}.")


def _children(node: Node) -> Iterator[tuple[str, str | int, Node]]:
    """Yield what a value holds: by key; by name, and by number where it has none."""
    if isinstance(node, MappingNode):
        yield from ((key, key, entry.value) for key, entry in node.entries.items())
    elif isinstance(node, SequenceNode):
        yield from ((name_of(item) or str(number), number, item) for number, item in enumerate(node.items))


def names_in(node: Node) -> list[str]:
    """Return what the next step of a way below a value may be."""
    return [name for name, _, _ in _children(node)]


def _rebuilt(node: Node, way: Way, new: Entry | Node | None) -> Node:
    """Return a value with something below it written anew; the rest is the same."""
    if not way:
        if not isinstance(new, MappingNode | SequenceNode | ScalarNode):
            raise TypeError("a whole section is not taken away")
        return new
    step, rest = way[0], way[1:]
    if isinstance(node, MappingNode) and isinstance(step, str):
        return _with_key(node, step, rest, new)
    if isinstance(node, SequenceNode) and isinstance(step, int):
        return _with_item(node, step, rest, new)
    raise TypeError(f"no way {step!r} into {type(node).__name__}")


def _with_key(node: MappingNode, key: str, rest: Way, new: Entry | Node | None) -> MappingNode:
    entries = dict(node.entries)
    if rest:
        entries[key] = Entry(entries[key].key, _rebuilt(entries[key].value, rest, new))
    elif new is None:
        entries.pop(key, None)
    else:
        entries[key] = new if isinstance(new, Entry) else Entry(entries[key].key, new)
    return MappingNode(node.source, node.line, node.column, entries, 0, 0)


def _with_item(node: SequenceNode, number: int, rest: Way, new: Entry | Node | None) -> SequenceNode:
    items = list(node.items)
    if rest:
        items[number] = _rebuilt(items[number], rest, new)
    elif new is None:
        del items[number]
    elif not isinstance(new, Entry):
        items[number] = new
    return SequenceNode(node.source, node.line, node.column, tuple(items), 0, 0)
