"""One issue of the documents of a plan: what is asked for, and what all of them share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from planner.rendering.documents.edition import Edition
from planner.rendering.documents.engine import Engine
from planner.rendering.drawing import Drawing


@dataclass(frozen=True, slots=True)
class File:
    """A file's name and content."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Issue:
    """The edition, the templates, the formats and the documents that are asked for.

    ``charts`` keeps the sheets of the time charts by wave once they are drawn: name and drawing.
    """

    edition: Edition
    engine: Engine
    formats: frozenset[str]
    documents: frozenset[str]
    charts: dict[int, tuple[tuple[str, Drawing], ...]] = field(default_factory=dict)

    def wanted(self, formats: Iterable[str]) -> tuple[str, ...]:
        """Those of the formats that are asked for, in their order."""
        return tuple(kind for kind in formats if kind in self.formats)
