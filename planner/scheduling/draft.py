"""What filling windows comes to: turns with the schedules that prove that they fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from planner.calendar import Window
from planner.model.chain import StepKind
from planner.scheduling.task import Task
from planner.scheduling.transition import Outcome
from planner.units.span import Minute, Span, Spans


@dataclass(frozen=True, slots=True)
class DraftTurn:
    """One turn with the list schedule that proves that it fits.

    ``subjects`` are those of each job, ``room_to_move`` are the spans in which all of its steps may lie; ``back`` is
    margin + R of a complete rollback. ``given`` are the people and the witness of each task, by its key, where these
    and the starts are those of another plan; None: both are still to be found. ``bounded`` are by service that is open
    all the time the minutes from its stop until turning back has to be over, because of its budget.
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
    given: Mapping[str, tuple[tuple[str, ...], str | None]] | None = None
    bounded: Mapping[str, int] = field(default_factory=dict)

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


def with_return(tasks: Sequence[Task], starts: Mapping[str, Minute], length: int, back: int) -> int:
    """The minutes from the start of the turn to its end, or to that of turning back at its last check."""
    return max(length, max(_checks(tasks, starts), default=0) + back)


def can_turn_back(tasks: Sequence[Task], starts: Mapping[str, Minute], span: Span, back: int) -> bool:
    """Whether turning back at the last check ends in the span."""
    checks = _checks(tasks, starts)
    return not checks or max(checks) + back <= span.end


def _checks(tasks: Sequence[Task], starts: Mapping[str, Minute]) -> list[Minute]:
    """When the checks of the turn end."""
    return [starts[task.key] + task.minutes for task in tasks if task.kind is StepKind.CHECK]
