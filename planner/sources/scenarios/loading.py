"""`load_scenarios`: an inventory and overlays on it in, one changed inventory for each overlay out, or all faults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from planner.errors import Fault, Faults, Position
from planner.errors.fault import Severity
from planner.sources.binding import bind
from planner.sources.folder import Reading, read_file, read_folder
from planner.sources.index import Context
from planner.sources.loading import Loaded, look_up, resolve, screened
from planner.sources.nodes import MappingNode, Node, ScalarNode, SequenceNode
from planner.sources.records.scenario import ScenarioRecord
from planner.sources.scenarios.away import write_away
from planner.sources.scenarios.called_days import write_called, write_lost
from planner.sources.scenarios.dead import write_dead
from planner.sources.scenarios.editing import Editing
from planner.sources.scenarios.effect import effect
from planner.sources.scenarios.moved_days import write_leaves, write_opens
from planner.sources.scenarios.overlay import add, change, remove
from planner.sources.scenarios.scenario import Mentioned, Scenario
from planner.sources.unfit import Unfit

UNREAD = {"E119": "E119.scenario", "E121": "E121.scenario"}
"""Faults of files whose cure is another one for a scenario."""


@dataclass(frozen=True, slots=True)
class Base:
    """The inventory that scenarios change, as its files say it and as it is read."""

    path: Path
    reading: Reading
    context: Context
    loaded: Loaded


def load_scenarios(inventory: Path, files: Iterable[Path]) -> tuple[Loaded, tuple[Scenario, ...]]:
    """Return the inventory, and the one that each scenario makes of it, in the order of the files.

    Raises
    ------
    Faults
        All faults of the inventory; else all faults of all scenarios.
    """
    base = read_base(inventory)
    found: list[Scenario] = []
    faults: list[Fault] = []
    for file in files:
        try:
            found.append(read_scenario(base, file))
        except Faults as refused:
            faults += refused.faults
    if faults:
        raise Faults(faults)
    return base.loaded, tuple(found)


def read_base(path: Path) -> Base:
    """Return an inventory so that scenarios can be read on top of it.

    Raises
    ------
    Faults
        All faults of its files.
    """
    reading = read_folder(path)
    sections = list(reading.sections())
    loaded = resolve(reading, sections, path)
    return Base(path, reading, look_up(sections, reading)[0], loaded)


def read_scenario(base: Base, file: Path) -> Scenario:
    """Return one scenario.

    Raises
    ------
    Faults
        All faults of its file, and of the inventory that it would make.
    """
    document = read_file(file)
    faults = [*map(_unread, document.faults), *screened(document)]
    if document.root is None:
        raise Faults(faults)
    record, found = bind(ScenarioRecord, document.root, base.context, "")
    faults += (_of_file(fault, document.file) for fault in found)
    editing = Editing(list(base.reading.sections()))
    inventories = _applied(base, document.root, record, editing, faults)
    if inventories is None or record is None or any(fault.severity is Severity.ERROR for fault in faults):
        raise Faults(_placed(faults, document.root, document.file))
    return Scenario(
        id=record.scenario.id or file.stem,
        file=document.file,
        title=record.scenario.title,
        description=record.scenario.description or {},
        loaded=inventories[1],
        alive=inventories[0],
        edits=tuple(editing.edits),
        dead=tuple(dict.fromkeys(node.text for node in record.dead)),
        order=_mentioned(record.order),
        swaps=_mentioned(record.swap),
    )


def _unread(fault: Fault) -> Fault:
    """A scenario that is not there, or no YAML, is written: `init` and `import` make inventories."""
    return replace(fault, key=UNREAD.get(fault.key, fault.key))


def _of_file(fault: Fault, file: str) -> Fault:
    """Name the file where the fault is of the scenario as a whole."""
    named = {name: file if (name, value) == ("record", "") else value for name, value in fault.arguments.items()}
    return replace(fault, arguments=named, path=fault.path.lstrip("."))


def _mentioned(chains: Iterable[tuple[ScalarNode, ...]]) -> tuple[tuple[Mentioned, ...], ...]:
    return tuple(tuple(Mentioned(node.text, node.position) for node in chain) for chain in chains)


def _applied(
    base: Base, root: MappingNode, record: ScenarioRecord | None, editing: Editing, faults: list[Fault]
) -> tuple[Loaded, Loaded] | None:
    """Return the changed inventory before and after assets died; what does not fit is added to the faults."""
    _overlay(base, root, editing)
    if record:
        _write_out(base, root, record, editing)
    sections = list(editing.sections)
    write_dead(editing, record.dead if record else ())
    faults += editing.faults
    ordered = record is not None and bool(record.order or record.swap)
    if record and not editing.edits and not faults and not ordered:
        faults.append(Fault("E312.empty", root.position, {"path": "change, add, remove, opens, ..."}))
    try:
        loaded = resolve(base.reading, editing.sections, base.path)
        alive = resolve(base.reading, sections, base.path) if record and record.dead else loaded
    except Faults as refused:
        dead, removed = (record.dead, record.remove) if record else ((), ())
        faults += (_gone(_without_choice(fault, dead), removed) for fault in _new(base, refused.faults))
        return None
    if editing.edits and not faults and not ordered and effect(loaded.inventory) == effect(base.loaded.inventory):
        faults.append(Fault("E312.same", editing.edits[0].position, {"path": editing.edits[0].path}))
    return alive, replace(loaded, warnings=tuple(_new(base, loaded.warnings)))


def _overlay(base: Base, root: MappingNode, editing: Editing) -> None:
    """Apply what is written in the inventory's language, also where another part of the scenario has faults."""
    for key, node in ((key, root.get(key)) for key in ("change", "add")):
        if node and not (isinstance(node, ScalarNode) and node.is_null):
            change(editing, node, base.context.index) if key == "change" else add(editing, node)
    ways = root.get("remove")
    items = ways.items if isinstance(ways, SequenceNode) else (ways,)
    remove(editing, (way for way in items if isinstance(way, ScalarNode) and not way.is_null))


