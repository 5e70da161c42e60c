"""The state of a small problem between two grains: what is done, who is in which task, and the world of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from planner.model.chain import StepKind
from planner.model.need import NeedKind
from planner.plan.step import RollbackStep, Step
from planner.scheduling.closure import HardTrees
from planner.scheduling.effects import Effects
from planner.scheduling.evaluation import Evaluation
from planner.scheduling.exhaust_units import MOVE, SmallProblem, Unit
from planner.scheduling.judge import AVAILABILITY
from planner.scheduling.numbering import NOWHERE
from planner.scheduling.task import Task
from planner.scheduling.world import AssetState, SystemState, World
from planner.units.span import Minute

K = StepKind
STARTING = frozenset({NeedKind.START})
TESTED = AVAILABILITY | STARTING
RUNNING = frozenset({K.STOP, K.START, K.CHECK, K.ACCEPT})
"""Kinds during which a subject still or again leans on what it hard-needs."""


class Row(NamedTuple):
    """Where a unit is: ``task`` of ``chain`` (0: at rest), ``left`` grains of it; 0 before it begins.

    ``asked``: its hard needs failed since it was stopped, so that the restart has a reason.
    """

    chain: int = 0
    task: int = 0
    left: int = 0
    asked: bool = False


REST = Row()


class Node(NamedTuple):
    """``moved`` are the units that have changed, ``anchor`` those that had when the last turn ended.

    ``used``: the window has a step; ``cut``: this turn has disconnected something; ``day`` of the last end; ``peak``
    is the most needs on a bridge so far.
    """

    moved: frozenset[int]
    anchor: frozenset[int]
    rows: tuple[Row, ...]
    used: bool = False
    cut: bool = False
    day: int = 0
    peak: int = 0

    @property
    def still(self) -> bool:
        return all(row is REST or row == REST for row in self.rows)


class Progress(NamedTuple):
    """What is being done to a unit, whether it rests, and if not whether it leans on what it hard-needs."""

    doing: StepKind | None
    rests: bool
    leans: bool

    @classmethod
    def of(cls, chain: Sequence[Task] | Sequence[RollbackStep], number: int, *, busy: bool) -> "Progress":
        """In step ``number`` of its chain, or before it; at rest after the last."""
        if busy:
            return cls(chain[number].kind, rests=False, leans=chain[number].kind in RUNNING)
        if number == len(chain):
            return cls(None, rests=True, leans=True)
        return cls(None, rests=False, leans=chain[number - 1].kind is K.START)


class _States(HardTrees):
    """Hard trees by states alone, without regard to the ways there (S03)."""

    def _leaf(self, x: int, place: int, subject: int, *, local: bool) -> bool:
        judge = self.judge
        if x >= judge.assets:
            return self._present(x)
        p = judge.role[x]
        if p == NOWHERE or not self._present(p) or (subject, x) in judge.world.stale:
            return False
        return not local or place == NOWHERE or judge.room[place] == judge.room[p]


@dataclass(frozen=True, slots=True)
class Truths:
    """What holds in one grain: who is out, who misses what it hard-needs, how many needs cross a bridge.

    ``lasting``: no system is out, and every asset that held at the start holds. ``allowed``: nobody runs on what is
    gone (S03), is started or tested in vain (S20), lacks redundancy (S04), and the links bear their load (S07).
    """

    out: frozenset[str]
    lasting: bool
    fallen: frozenset[int]
    allowed: bool
    crossings: int


@dataclass(slots=True)
class Worlds:
    """The world of each state, made from that of the anchor by the effects of the steps, and what is true of it.

    ``base`` is the world before the first window; what is out then is no outage of the plan.
    """

    problem: SmallProblem
    base: World
    effects: Effects = field(init=False)
    bridges: frozenset[str] = field(init=False)
    _held: tuple[str, ...] = field(init=False)
    _out: frozenset[str] = field(init=False)
    _starting: frozenset[str] = field(init=False)
    _anchors: dict[frozenset[int], World] = field(init=False, default_factory=dict)
    _worlds: dict[tuple[object, ...], World] = field(init=False, default_factory=dict)
    _truths: dict[tuple[object, ...], Truths] = field(init=False, default_factory=dict)
    _steps: dict[tuple[str, int, int], Step] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        inventory = self.problem.construction.inventory
        self.effects = Effects(inventory)
        self.bridges = frozenset(link.id for link in inventory.links.values() if link.bridge)
        self._anchors[frozenset()] = self.base
        start = self.problem.construction.transitions.truth.evaluate(self.base, inventory.project.horizon.start)
        self._held = tuple(asset for asset in inventory.assets if start.holds(asset))
        self._out = start.unavailable
        needs = {unit.subject: inventory.subject(unit.subject).needs for unit in self.problem.units}
        self._starting = frozenset(id for id, own in needs.items() if any(n.kind in STARTING for n in own))

    def anchor(self, moved: frozenset[int]) -> World:
        """The world after these units have changed, everything else being as it was."""
        if moved not in self._anchors:
            world = self.base.copy()
            for n in sorted(moved):
                self._pass(world, n, MOVE, len(self.problem.units[n].move), begun=False)
            self._anchors[moved] = world
        return self._anchors[moved]

    def of(self, node: Node) -> World:
        """The world in this state; what is under way has begun."""
        key = (node.moved, tuple((row.chain, row.task, row.left > 0) for row in node.rows))
        if key not in self._worlds:
            world = self.anchor(node.moved).copy()
            for n, row in enumerate(node.rows):
                if row.chain:
                    self._pass(world, n, row.chain, row.task, begun=row.left > 0)
            self._worlds[key] = world
        return self._worlds[key]

    def _pass(self, world: World, n: int, chain: int, count: int, *, begun: bool) -> None:
        unit = self.problem.units[n]
        kinds = tuple(task.kind for task in unit.chain(chain))
        for number in range(count + begun):
            step = self.step(unit, chain, number)
            self.effects.begin(world, step)
            if number < count:
                self.effects.end(world, step, {(step.id, unit.subject): kinds[number + 1 :]})

    def step(self, unit: Unit, chain: int, number: int) -> Step:
        """The step of a task, at no time in particular."""
        key = (unit.subject, chain, number)
        if key not in self._steps:
            task: Task = unit.chain(chain)[number]
            self._steps[key] = Step(task.key, task.kind, (unit.subject,), 0, task.minutes, to=task.to)
        return self._steps[key]

    def truths(self, node: Node, at: Minute) -> Truths:
        """What is true while this state lasts."""
        key = (node.moved, tuple((row.chain, row.task, row.left > 0) for row in node.rows))
        if key not in self._truths:
            self._truths[key] = self.judge(self.of(node), list(self._progress(node.rows)), at)
        return self._truths[key]

    def _progress(self, rows: Sequence[Row]) -> Iterator[Progress]:
        for unit, row in zip(self.problem.units, rows, strict=True):
            if row.chain:
                yield Progress.of(unit.chain(row.chain), row.task, busy=row.left > 0)
            else:
                yield Progress(None, rests=True, leans=True)

    def judge(self, world: World, progress: Sequence[Progress], at: Minute) -> Truths:
        """What is true of ``world`` while each unit is where its ``progress`` says."""
        transitions = self.problem.construction.transitions
        evaluation = transitions.truth.evaluate(world, at)
        hard = _States(evaluation.judge, set())
        numbers = evaluation.judge.truth.numbering.subject
        fallen = frozenset(n for n, unit in enumerate(self.problem.units) if not hard.holds(numbers[unit.subject]))
        out = evaluation.unavailable - self._out
        allowed = (
            not any(self._leans(evaluation, n, progress[n]) for n in fallen)
            and all(self._ready(evaluation, n, own.doing) for n, own in enumerate(progress))
            and transitions.bears(evaluation, out)
        )
        lasting = not out and all(evaluation.holds(asset) for asset in self._held)
        return Truths(out, lasting, fallen, allowed, self._crossings(evaluation))

    def _leans(self, evaluation: Evaluation, n: int, progress: Progress) -> bool:
        """Whether a unit is up, stopping or starting."""
        subject, world = self.problem.units[n].subject, evaluation.judge.world
        if not progress.rests:
            return progress.leans
        if subject in self.problem.construction.inventory.systems:
            return world.system_state(subject) is SystemState.ACCEPTED
        return world.state_of(subject) is AssetState.UP

    def _ready(self, evaluation: Evaluation, n: int, doing: StepKind | None) -> bool:
        """S20: start needs through starts, all needs through checks and acceptances."""
        subject = self.problem.units[n].subject
        if doing in (K.CHECK, K.ACCEPT):
            return evaluation.ready(subject, TESTED)
        return doing is not K.START or subject not in self._starting or evaluation.ready(subject, STARTING)

    def _crossings(self, evaluation: Evaluation) -> int:
        if not self.bridges:
            return 0
        return sum(c.counts and not self.bridges.isdisjoint(c.links) for c in evaluation.crossings)
