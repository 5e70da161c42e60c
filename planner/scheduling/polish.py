"""Gives the turns of a draft their final times, by CP-SAT inside the span of the list schedule, and their people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from planner.calendar import hours
from planner.model.chain import StepKind
from planner.model.inventory import Inventory
from planner.model.system import System
from planner.plan.step import Step
from planner.scheduling.construct import Construction
from planner.scheduling.draft import DraftTurn
from planner.scheduling.duty import Roster
from planner.scheduling.freshness import at_home
from planner.scheduling.retained import book_again
from planner.scheduling.task import Task
from planner.scheduling.turn_model import Hull, TurnProblem, solve
from planner.scheduling.turning_back import Return
from planner.units.span import Minute, Span, Spans

K = StepKind
ASLEEP = (K.STOP, K.UNMOUNT, K.CARRY, K.SWITCH_OVER, K.RENUMBER, K.START)
AWAKE = (K.ACCEPT, K.CHECK, K.SWITCH_OVER, K.START, K.MOUNT, K.CARRY)

IDLE = 20
"""Where nobody is out for a turn it may only end earlier: that is looked for with this part of the effort."""


@dataclass(frozen=True, slots=True)
class TimedTurn:
    """A turn with final times and people; steps carry the task keys as ids until the plan numbers them.

    ``returns`` are the ways back by check point, where they are known already.
    """

    draft: DraftTurn
    steps: tuple[Step, ...]
    optimal: bool
    effort: float
    returns: Mapping[Minute, Return] = field(default_factory=dict)

    @property
    def start(self) -> Minute:
        return min(step.start for step in self.steps)

    @property
    def end(self) -> Minute:
        return max(step.end for step in self.steps)


@dataclass(slots=True)
class Polish:
    """``effort`` is in deterministic units of the solver per turn."""

    construction: Construction
    roster: Roster
    effort: float
    seed: int

    def turn(self, draft: DraftTurn, earliest: Minute) -> TimedTurn | None:
        """Final times and people, None if nobody can be named for a step."""
        kept = self._as_given(draft)
        if kept is not None:
            return kept
        spare = at_home(self.construction.inventory, draft.block)
        capacity = self.roster.capacity(draft.block, spare)
        problem = self._problem(draft, capacity, earliest)
        timing = solve(problem, self.effort if problem.hulls else self.effort / IDLE, self.seed)
        for starts in ([dict(timing.starts)] if timing else []) + [draft.starts]:
            saved = self.roster.copy()
            given = self.roster.assign(draft.tasks, starts, draft.block, spare)
            if given is not None:
                steps = tuple(steps_of(self.construction.inventory, draft.tasks, starts, given))
                same = timing is not None and starts == dict(timing.starts)
                return TimedTurn(
                    draft, steps, bool(timing and timing.optimal and same), timing.effort if timing else 0.0
                )
            self.roster.restore(saved)
        return None

    def _as_given(self, draft: DraftTurn) -> TimedTurn | None:
        """The turn at the times and with the people that it had in another plan, None if somebody lacks."""
        if draft.given is None:
            return None
        given = book_again(self.roster, draft.tasks, draft.starts, draft.given, draft.block)
        if given is None:
            return None
        steps = tuple(steps_of(self.construction.inventory, draft.tasks, draft.starts, given))
        return TimedTurn(draft, steps, optimal=False, effort=0.0)

    def _problem(self, draft: DraftTurn, capacity: dict[tuple[str, str | None], int], earliest: Minute) -> TurnProblem:
        start = max(earliest, min(draft.start, earliest))
        span = next(s for s in draft.room_to_move if s.start <= draft.start and draft.end <= s.end)
        block = Span(max(start, span.start), draft.end)
        checks = frozenset(t.key for t in draft.tasks if t.kind is StepKind.CHECK)
        return TurnProblem(
            tasks=draft.tasks,
            block=block,
            window_end=min(draft.block.end, span.end),
            capacity=capacity,
            hulls=tuple(hulls(self.construction.inventory, draft)),
            allowed=Spans((span,)),
            back=draft.back,
            checks=checks,
            hint=draft.starts,
        )


def hulls(inventory: Inventory, draft: DraftTurn) -> Iterator[Hull]:
    """One hull per affected system: its own stop to its acceptance, or the whole turn for who is only cut off."""
    weights = inventory.policy.weights
    for id in sorted(draft.outcome.affected):
        system = inventory.systems[id]
        begins, ends = _own(system, draft.tasks) or _whole(draft.tasks)
        weight = weights.criticality[system.criticality] * weights.outage_minute
        yield Hull(id, begins, ends, weight, draft.bounded.get(id))


def _own(system: System, tasks: tuple[Task, ...]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    own = [task for task in tasks if system.id in task.assets]
    stop = [t.key for t in own if t.kind is StepKind.STOP]
    back = [t.key for t in own if t.kind in (StepKind.START, StepKind.ACCEPT)]
    return (tuple(stop), tuple(back)) if stop and back else None


def _whole(tasks: tuple[Task, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    begins = tuple(t.key for t in tasks if t.kind in ASLEEP)
    return begins or tuple(t.key for t in tasks), tuple(t.key for t in tasks if t.kind in AWAKE)


def steps_of(
    inventory: Inventory,
    tasks: tuple[Task, ...],
    starts: Mapping[str, Minute],
    given: Mapping[str, tuple[tuple[str, ...], str | None]],
) -> Iterator[Step]:
    """The steps of timed tasks with the people that are given for each, by start."""
    for task in sorted(tasks, key=lambda t: (starts[t.key], t.key)):
        people, witness = given[task.key]
        at = starts[task.key]
        yield Step(
            task.key,
            task.kind,
            task.assets,
            at,
            at + task.minutes,
            people,
            witness,
            task.to,
            task.hosts,
            task.holder,
            task.kind is StepKind.ACCEPT
            and not all(testable(inventory, id).covers(Span(at, at + task.minutes)) for id in task.assets),
        )


def testable(inventory: Inventory, system: str) -> Spans:
    """When the outside service is there that the acceptance of a system needs."""
    named, horizon = inventory.systems[system].accept_hours, inventory.project.horizon
    return hours(inventory.timetable, inventory.clock, named, horizon)
