"""`load`: an inventory folder in, the frozen inventory out, or all faults of all files at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from planner.errors import Fault, Faults, Position
from planner.errors.fault import Severity, in_order
from planner.model.inventory import Inventory
from planner.sources.assembling import assemble
from planner.sources.binding import bind
from planner.sources.bindings import Bindings
from planner.sources.checks import Bound, check, check_people, check_project
from planner.sources.dates import day_of
from planner.sources.document import Document
from planner.sources.fields import Record
from planner.sources.folder import Reading, read_folder
from planner.sources.index import Context, build_index
from planner.sources.layers import Layers, Origin, check_defaults
from planner.sources.nodes import Entry, MappingNode, ScalarNode, Source
from planner.sources.phrases import Years
from planner.sources.provenance import Provenance, origins
from planner.sources.screening import screen
from planner.sources.sections import LISTS, SINGLES, Gathered, Written, gather
from planner.sources.unfit import Unfit
from planner.units.clock import Clock

USUAL_ZONE = "Asia/Tokyo"


@dataclass(frozen=True, slots=True)
class Loaded:
    """An inventory that fits, with the origin of every resolved value and the remarks on the way.

    ``provenance`` maps the path of a fact, as ``assets.hv1.va``, to file, line, column and layer; the path of a record
    alone, as ``assets.hv1``, to where it is written.
    """

    inventory: Inventory
    provenance: Mapping[str, Origin]
    warnings: tuple[Fault, ...]


def load(path: Path, encoding: str = "auto") -> Loaded:
    """Return the inventory of a folder, or of one file.

    Parameters
    ----------
    path : Path
        The folder or file.
    encoding : str, optional
        How files without a mark are encoded; ``auto`` wants UTF-8 and names what it finds instead.

    Raises
    ------
    Faults
        All faults of all files, when at least one of them is an error.
    """
    reading = read_folder(path, encoding)
    return resolve(reading, list(reading.sections()), path)


def resolve(reading: Reading, sections: list[Entry], path: Path) -> Loaded:
    """Return the inventory that top-level keys and their values say, those of the files or changed ones.

    Raises
    ------
    Faults
        As `load`.
    """
    faults = [*reading.faults, *(fault for document in reading.documents for fault in screened(document))]
    gathered = gather(sections)
    layers = Layers(gathered.singles.get("defaults"))
    context, index_faults = look_up(sections, reading)
    bindings = _bind_all(gathered, layers, context)
    faults += [*gathered.faults, *index_faults, *bindings.faults, *_required(gathered, reading, path)]
    faults += check_defaults(gathered.singles.get("defaults"), context)
    faults += _checked(bindings, context)
    if any(fault.severity is Severity.ERROR for fault in faults):
        raise Faults(faults)
    inventory = assemble(bindings, layers, context)
    return Loaded(inventory, Provenance(lambda: origins(bindings, layers, inventory)), in_order(faults))


def screened(document: Document) -> Iterator[Fault]:
    """Tell secrets and keys without a value; a section may be empty because all in it had to be left out."""
    for key, entry in document.root.entries.items() if document.root else ():
        if not isinstance(entry.value, ScalarNode) or not entry.value.is_null:
            yield from screen(entry.value, key)
        elif document.whole:
            yield Fault("E213", entry.key.position, {"key": key}, key)


def look_up(sections: list[Entry], reading: Reading) -> tuple[Context, list[Fault]]:
    """Return what readers look up, the ids, the project's time zone and its years; and the faults of the ids."""
    gathered = gather(entry for entry in sections if entry.key.text == "project")
    index, faults = build_index(sections, whole=reading.whole)
    context = Context(index, Clock(USUAL_ZONE), Years(2026, 2027))
    project = gathered.singles.get("project")
    zone = project.get("time_zone") if project else None
    bound = bind(SINGLES["project"], project, context, "project")[0] if project else None
    if bound is not None and isinstance(zone, ScalarNode):
        context.clock = Clock(zone.text)
    years = sorted(_years(project))
    if years:
        context.years = Years(years[0], years[-1])
    context.weekdays.clear()
    context.known.clear()
    return context, faults


def _years(project: MappingNode | None) -> Iterator[int]:
    """Yield the years that the project's dates name, as far as they can be read."""
    horizon = project.get("horizon") if project else None
    for node in (
        project.get("as_of") if project else None,
        *((horizon.get("from"), horizon.get("last_day")) if isinstance(horizon, MappingNode) else ()),
    ):
        if isinstance(node, ScalarNode):
            try:
                yield day_of(node.text, node).year
            except Unfit:
                continue


def _bind_all(gathered: Gathered, layers: Layers, context: Context) -> Bindings:
    bindings = Bindings({section: [] for section in LISTS})
    for section, kind in LISTS.items():
        for written in gathered.lists[section]:
            bound = _bind(kind, written, layers, context, bindings.faults)
            if bound:
                bindings.lists[section].append(bound)
    for name, kind in SINGLES.items():
        node = gathered.singles.get(name) or _nothing()
        if node.entries or name != "project":
            bound = _bind(kind, Written(name, name, node), layers, context, bindings.faults)
            if bound:
                bindings.singles[name] = bound
    bindings.faults += [
        Fault("W408", day.node.position, {"found": day.node.text, "right": day.right}) for day in context.weekdays
    ]
    return bindings


def _bind(kind: type[Record], written: Written, layers: Layers, context: Context, faults: list[Fault]) -> Bound | None:
    keys = [f.alias or name for name, f in kind.model_fields.items()]
    resolved = Written(written.section, written.path, layers.resolve(written, keys))
    record, found = bind(kind, resolved.node, context, written.path)
    faults += found
    return Bound(resolved, record) if record is not None else None


def _nothing() -> MappingNode:
    return MappingNode(Source("", ()), 1, 1, {}, 0, 0)


def _required(gathered: Gathered, reading: Reading, path: Path) -> Iterator[Fault]:
    """Tell what every inventory must say, unless a part of it could not be read."""
    if not reading.whole or not any(document.root for document in reading.documents):
        return
    first = next(document.root.position for document in reading.documents if document.root)
    place = first if len(reading.documents) == 1 else Position(path.as_posix())
    if gathered.version is None and not any(fault.path == "version" for fault in gathered.faults):
        yield Fault("E202", place, {"key": "version", "record": path.as_posix()}, "version")
    if "project" not in gathered.singles:
        yield Fault("E202", place, {"key": "project", "record": path.as_posix()}, "project")


def _checked(bindings: Bindings, context: Context) -> Iterator[Fault]:
    yield from check(list(bindings), context)
    if project := bindings.singles.get("project"):
        yield from check_project(project, context.clock)
    if (policy := bindings.singles.get("policy")) and context.index.whole:
        yield from check_people(policy, bindings.records("teams"))
