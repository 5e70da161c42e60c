"""What holds in the course of a replay, looked up at one instant after the other."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Generic, TypeVar

from planner.units.span import Minute, Span

T = TypeVar("T")


class Course(Generic[T]):
    """The answers about each subject, turned to the instant that is asked for: what lies between costs, no more."""

    def __init__(self, answers: Iterable[tuple[str, Span, T]]) -> None:
        turns = [
            turn for id, span, answer in answers for turn in ((span.end, 0, id, answer), (span.start, 1, id, answer))
        ]
        self._turns = sorted(turns, key=itemgetter(0, 1))
        self._minutes = [turn[0] for turn in self._turns]
        self._done = 0
        self._now: dict[str, T] = {}

    def at(self, minute: Minute) -> Mapping[str, T]:
        """The answers at an instant, by subject; true until the next instant is asked for."""
        goal, now = bisect_right(self._minutes, minute), self._now
        for _, begins, id, answer in self._turns[self._done : goal]:
            if begins:
                now[id] = answer
            else:
                del now[id]
        for _, begins, id, answer in self._turns[goal : self._done][::-1]:
            if begins:
                del now[id]
            else:
                now[id] = answer
        self._done = goal
        return now
