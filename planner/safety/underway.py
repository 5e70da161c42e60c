"""Finding what is under way at an instant, or throughout a time, without looking at everything."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Generic, TypeVar

from planner.units.span import Minute, Span

T = TypeVar("T")


class Underway(Generic[T]):
    """Things with their spans, by start; ``longest`` bounds how far back something may have begun."""

    def __init__(self, things: Iterable[tuple[Span, T]]) -> None:
        numbered = ((span, number, thing) for number, (span, thing) in enumerate(things))
        self._rows = sorted(numbered, key=lambda row: (row[0].start, row[1]))
        self._starts = [span.start for span, _, _ in self._rows]
        self._longest = max((span.minutes for span, _, _ in self._rows), default=0)

    def at(self, minute: Minute) -> list[T]:
        """What holds at an instant, in the order given."""
        return self.during(Span(minute, minute + 1))

    def during(self, span: Span) -> list[T]:
        """What overlaps a span, in the order given."""
        first = bisect_right(self._starts, span.start - self._longest)
        last = bisect_left(self._starts, span.end)
        found = [row for row in self._rows[first:last] if row[0].overlaps(span)]
        return [thing for _, _, thing in sorted(found, key=lambda row: row[1])]