def _write_out(base: Base, root: MappingNode, record: ScenarioRecord, editing: Editing) -> None:
    """Apply the short forms."""
    for opens, node in zip(record.opens, _items(root, "opens"), strict=True):
        with _told(editing, node):
            write_opens(editing, opens, node)
    for leaving, node in zip(record.leaves, _items(root, "leaves"), strict=True):
        with _told(editing, node):
            write_leaves(editing, leaving, node, base.context)
    for away, node in zip(record.away, _items(root, "away"), strict=True):
        write_away(editing, away, node)
    if record.called is not None:
        write_called(editing, root.entries["called"])
    if record.lost:
        write_lost(editing, root.entries["lost"])


@contextmanager
def _told(editing: Editing, node: MappingNode) -> Iterator[None]:
    """A day that `change` has just made unreadable is a fault where the scenario moves it."""
    try:
        yield
    except Unfit as unfit:
        editing.faults.append(Fault(unfit.key, (unfit.at or node).position, unfit.arguments))


def _items(root: MappingNode, key: str) -> list[MappingNode]:
    """Return the records that are written below a key."""
    node = root.get(key)
    return [item for item in node.items if isinstance(item, MappingNode)] if isinstance(node, SequenceNode) else []


def _new(base: Base, faults: Iterable[Fault]) -> Iterator[Fault]:
    """Leave out what is remarked upon in the inventory as it is."""
    known = {(fault.key, fault.position) for fault in base.loaded.warnings}
    return (fault for fault in faults if (fault.key, fault.position) not in known)


def _without_choice(fault: Fault, dead: Iterable[ScalarNode]) -> Fault:
    """Tell that something names an asset that never comes at the asset, not as an id that nobody knows."""
    name = next((node for node in dead if node.text == fault.arguments.get("id")), None)
    if name is None or fault.code != "E301":
        return fault
    return Fault("E316", name.position, {"id": name.text, "place": str(fault.position)}, related=(fault.position,))


def _gone(fault: Fault, removed: Iterable[ScalarNode]) -> Fault:
    """Tell that something names what the scenario removes at both places, not as an id that nobody knows."""
    id = fault.arguments.get("id", "")
    way = next((node for node in removed if id and node.text.partition(".")[2] == id), None)
    if way is None or fault.code != "E301":
        return fault
    return replace(fault, key="E301.removed", arguments={"id": id, "way": way.text}, related=(way.position,))


def _placed(faults: Iterable[Fault], root: MappingNode, file: str) -> list[Fault]:
    """Name the way to each fault from the top of the scenario, where it stands in it."""
    ways = {(position.line, position.column): way for way, position in _ways(root, "")}
    return [
        replace(fault, path=ways.get((fault.line, fault.column), fault.path)) if fault.file == file else fault
        for fault in faults
    ]


def _ways(node: Node, way: str) -> Iterator[tuple[str, Position]]:
    """Yield the way to every key and value; that of a value comes last and counts."""
    if isinstance(node, MappingNode):
        for key, entry in node.entries.items():
            inner = f"{way}.{key}" if way else key
            yield inner, entry.key.position
            yield from _ways(entry.value, inner)
    elif isinstance(node, SequenceNode):
        for number, item in enumerate(node.items):
            yield from _ways(item, f"{way}[{number}]")
    else:
        yield way, node.position
