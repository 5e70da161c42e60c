"""The list of all documents: what each is called, in which formats it comes, and who makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from planner.rendering.documents import papers, pictures
from planner.rendering.documents.issue import File, Issue

TEXTS: Final = ("md", "html")
PICTURES: Final = ("png", "svg")
FORMATS: Final = (*TEXTS, *PICTURES)


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of document. ``make`` gives its files in the formats asked for, one by one."""

    id: str
    formats: tuple[str, ...]
    make: Callable[[Issue], Iterable[File]]


CATALOGUE: Final = (
    Document("summary", TEXTS, papers.summary_files),
    Document("runbook", TEXTS, papers.runbook_files),
    Document("rollback", TEXTS, papers.rollback_files),
    Document("timechart", PICTURES, pictures.chart_files),
    Document("dependencies", PICTURES, pictures.dependency_files),
    Document("racks", PICTURES, pictures.rack_files),
)
"""Every document, in the order in which they are made."""

DOCUMENTS: Final = tuple(document.id for document in CATALOGUE)
