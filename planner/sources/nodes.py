"""Positioned nodes: what a YAML file says, as text, with file, line and column of every key and value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.errors import Position

NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One file as it was read: its name and its lines, for positions that show their line."""

    file: str
    lines: tuple[str, ...]

    def position(self, line: int, column: int, width: int = 1) -> Position:
        """Return the position of a stretch of a line; lines and columns count from 1."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Position(self.file, line, column, width, text)


@dataclass(frozen=True, slots=True, eq=False)
class ScalarNode:
    """A value as text; ``plain`` when it stands without quotes, ``decomposed`` when it was written in NFD."""

    source: Source
    line: int
    column: int
    width: int
    text: str
    plain: bool = True
    decomposed: bool = False
    size: int = 1
    depth: int = 0

    @property
    def position(self) -> Position:
        """Where the value stands."""
        return self.source.position(self.line, self.column, self.width)

    @property
    def is_null(self) -> bool:
        """Whether nothing is written, or a plain ``null``."""
        return self.plain and self.text in NULLS


@dataclass(frozen=True, slots=True, eq=False)
class SequenceNode:
    """A list; ``size`` counts all nodes below with aliases expanded, ``depth`` the levels."""

    source: Source
    line: int
    column: int
    items: tuple[Node, ...]
    size: int
    depth: int

    @property
    def position(self) -> Position:
        """Where the list begins."""
        return self.source.position(self.line, self.column)


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A key with its value."""

    key: ScalarNode
    value: Node


@dataclass(frozen=True, slots=True, eq=False)
class MappingNode:
    """Keys and values in the order of the file, merged ones last."""

    source: Source
    line: int
    column: int
    entries: Mapping[str, Entry]
    size: int
    depth: int

    @property
    def position(self) -> Position:
        """The first key, or the place of the empty mapping."""
        for entry in self.entries.values():
            return entry.key.position
        return self.source.position(self.line, self.column)

    def get(self, key: str) -> Node | None:
        """Return the value of a key, or None where the key is not written."""
        entry = self.entries.get(key)
        return entry.value if entry else None


Node = ScalarNode | SequenceNode | MappingNode
