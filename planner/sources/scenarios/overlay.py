"""What a scenario changes, adds and removes, in the language of the inventory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from planner.errors import Fault
from planner.sources.binding import misshapen, shown
from planner.sources.index import RECORD_SECTIONS, Index, known
from planner.sources.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode
from planner.sources.scenarios.editing import NAMES, Editing, Place, Way, name_of, names_in, table
from planner.sources.screening import is_secret
from planner.sources.sections import KEYS, LISTS, SINGLES
from planner.sources.unfit import Unfit, choices

CHANGEABLE = tuple(key for key in KEYS if key != "version")


def change(editing: Editing, node: Node, index: Index) -> None:
    """Change values: by their way as a key, or as an inventory writes them, records found by their id."""
    for key, entry in _entries(editing, node, "change"):
        name = key.partition(".")[0]
        if name not in (*CHANGEABLE, "assets"):
            editing.faults.append(Fault("E201", entry.key.position, {"key": name, **choices(name, CHANGEABLE)}))
        elif is_secret(key.rpartition(".")[2]):
            editing.faults.append(Fault("E209", entry.key.position, {"key": key.rpartition(".")[2]}))
        elif not all(key.split(".")):
            editing.faults.append(Fault("E310.dot", entry.key.position, {"path": key}))
        elif "." in key:
            _change_at(editing, key, entry)
        elif key in LISTS:
            _change_records(editing, key, entry.value, index)
        else:
            _change_single(editing, key, entry)


def add(editing: Editing, node: Node) -> None:
    """Add records and values, as one more file of the inventory would."""
    for key, entry in _entries(editing, node, "add"):
        if key not in CHANGEABLE:
            editing.faults.append(Fault("E201", entry.key.position, {"key": key, **choices(key, CHANGEABLE)}))
            continue
        editing.sections.append(entry)
        for name, part in _parts(entry.value):
            editing.note(f"{key}.{name}" if name else key, None, part)


def remove(editing: Editing, ways: Iterable[ScalarNode]) -> None:
    """Take records and values away, each named by its way in the inventory as it was before any of them went."""
    found: dict[tuple[int, Way], Place] = {}
    for way in ways:
        place = editing.find(way.text)
        if not all(way.text.split(".")):
            editing.faults.append(Fault("E310.dot", way.position, {"path": way.text}))
        elif place is None or place.left or not place.way:
            editing.faults.append(_nowhere(way, place))
        else:
            editing.note(way.text, place.node, None, way)
            found[place.section, place.way] = place
    for place in sorted(found.values(), key=_deepest_and_last_first):
        editing.write(place.section, place.way, None)


def _deepest_and_last_first(place: Place) -> tuple[int, int]:
    """What goes first leaves the ways to the others as they are."""
    last = place.way[-1]
    return -len(place.way), -last if isinstance(last, int) else 0


def _entries(editing: Editing, node: Node, key: str) -> Iterator[tuple[str, Entry]]:
    if isinstance(node, MappingNode):
        yield from node.entries.items()
    else:
        editing.faults.append(misshapen(node, "{key: value}", key))


def _parts(node: Node) -> Iterator[tuple[str, Node]]:
    """The records or values that are added under one key."""
    if isinstance(node, SequenceNode):
        yield from ((name_of(item), item) for item in node.items)
    elif isinstance(node, MappingNode):
        yield from ((name, entry.value) for name, entry in node.entries.items())


def _nowhere(way: ScalarNode, place: Place | None) -> Fault:
    """Tell a way that leads nowhere, with what is there in its stead."""
    if place is None:
        name = way.text.partition(".")[0]
        return Fault("E310", way.position, {"path": way.text, "key": name, **choices(name, CHANGEABLE)}, "")
    key = place.left or way.text
    first = key.partition(".")[0]
    return Fault("E310", way.position, {"path": way.text, "key": first, **choices(first, names_in(place.node))}, "")


def _change_at(editing: Editing, path: str, entry: Entry) -> None:
    """Change the value at a way; its last key may be new, and a key of which no file says anything yet."""
    place = editing.find(path)
    name, *below = path.split(".")
    if place is None and name in (*SINGLES, "defaults"):
        editing.note(path, None, entry.value)
        editing.sections.append(Entry(replace(entry.key, text=name), _nested(entry, below)))
        return
    if place is None or (place.left and not isinstance(place.node, MappingNode)):
        editing.faults.append(_nowhere(entry.key, place))
        return
    if place.left:
        name, *below = place.left.split(".")
        editing.note(path, None, entry.value)
        key = replace(entry.key, text=name)
        editing.write(place.section, (*place.way, name), Entry(key, _nested(entry, below)))
    else:
        _merge(editing, place, entry, path)


def _nested(entry: Entry, keys: Sequence[str]) -> Node:
    """The value below these keys, the first of them outermost."""
    value = entry.value
    for key in reversed(keys):
        value = table(entry.key, [(key, value)])
    return value


def _change_records(editing: Editing, section: str, node: Node, index: Index) -> None:
    if section not in RECORD_SECTIONS:
        editing.faults.append(Fault("E310.unnamed", node.position, {"key": section}))
        return
    if not isinstance(node, SequenceNode):
        editing.faults.append(misshapen(node, "[{id: ...}, ...]", section))
        return
    for item in node.items:
        id = item.get("id") if isinstance(item, MappingNode) else None
        if not isinstance(item, MappingNode) or not isinstance(id, ScalarNode):
            editing.faults.append(Fault("E202", item.position, {"key": "id", "record": section}))
            continue
        place = editing.record(section, id.text)
        if place is None:
            editing.faults.append(_unknown(id, section, index))
        else:
            _merge_entries(editing, place, item, f"{section}.{id.text}")


def _unknown(id: ScalarNode, section: str, index: Index) -> Fault:
    try:
        known(id, id.text, (section,), replace(index, whole=True))
    except Unfit as unfit:
        return Fault(unfit.key, id.position, unfit.arguments)
    return Fault("E310", id.position, {"path": f"{section}.{id.text}", "key": id.text})


def _change_single(editing: Editing, key: str, entry: Entry) -> None:
    """Change values of a key that is one record, in the file that says each of them."""
    for name, part in _entries(editing, entry.value, key):
        place = editing.find(f"{key}.{name}")
        if place is None:
            editing.sections.append(Entry(entry.key, entry.value))
            editing.note(key, None, entry.value)
            return
        if place.left:
            editing.note(f"{key}.{name}", None, part.value)
            editing.write(place.section, (*place.way, name), part)
        else:
            _merge(editing, place, part, f"{key}.{name}")


def _merge_entries(editing: Editing, place: Place, new: MappingNode, path: str) -> None:
    """Change a record key by key."""
    changed = [key for key in new.entries if key not in NAMES]
    if not changed:
        editing.faults.append(Fault("E312.empty", new.position, {"path": path}))
    for key in changed:
        entry = new.entries[key]
        old = place.node.get(key) if isinstance(place.node, MappingNode) else None
        if old is None:
            editing.note(f"{path}.{key}", None, entry.value)
            editing.write(place.section, (*place.way, key), entry)
        else:
            _merge(editing, Place(place.section, (*place.way, key), old), entry, f"{path}.{key}")


def _merge(editing: Editing, place: Place, entry: Entry, path: str) -> None:
    """Write a value anew: mappings key by key, lists of named records record by record, everything else whole."""
    old, new = place.node, entry.value
    if isinstance(old, MappingNode) and isinstance(new, MappingNode):
        _merge_entries(editing, place, new, path)
    elif isinstance(old, SequenceNode) and isinstance(new, SequenceNode) and _named(old) and _named(new):
        _merge_items(editing, place, new, path)
    elif shown(old) == shown(new):
        editing.faults.append(Fault("E312", new.position, {"path": path, "found": shown(new)}))
    else:
        editing.note(path, old, new)
        last = place.way[-1]
        editing.write(place.section, place.way, entry if isinstance(last, str) and entry.key.text == last else new)


def _named(node: SequenceNode) -> bool:
    return bool(node.items) and all(isinstance(item, MappingNode) and name_of(item) for item in node.items)


def _merge_items(editing: Editing, place: Place, new: SequenceNode, path: str) -> None:
    items = place.node.items if isinstance(place.node, SequenceNode) else ()
    numbers = {name_of(item): number for number, item in enumerate(items)}
    for item in new.items:
        name = name_of(item)
        if name in numbers and isinstance(item, MappingNode):
            number = numbers[name]
            _merge_entries(editing, Place(place.section, (*place.way, number), items[number]), item, f"{path}.{name}")
        else:
            words = {"path": f"{path}.{name}", "key": name, **choices(name, numbers)}
            editing.faults.append(Fault("E310", item.position, words))
