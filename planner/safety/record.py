"""What happened in a span of time, moment by moment, and what has been answered about it."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from planner.model.inventory import Inventory
from planner.plan.step import Step
from planner.safety.ledger import Ledger, Page
from planner.safety.moment import Moment
from planner.safety.world import World
from planner.units.span import Minute, Span


class Record:
    """All moments of a span, in order and without gaps, with the steps that led from one to the next.

    ``stem`` is the record from which this one branches off, ``origin`` the moment before its first; ``whole`` is the
    one of which this one is the beginning. ``answers`` are those given so far, by the name of what was asked.
    """

    world: World
    ledger: Ledger
    moments: tuple[Moment, ...]
    _root: Page

    def __init__(
        self, inventory: Inventory, steps: Iterable[Step], span: Span, stem: "Record | None", origin: Moment | None
    ) -> None:
        self.inventory = inventory
        self.steps = tuple(sorted(steps, key=lambda step: (step.start, step.end, step.id)))
        self.span = span
        self.stem = stem
        self.origin = origin
        self.whole: Record | None = None
        self.answers: dict[str, list[Any]] = {}

    def at(self, minute: Minute) -> Moment:
        """The moment that holds at an instant, after the ends and starts of that instant."""
        return self.moments[max(bisect_right(self._minutes, minute) - 1, 0)]

    def between(self, span: Span) -> Iterator[Moment]:
        """The moments that overlap a span, in order."""
        first = max(bisect_right(self._minutes, span.start) - 1, 0)
        for number in range(first, len(self.moments)):
            if self.moments[number].minute >= span.end:
                return
            yield self.moments[number]

    def begin(self) -> Ledger:
        """The ledger, open before the first moment."""
        return self.ledger.opened_at(self._root)

    def end(self) -> Ledger:
        """The ledger, open at the last moment."""
        return self.ledger.opened_at(self.moments[-1].page)

    @cached_property
    def of_subject(self) -> Mapping[str, Sequence[Step]]:
        """The steps of each subject, in the order of ``steps``."""
        found: dict[str, list[Step]] = {}
        for step in self.steps:
            for id in dict.fromkeys(step.assets):
                found.setdefault(id, []).append(step)
        return found

    def release(self) -> None:
        """Let go of all that has been found out: memory is free at once, though moments and strips hold one another.

        Nothing may be asked of this record afterwards, nor of others that were judged together with it, such as the
        plan's own of which it is the beginning.
        """
        for moment in self.moments:
            moment.strip.release()
        self.answers.clear()

    @cached_property
    def _minutes(self) -> Sequence[Minute]:
        """When each moment begins."""
        return [moment.minute for moment in self.moments]
