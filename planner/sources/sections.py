"""The top-level keys: which record stands under each, and all records of all files by key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from planner.errors import Fault
from planner.sources.binding import misshapen, shown
from planner.sources.fields import Record
from planner.sources.index import ASSET_SECTIONS
from planner.sources.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode
from planner.sources.records import assets, rules, surroundings
from planner.sources.unfit import choices

VERSION = 1

LISTS: Mapping[str, type[Record]] = {
    "rooms": surroundings.RoomRecord,
    "racks": surroundings.RackRecord,
    "circuits": surroundings.CircuitRecord,
    "tiers": surroundings.TierRecord,
    "separation": surroundings.SeparationRecord,
    "permissions": surroundings.PermissionRecord,
    "segments": surroundings.SegmentRecord,
    "links": assets.LinkRecord,
    "conveyances": surroundings.ConveyanceRecord,
    "routes": surroundings.RouteRecord,
    "groups": assets.GroupRecord,
    "network": assets.AssetRecord,
    "power": assets.AssetRecord,
    "lines": assets.LineRecord,
    "servers": assets.ServerRecord,
    "storage": assets.AssetRecord,
    "clusters": assets.ClusterRecord,
    "vms": assets.VmRecord,
    "terminals": assets.TerminalsRecord,
    "systems": assets.SystemRecord,
    "departments": assets.DepartmentRecord,
    "teams": surroundings.TeamRecord,
    "contacts": surroundings.ContactRecord,
    "waivers": rules.WaiverRecord,
    "pins": rules.PinRecord,
}
"""The keys that hold lists of records."""

SINGLES: Mapping[str, type[Record]] = {
    "project": rules.ProjectRecord,
    "calendar": rules.CalendarRecord,
    "policy": rules.PolicyRecord,
}
"""The keys that hold one record, which several files may add to."""

KEYS = ("version", "project", "defaults", *LISTS, "calendar", "policy")

INCLUDES = frozenset({"include", "includes", "import", "imports"})
"""What other languages call the reading of further files; here all files of the folder are read anyway."""

_SINGULAR = {
    "links": "link",
    "systems": "system",
    "racks": "rack",
    "rooms": "room",
    "circuits": "circuit",
    "segments": "segment",
    "teams": "team",
    "clusters": "cluster",
}

KINDS: Mapping[str, type[Record]] = {
    **dict.fromkeys(("server", "hypervisor", "appliance", "chassis", "blade"), assets.ServerRecord),
    **dict.fromkeys(("storage", "switch", "router", "firewall", "ups"), assets.AssetRecord),
    "vm": assets.VmRecord,
    "line": assets.LineRecord,
    "terminals": assets.TerminalsRecord,
    **{kind: LISTS[section] for section, kind in _SINGULAR.items()},
    "all": assets.AssetRecord,
}
"""The kinds that may have defaults, with the record whose keys they may set."""


@dataclass(frozen=True, slots=True)
class Written:
    """One record as it is written, with the way to it."""

    section: str
    path: str
    node: MappingNode

    @property
    def id(self) -> str:
        """The id, empty where none is written."""
        node = self.node.get("id")
        return node.text if isinstance(node, ScalarNode) else ""

    @property
    def kind(self) -> str:
        """The word under which defaults for the record stand."""
        node = self.node.get("kind")
        if self.section in ASSET_SECTIONS:
            return node.text if isinstance(node, ScalarNode) else str(ASSET_SECTIONS[self.section])
        return _SINGULAR.get(self.section, self.section)


@dataclass(slots=True)
class Gathered:
    """All records of all files."""

    lists: dict[str, list[Written]] = field(default_factory=lambda: {section: [] for section in LISTS})
    singles: dict[str, MappingNode] = field(default_factory=dict)
    version: ScalarNode | None = None
    faults: list[Fault] = field(default_factory=list)


def gather(entries: Iterable[Entry]) -> Gathered:
    """Return the records of every top-level key, with a fault for each key and shape that is not known."""
    gathered = Gathered()
    for entry in entries:
        key = entry.key.text
        if key in INCLUDES:
            gathered.faults.append(Fault("E308", entry.key.position, {"key": key, "found": shown(entry.value)}, key))
        elif key not in KEYS:
            gathered.faults.append(Fault("E201", entry.key.position, {"key": key, **choices(key, KEYS)}, key))
        elif isinstance(entry.value, ScalarNode) and entry.value.is_null:
            continue
        elif key == "version":
            gathered.faults += _version(gathered, entry.value)
        elif key in LISTS:
            gathered.faults += _add_list(gathered, key, entry.value)
        elif isinstance(entry.value, MappingNode):
            known = gathered.singles.get(key)
            gathered.singles[key] = _joined(known, entry.value, gathered.faults) if known else entry.value
        else:
            gathered.faults.append(misshapen(entry.value, "{key: value}", key))
    return gathered


def _version(gathered: Gathered, node: Node) -> Iterator[Fault]:
    if not isinstance(node, ScalarNode) or not re.fullmatch(r"[0-9]{1,9}", node.text):
        yield Fault("E203", node.position, {"found": shown(node), "expected": f"{VERSION}"}, "version")
        return
    gathered.version = node
    if int(node.text) != VERSION:
        yield Fault("E212", node.position, {"found": node.text, "known": f"{VERSION}"}, "version")


def _add_list(gathered: Gathered, section: str, node: Node) -> Iterator[Fault]:
    if not isinstance(node, SequenceNode):
        yield misshapen(node, "[{id: ...}, ...]", section)
        return
    for number, item in enumerate(node.items):
        path = f"{section}[{number}]"
        if isinstance(item, MappingNode):
            gathered.lists[section].append(Written(section, path, item))
        else:
            yield misshapen(item, "{key: value}", path)


def _joined(first: MappingNode, second: MappingNode, faults: list[Fault]) -> MappingNode:
    """Join two parts of one record from two files; lists and mappings are joined, single values must not repeat."""
    entries = dict(first.entries)
    for key, entry in second.entries.items():
        known = entries.get(key)
        if known is None:
            entries[key] = entry
        elif isinstance(known.value, SequenceNode) and isinstance(entry.value, SequenceNode):
            items = known.value.items + entry.value.items
            entries[key] = Entry(known.key, SequenceNode(first.source, first.line, first.column, items, 0, 0))
        elif isinstance(known.value, MappingNode) and isinstance(entry.value, MappingNode):
            entries[key] = Entry(known.key, _joined(known.value, entry.value, faults))
        else:
            place = known.key.position
            arguments = {"key": key, "first": str(place)}
            faults.append(Fault("E106", entry.key.position, arguments, related=(place,)))
    return MappingNode(first.source, first.line, first.column, entries, 0, 0)
