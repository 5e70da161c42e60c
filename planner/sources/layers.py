"""Defaults: a record lies above those of its kind, these above those for all, the project's above the shipped ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from pydantic import create_model

from planner.errors import Fault, Faults, Position
from planner.sources.binding import R, bind, shown
from planner.sources.document import read_document
from planner.sources.fields import Record
from planner.sources.index import Context
from planner.sources.nodes import Entry, MappingNode, Node, ScalarNode
from planner.sources.sections import KINDS, SINGLES, Written
from planner.sources.unfit import choices

SHIPPED = "planner/sources/defaults.yaml"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a resolved value comes from.

    ``layer`` is ``written``, ``defaults.server`` or ``shipped.server`` for values that stand somewhere, ``derived`` for
    what follows from others. ``text`` is the value as it is written or derived.
    """

    position: Position
    layer: str
    text: str


@lru_cache(maxsize=1)
def shipped() -> MappingNode:
    """Return the shipped defaults."""
    data = files("planner.sources").joinpath("defaults.yaml").read_bytes()
    root = read_document(data, SHIPPED).root
    if root is None:
        raise ValueError(f"{SHIPPED} holds no defaults")
    return root


class Layers:
    """The defaults of one project above the shipped ones."""

    def __init__(self, project: MappingNode | None) -> None:
        self._layers: list[tuple[str, MappingNode]] = [("shipped", shipped())]
        if project:
            self._layers.insert(0, ("defaults", project))
        self._named: dict[int, str] = {}
        for name, layer in self._layers:
            for kind, entry in layer.entries.items():
                self._named |= {id(node): f"{name}.{kind}" for node in _below(entry.value)}

    def resolve(self, record: Written, keys: Iterable[str]) -> MappingNode:
        """Return the record with every default that it does not set itself; only ``keys`` are taken from defaults."""
        return self.under(record.node, record.kind, set(keys))

    def under(self, node: MappingNode, kind: str, keys: set[str]) -> MappingNode:
        """Return a mapping with the defaults of a kind, and those for all, below it."""
        for _, layer in self._layers:
            for word in (kind, "all"):
                below = layer.get(word)
                if isinstance(below, MappingNode):
                    node = _overlay(node, below, keys)
        return node

    def bound_under(self, kind: type[R], node: Node, word: str, context: Context) -> R:
        """Return a record that lies inside another one, with the defaults of a kind below it."""
        keys = {field.alias or name for name, field in kind.model_fields.items()}
        resolved = self.under(node, word, keys) if isinstance(node, MappingNode) else node
        record, faults = bind(kind, resolved, context, word)
        if record is None:
            raise Faults(faults)
        return record

    def layer_of(self, node: Node) -> str:
        """Return the name of the layer that a value stands in."""
        return self._named.get(id(node), "written")

    def origins(self, node: Node, path: str) -> Iterator[tuple[str, Origin]]:
        """Yield the path and origin of every value of a resolved record."""
        if not isinstance(node, MappingNode):
            yield path, Origin(node.position, self.layer_of(node), shown(node))
            return
        for key, entry in node.entries.items():
            yield from self.origins(entry.value, f"{path}.{key}")


def _below(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, MappingNode):
        for entry in node.entries.values():
            yield from _below(entry.value)


def _overlay(top: MappingNode, below: MappingNode, keys: set[str] | None) -> MappingNode:
    entries = dict(top.entries)
    for key, entry in below.entries.items():
        above = entries.get(key)
        if above is None and (keys is None or key in keys):
            entries[key] = entry
        elif above and isinstance(above.value, MappingNode) and isinstance(entry.value, MappingNode):
            entries[key] = Entry(above.key, _overlay(above.value, entry.value, None))
    return MappingNode(top.source, top.line, top.column, entries, 0, 0)


def check_defaults(project: MappingNode | None, context: Context) -> list[Fault]:
    """Return the faults of the project's defaults, also of kinds that no record has."""
    faults: list[Fault] = []
    for kind, entry in project.entries.items() if project else ():
        path = f"defaults.{kind}"
        if kind not in KINDS:
            faults.append(Fault("E201", entry.key.position, {"key": kind, **choices(kind, KINDS)}, path))
        elif isinstance(entry.value, ScalarNode) and entry.value.is_null:
            continue
        else:
            faults += bind(partial(kind), entry.value, context, path)[1]
    return faults


@cache
def partial(kind: str) -> type[Record]:
    """Return the record of a kind with nothing required, and without what each record has to say itself."""
    record = {**KINDS, **SINGLES}[kind]
    return optional(record, () if kind in SINGLES else ("id", "name"))


def optional(record: type[Record], but: tuple[str, ...] = ()) -> type[Record]:
    """Return a record with nothing required, ``but`` without these fields."""
    fields: Mapping[str, object] = {
        name: (field.rebuild_annotation() | None, None if field.is_required() else field)
        for name, field in record.model_fields.items()
        if name not in but
    }
    return create_model(f"{record.__name__}Defaults", __base__=Record, **fields)  # type: ignore[call-overload, no-any-return]
