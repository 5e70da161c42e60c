"""From PyYAML's parser events to positioned nodes, by an explicit stack: no recursion, no typing, no silent loss."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from planner.errors import Fault, Position
from planner.sources.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode, Source

DEEPEST = 64
MOST_NODES = 1_000_000

Loader: Any = getattr(yaml, "CLoader", yaml.Loader)  # the events of both are equal; libyaml's come ten times as fast

_SMART_QUOTES = "\u201c\u201d\u2018\u2019\u201e\uff02\uff07"
_BLANKS = "\u00a0\u3000\u2002\u2003\u2009"
_NOT_TEXT = re.compile(
    r"[-+]?(0x[0-9a-fA-F]+|0o[0-7]+|[0-9][0-9_]*(\.[0-9]*)?([eE][-+]?[0-9]+)?|\.inf)|\.nan|true|false"
)


class Broken(Exception):
    """The file cannot be read on from here; carries the fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is still open."""

    line: int
    column: int
    anchor: str | None
    is_mapping: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    merged: list[Node] = field(default_factory=list)
    awaits_value: bool = False
    key: ScalarNode | None = None
    size: int = 1
    depth: int = 0


class Composer:
    """Builds the nodes of one document and gathers the faults that do not stop the reading."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.faults: list[Fault] = []
        self.whole = True
        self._stack: list[_Frame] = []
        self._anchors: dict[str, Node | None] = {}
        self._root: Node | None = None

    def compose(self, text: str) -> Node | None:
        """Return the root node, or None for a document without content.

        Raises
        ------
        Broken
            At a limit, or where a second document begins.
        yaml.YAMLError
            Where the parser gives up.
        """
        documents = 0
        for event in self._events(text):
            match event:
                case yaml.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        self._fault("E107", self._at(event, 3))
                        return self._root
                case yaml.AliasEvent():
                    self._alias(event)
                case yaml.ScalarEvent():
                    self._scalar(event)
                case yaml.CollectionStartEvent():
                    self._open(event)
                case yaml.CollectionEndEvent():
                    self._close()
        return self._root

    @staticmethod
    def _events(text: str) -> Iterator[Any]:
        return iter(yaml.parse(text, Loader=Loader))

    def _at(self, event: Any, width: int = 1) -> Position:
        return self.source.position(event.start_mark.line + 1, event.start_mark.column + 1, width)

    def _fault(self, code: str, position: Position, /, *related: Position, **arguments: str) -> None:
        self.faults.append(Fault(code, position, arguments, related=related))

    # ------------------------------------------------------------ events

    def _scalar(self, event: Any) -> None:
        self._refuse_tag(event)
        start, end = event.start_mark, event.end_mark
        line = self.source.lines[start.line] if start.line < len(self.source.lines) else ""
        width = end.column - start.column if end.line == start.line else len(line.rstrip()) - start.column
        text = unicodedata.normalize("NFC", event.value)
        plain = event.style in (None, "")
        node = ScalarNode(
            self.source, start.line + 1, start.column + 1, max(1, width), text, plain, text != event.value
        )
        if plain and text[:1] and text[0] in _SMART_QUOTES:
            self._fault("E118", self.source.position(node.line, node.column), found=text[0])
        self._keep(event.anchor, node)
        self._place(node)

    def _open(self, event: Any) -> None:
        self._refuse_tag(event)
        if len(self._stack) >= DEEPEST:
            raise Broken(Fault("E114", self._at(event), {"limit": str(DEEPEST)}))
        if event.anchor:
            self._anchors[event.anchor] = None
        start = event.start_mark
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self._stack.append(_Frame(start.line + 1, start.column + 1, event.anchor, is_mapping))

    def _close(self) -> None:
        frame = self._stack.pop()
        node: Node
        if frame.is_mapping:
            self._merge(frame)
            node = MappingNode(self.source, frame.line, frame.column, frame.entries, frame.size, frame.depth)
        else:
            node = SequenceNode(self.source, frame.line, frame.column, tuple(frame.items), frame.size, frame.depth)
        self._keep(frame.anchor, node)
        self._place(node)

    def _alias(self, event: Any) -> None:
        name = event.anchor
        node = self._anchors.get(name)
        if node is None:
            code = "E112" if name in self._anchors else "E115"
            self._fault(code, self._at(event, len(name) + 1), alias=name)
            self._skip()
        elif len(self._stack) + node.depth > DEEPEST:
            raise Broken(Fault("E114", self._at(event, len(name) + 1), {"limit": str(DEEPEST)}))
        else:
            self._place(node, self._at(event, len(name) + 1))

    # ------------------------------------------------------------ building

    def _refuse_tag(self, event: Any) -> None:
        if event.tag:
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._fault("E110", self._at(event, len(shown)), tag=shown)

    def _keep(self, anchor: str | None, node: Node) -> None:
        if anchor:
            self._anchors[anchor] = node

    def _skip(self) -> None:
        """Leave out a value that cannot be had, and its key."""
        self.whole = False
        if self._stack and self._stack[-1].is_mapping:
            frame = self._stack[-1]
            frame.awaits_value, frame.key = not frame.awaits_value, None

    def _place(self, node: Node, alias: Position | None = None) -> None:
        """Put a finished node into the collection that is open."""
        if not self._stack:
            self._root = node
            return
        frame = self._stack[-1]
        frame.size += node.size
        frame.depth = max(frame.depth, node.depth + 1)
        if frame.size > MOST_NODES:
            found = f"{frame.size}+ nodes"
            raise Broken(Fault("E120", alias or node.position, {"found": found, "limit": f"{MOST_NODES}"}))
        if not frame.is_mapping:
            frame.items.append(node)
        elif frame.awaits_value:
            frame.awaits_value = False
            self._enter(frame, node)
        else:
            frame.awaits_value = True
            frame.key = self._key(frame, node)
            self.whole = self.whole and frame.key is not None

    def _key(self, frame: _Frame, node: Node) -> ScalarNode | None:
        """Return the key when it is one; a fault and None when the pair must be left out."""
        if not isinstance(node, ScalarNode):
            self._fault("E116.complex", self.source.position(node.line, node.column))
            return None
        if node.text[:1] and node.plain and node.text[0] in _BLANKS:
            visible = f"U+{ord(node.text[0]):04X}"
            self._fault("E101", self.source.position(node.line, node.column), visible=visible)
            return None
        if node.plain and (node.is_null or _NOT_TEXT.fullmatch(node.text)):
            self._fault("E116", node.position, found=node.text)
            return None
        first = frame.entries.get(node.text)
        if first and node.text != "<<":
            known = first.key.position
            self._fault("E106", node.position, known, key=node.text, first=str(known))
            return None
        return node

    def _enter(self, frame: _Frame, node: Node) -> None:
        key, frame.key = frame.key, None
        if key is None:
            return
        if key.plain and key.text == "<<":
            frame.merged += node.items if isinstance(node, SequenceNode) else [node]
        else:
            frame.entries[key.text] = Entry(key, node)

    def _merge(self, frame: _Frame) -> None:
        """Add the entries of ``<<``; what the mapping says itself, and what came first, has precedence."""
        for node in frame.merged:
            if isinstance(node, MappingNode):
                for key, entry in node.entries.items():
                    frame.entries.setdefault(key, entry)
            else:
                self._fault("E115.merge", node.position)
