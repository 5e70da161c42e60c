"""What filling windows comes to: turns with the schedules that prove that they fit."""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.calendar import Window
from planner.scheduling.task import Task
from planner.scheduling.transition import Outcome
from planner.units.span import Minute, Span, Spans


@dataclass(frozen=True, slots=True)
class DraftTurn:
    """One turn with the list schedule that proves that it fits.

    ``subjects`` are those of each job, ``room_to_move`` are the spans in which all of its steps may lie; ``back`` is
    margin + R of a complete rollback.
    """

    window: Window
    block: Span
    jobs: tuple[str, ...]
    subjects: Mapping[str, tuple[str, ...]]
    outcome: Outcome
    tasks: tuple[Task, ...]
    starts: dict[str, Minute]
    room_to_move: Spans
    back: int

    @property
    def start(self) -> Minute:
        return min(self.starts.values())

    @property
    def end(self) -> Minute:
        return max(self.starts[task.key] + task.minutes for task in self.tasks)


@dataclass(frozen=True, slots=True)
class Draft:
    """Turns in time order and what is left undone; ``cost`` as (jobs undone, objective in hundredths)."""

    turns: tuple[DraftTurn, ...]
    undone: frozenset[str]
    cost: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Progress:
    """What the first windows of a draft came to: turns, jobs done, minutes of budgets spent."""

    turns: tuple[DraftTurn, ...]
    done: frozenset[str]
    spent: dict[str, int]
