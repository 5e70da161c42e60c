"""Half-open intervals of whole minutes, and the arithmetic on sets of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import Self

Minute = int  # an instant: whole minutes since 1970-01-01T00:00Z


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The half-open interval ``[start, end)`` of minutes; never empty.

    Raises
    ------
    ValueError
        If ``end <= start``.
    """

    start: Minute
    end: Minute

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"a span must end after it starts: [{self.start}, {self.end})")

    @property
    def minutes(self) -> int:
        return self.end - self.start

    def __contains__(self, minute: Minute) -> bool:
        return self.start <= minute < self.end

    def covers(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def intersection(self, other: "Span") -> "Span | None":
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start < end else None


@dataclass(frozen=True, slots=True)
class Spans:
    """A set of minutes as sorted, disjoint, non-touching spans.

    Build it with `Spans.of`, which normalises; the constructor trusts its argument.
    """

    parts: tuple[Span, ...] = ()

    @classmethod
    def of(cls, spans: Iterable[Span]) -> Self:
        """Join overlapping and touching spans."""
        joined: list[Span] = []
        for span in sorted(spans, key=attrgetter("start", "end")):
            if joined and span.start <= joined[-1].end:
                joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
            else:
                joined.append(span)
        return cls(tuple(joined))

    def __iter__(self) -> Iterator[Span]:
        return iter(self.parts)

    def __len__(self) -> int:
        return len(self.parts)

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __contains__(self, minute: Minute) -> bool:
        before = bisect_right(self.parts, minute, key=lambda part: part.start)
        return before > 0 and minute < self.parts[before - 1].end

    @property
    def minutes(self) -> int:
        """The sum of the lengths."""
        return sum(part.minutes for part in self.parts)

    def covers(self, span: Span) -> bool:
        """Whether one part holds the whole of ``span``."""
        before = bisect_right(self.parts, span.start, key=lambda part: part.start)
        return before > 0 and self.parts[before - 1].covers(span)

    def union(self, other: "Spans") -> "Spans":
        return Spans.of((*self.parts, *other.parts))

    def intersection(self, other: "Spans") -> "Spans":
        """The minutes in both, by one merge pass, ``O(len(self) + len(other))``."""
        found: list[Span] = []
        left, right = 0, 0
        while left < len(self.parts) and right < len(other.parts):
            a, b = self.parts[left], other.parts[right]
            common = a.intersection(b)
            if common:
                found.append(common)
            if a.end <= b.end:
                left += 1
            else:
                right += 1
        return Spans(tuple(found))

    def within(self, span: Span) -> "Spans":
        """The minutes in ``span`` too; finds its place by bisection."""
        first = bisect_right(self.parts, span.start, key=lambda part: part.end)
        last = bisect_left(self.parts, span.end, key=lambda part: part.start)
        inner = self.parts[first:last]
        if not inner or (span.start <= inner[0].start and inner[-1].end <= span.end):
            return Spans(inner)
        return Spans(tuple(Span(max(p.start, span.start), min(p.end, span.end)) for p in inner))

    def complement(self, span: Span) -> "Spans":
        """The minutes of ``span`` that are not in this set."""
        edges = [span.start, *(e for part in self.within(span) for e in (part.start, part.end)), span.end]
        return Spans(tuple(Span(a, b) for i, (a, b) in enumerate(pairwise(edges)) if i % 2 == 0 and a < b))

    def minus(self, other: "Spans") -> "Spans":
        if not self.parts:
            return self
        return self.intersection(other.complement(Span(self.parts[0].start, self.parts[-1].end)))
