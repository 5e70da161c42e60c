"""All ids of an inventory, gathered before any value is read, so that references can be checked where they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from planner.errors import Fault
from planner.model.asset import AssetKind
from planner.sources.dates import Weekday
from planner.sources.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode
from planner.sources.phrases import Years
from planner.sources.scalars import Reader
from planner.sources.unfit import Unfit, choices, scalar
from planner.units.clock import Clock

ASSET_SECTIONS: Mapping[str, AssetKind] = {
    "servers": AssetKind.SERVER,
    "storage": AssetKind.STORAGE,
    "network": AssetKind.SWITCH,
    "power": AssetKind.UPS,
    "vms": AssetKind.VM,
    "lines": AssetKind.LINE,
    "terminals": AssetKind.TERMINALS,
}
"""The sections that hold assets, with the kind of a record that names none."""

RECORD_SECTIONS = (
    *ASSET_SECTIONS,
    *(
        "rooms",
        "racks",
        "circuits",
        "tiers",
        "segments",
        "links",
        "conveyances",
        "groups",
        "clusters",
        "systems",
        "departments",
    ),
    *("teams", "contacts"),
)
"""The sections that are lists of records with ids."""

_SPACES = {"tiers": "tiers", "departments": "departments", "contacts": "contacts"}
"""Sections whose ids stand by themselves; all the others share one space."""


@dataclass(frozen=True, slots=True)
class Index:
    """The ids of each section with the places that define them.

    ``whole`` is False where a file could not be read to its end: then an id that is not here may still exist.
    """

    ids: Mapping[str, Mapping[str, MappingNode]]
    hours: Mapping[str, ScalarNode] = field(default_factory=dict)
    tags: Mapping[str, ScalarNode] = field(default_factory=dict)
    whole: bool = True

    def defined(self, section: str) -> Mapping[str, object]:
        """Return the ids that a reference to a section may name."""
        match section:
            case "hours":
                return self.hours
            case "tags":
                return self.tags
        return self.ids[section]

    def kind(self, id: str) -> AssetKind | None:
        """Return the kind of an asset as far as it can be told, None for anything else."""
        for section, usual in ASSET_SECTIONS.items():
            if id in self.ids.get(section, {}):
                written = self.ids[section][id].get("kind")
                text = written.text if isinstance(written, ScalarNode) else ""
                return AssetKind(text) if text in list(AssetKind) else usual
        return None

    def room_of(self, rack: str) -> str:
        """Return the room of a rack as it is written."""
        room = self.ids["racks"][rack].get("room")
        return room.text if isinstance(room, ScalarNode) else ""


@dataclass(slots=True)
class Context:
    """What readers of values may look up, and where they leave their remarks.

    ``known`` keeps what a reader has made of a node, by the identities of both; it holds the nodes,
    so that no identity is given again.
    """

    index: Index
    clock: Clock
    years: Years
    weekdays: list[Weekday] = field(default_factory=list)
    known: dict[tuple[int, int], tuple[Node | None, Any]] = field(default_factory=dict)


def build_index(sections: Iterable[Entry], *, whole: bool) -> tuple[Index, list[Fault]]:
    """Return the index of all sections, and a fault for every id that is written twice."""
    entries = list(sections)
    faults: list[Fault] = []
    spaces: dict[str, dict[str, ScalarNode]] = {}
    ids: dict[str, dict[str, MappingNode]] = {section: {} for section in RECORD_SECTIONS}
    for section, record, node in _records(entries):
        space = spaces.setdefault(_SPACES.get(section, ""), {})
        faults += _clash(space, node)
        space.setdefault(_folded(node), node)
        ids[section].setdefault(node.text, record)
    return Index(ids, dict(_hours(entries)), dict(_tags(entries)), whole), faults


def _records(entries: Iterable[Entry]) -> Iterator[tuple[str, MappingNode, ScalarNode]]:
    for entry in entries:
        if entry.key.text in RECORD_SECTIONS and isinstance(entry.value, SequenceNode):
            for record in entry.value.items:
                node = record.get("id") if isinstance(record, MappingNode) else None
                if isinstance(node, ScalarNode) and isinstance(record, MappingNode):
                    yield entry.key.text, record, node


def _folded(node: ScalarNode) -> str:
    return unicodedata.normalize("NFKC", node.text).casefold()


def _clash(space: Mapping[str, ScalarNode], node: ScalarNode) -> Iterator[Fault]:
    """Tell ids that are equal, or that people cannot tell apart."""
    first = space.get(_folded(node))
    if first is None or first is node:
        return
    arguments = {"id": node.text, "first": str(first.position), "other": first.text}
    width = unicodedata.normalize("NFKC", node.text) == unicodedata.normalize("NFKC", first.text)
    yield Fault("E207" if width else "W207", node.position, arguments, related=(first.position,))
    if node.decomposed != first.decomposed:
        late = node if node.decomposed else first
        yield Fault("W003", late.position, {"id": late.text})


def _calendar(entries: Iterable[Entry], key: str) -> Iterator[Node]:
    for entry in entries:
        if entry.key.text == "calendar" and isinstance(entry.value, MappingNode) and (node := entry.value.get(key)):
            yield node


def _hours(entries: Iterable[Entry]) -> Iterator[tuple[str, ScalarNode]]:
    for node in _calendar(entries, "hours"):
        if isinstance(node, MappingNode):
            yield from ((name, entry.key) for name, entry in node.entries.items())


def _tags(entries: Iterable[Entry]) -> Iterator[tuple[str, ScalarNode]]:
    for node in _calendar(entries, "blackouts"):
        for blackout in node.items if isinstance(node, SequenceNode) else ():
            tag = blackout.get("tag") if isinstance(blackout, MappingNode) else None
            if isinstance(tag, ScalarNode):
                yield tag.text, tag


ASSETS = tuple(ASSET_SECTIONS)


def refers(*sections: str) -> Reader:
    """Return a reader of an id that one of the sections defines."""

    def read(value: Any, context: Context) -> str:
        node = scalar(value, "id")
        known(node, node.text, sections, context.index)
        return node.text

    return read


def known(node: ScalarNode, id: str, sections: Iterable[str], index: Index) -> None:
    """Refuse an id that none of the sections defines.

    Raises
    ------
    Unfit
        E301 with the nearest id, E301.kind where the id is that of something else.
    """
    if not index.whole or any(id in index.defined(section) for section in sections):
        return
    elsewhere = [section for section, ids in index.ids.items() if id in ids]
    shown = ", ".join(sections) if len(list(sections)) < 5 else "id"
    if elsewhere:
        raise Unfit("E301.kind", node, id=id, found=elsewhere[0], expected=shown)
    raise Unfit(
        "E301",
        node,
        id=id,
        sections=shown,
        **_near(id, [name for section in sections for name in index.defined(section)]),
    )


def _near(id: str, names: list[str]) -> dict[str, str]:
    found = choices(id, names)
    return {"nearest": found["nearest"]} if "nearest" in found else {"known": found["allowed"]}
