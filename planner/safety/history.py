"""Which conditions and places a subject has had in the course of a replay."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from planner.model.place import Position
from planner.safety.change import Become, LeaveRack, Relocate, Stand, Timed
from planner.safety.condition import Condition, State
from planner.units.span import Minute

T = TypeVar("T")
Instant = tuple[Minute, int]
"""A minute and a phase: 0 is after its ends, 1 after its starts."""
BEFORE: Instant = (-(10**12), 0)
"""Earlier than anything that a plan can say."""
Marks = Mapping[str, list[tuple[Instant, T]]]
"""For each subject every value that it has, with the instant and phase from which it holds."""
KINDS = (Become, Stand, LeaveRack, Relocate)


class History:
    """The conditions and places of all subjects that change either."""

    def __init__(self, begin: State, timed: Sequence[Timed]) -> None:
        ids = dict.fromkeys(each.change.id for each in timed if isinstance(each.change, KINDS))
        condition = {id: begin.condition[id] for id in ids if id in begin.condition}
        self._begin = State(condition, {id: begin.place[id] for id in ids if id in begin.place})
        self._timed = timed

    @cached_property
    def conditions(self) -> Marks[Condition]:
        """Every condition of every subject that changes."""
        return self._marks(lambda state: state.condition, (Become,))

    @cached_property
    def places(self) -> Marks[Position | None]:
        """The same of places."""
        return self._marks(lambda state: state.place, (Stand, LeaveRack, Relocate))

    def _marks(
        self, table: Callable[[State], dict[str, T]], kinds: tuple[type[Become | Stand | LeaveRack | Relocate], ...]
    ) -> Marks[T]:
        begin, state = table(self._begin), State()
        now = table(state)
        found: dict[str, list[tuple[Instant, T]]] = {}
        for timed in self._timed:
            change = timed.change
            if isinstance(change, kinds) and change.id in begin:
                if change.id not in found:
                    now[change.id] = begin[change.id]
                    found[change.id] = [(BEFORE, begin[change.id])]
                change.apply(state)
                found[change.id].append(((timed.minute, timed.phase), now[change.id]))
        return found


def before(marks: Sequence[tuple[Instant, T]], minute: Minute) -> T:
    """The value after the ends and before the starts of an instant."""
    return marks[bisect_right(marks, (minute, 0), key=lambda mark: mark[0]) - 1][1]
