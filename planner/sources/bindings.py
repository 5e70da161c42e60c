"""All records that were read, beside the faults of those that were not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from planner.errors import Fault
from planner.sources.checks import Bound


@dataclass(slots=True)
class Bindings:
    """All records that fit, by top-level key, and the faults of the others."""

    lists: dict[str, list[Bound]] = field(default_factory=dict)
    singles: dict[str, Bound] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def records(self, section: str) -> list[Any]:
        """Return the records of a key, in the order written."""
        return [bound.record for bound in self.lists[section]]

    def __iter__(self) -> Iterator[Bound]:
        for bounds in self.lists.values():
            yield from bounds
        yield from self.singles.values()
