"""The state of a small problem between two grains: what is done, who is in which task, and what is true of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from planner.model.chain import StepKind
from planner.model.need import NeedKind
from planner.plan.step import RollbackStep, Step
from planner.scheduling.closure import HardTrees
from planner.scheduling.effects import Effects
from planner.scheduling.evaluation import Evaluation
from planner.scheduling.exhaust_units import MOVE, SmallProblem, Unit
from planner.scheduling.ground import AVAILABILITY
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
        return all(row == REST for row in self.rows)


class Spot(NamedTuple):
    """What one unit is at one instant: its part of the world, what is being done to it, and on what it leans.

    ``rests``: nothing is under way or to follow. ``leans``: it is stopping, or started, so that its hard needs count.
    """

    state: int
    room: int
    rack: int
    unit: int
    doing: StepKind | None
    rests: bool
    leans: bool


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
    """What is true of every state. A unit's steps change nothing but its own spot, so a world is put together of spots.

    ``base`` is the world before the first window; what is out then is no outage of the plan.
    """

    problem: SmallProblem
    base: World
    effects: Effects = field(init=False)
    bridges: frozenset[str] = field(init=False)
    _numbers: list[int] = field(init=False)
    _held: tuple[str, ...] = field(init=False)
    _out: frozenset[str] = field(init=False)
    _starting: frozenset[str] = field(init=False)
    _spots: dict[tuple[int, bool, int, int, bool], Spot] = field(init=False, default_factory=dict)
    _truths: dict[tuple[Spot, ...], Truths] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        inventory = self.problem.construction.inventory
        self.effects = Effects(inventory)
        self.bridges = frozenset(link.id for link in inventory.links.values() if link.bridge)
        self._numbers = [self.base.numbering.subject[unit.subject] for unit in self.problem.units]
        start = self.problem.construction.transitions.truth.evaluate(self.base, inventory.project.horizon.start)
        self._held = tuple(asset for asset in inventory.assets if start.holds(asset))
        self._out = start.unavailable
        needs = {unit.subject: inventory.subject(unit.subject).needs for unit in self.problem.units}
        self._starting = frozenset(id for id, own in needs.items() if any(n.kind in STARTING for n in own))

    def spots(self, node: Node) -> tuple[Spot, ...]:
        """Every unit's spot in this state; what is under way has begun."""
        return tuple(self.spot(n, row, moved=n in node.moved) for n, row in enumerate(node.rows))

    def anchor(self, moved: frozenset[int]) -> World:
        """The world after these units have changed, everything else being as it was."""
        return self.world(tuple(self.spot(n, REST, moved=n in moved) for n in range(len(self.problem.units))))

    def spot(self, n: int, row: Row, *, moved: bool) -> Spot:
        """The spot of one unit."""
        key = (n, moved, row.chain, row.task, row.left > 0)
        if key not in self._spots:
            world, unit = self.base.copy(), self.problem.units[n]
            if moved:
                self._pass(world, unit, unit.move, len(unit.move), busy=False)
            tasks = unit.chain(row.chain) if row.chain else ()
            self._pass(world, unit, tasks, row.task, busy=row.left > 0)
            self._spots[key] = self.read(world, n, tasks, row.task, busy=row.left > 0)
        return self._spots[key]

    def _pass(self, world: World, unit: Unit, tasks: Sequence[Task], count: int, *, busy: bool) -> None:
        """Let the first ``count`` tasks of a chain happen, and if ``busy`` the next begin."""
        kinds = tuple(task.kind for task in tasks)
        for number in range(count + busy):
            step = step_of(unit, tasks[number])
            self.effects.begin(world, step)
            if number < count:
                self.effects.end(world, step, {(step.id, unit.subject): kinds[number + 1 :]})

    def read(self, world: World, n: int, chain: Sequence[Task | RollbackStep], count: int, *, busy: bool) -> Spot:
        """The spot of a unit in ``world``, in step ``count`` of its chain if ``busy``, else before it."""
        i, rests = self._numbers[n], not busy and count == len(chain)
        doing = chain[count].kind if busy else None
        asset = i < world.numbering.assets
        before = chain[count - 1].kind if count and not rests else None
        if rests:
            leans = world.state[i] == (AssetState.UP if asset else SystemState.ACCEPTED)
        else:
            leans = doing in RUNNING if busy else before is K.START
        place = (world.room[i], world.rack[i], world.unit[i]) if asset else (NOWHERE, NOWHERE, NOWHERE)
        return Spot(world.state[i], *place, doing, rests, leans)

    def world(self, spots: tuple[Spot, ...]) -> World:
        """The world in which every unit has its spot."""
        world = self.base.copy()
        for n, spot in enumerate(spots):
            self.put(world, n, spot)
        return world

    def put(self, world: World, n: int, spot: Spot) -> None:
        """Give one unit its spot in ``world``."""
        i = self._numbers[n]
        world.state[i] = spot.state
        if i < world.numbering.assets:
            world.room[i], world.rack[i], world.unit[i] = spot.room, spot.rack, spot.unit

    def truths(self, spots: tuple[Spot, ...], at: Minute) -> Truths:
        """What is true while the units have these spots."""
        if spots not in self._truths:
            self._truths[spots] = self._judge(spots, at)
        return self._truths[spots]

    def _judge(self, spots: tuple[Spot, ...], at: Minute) -> Truths:
        transitions = self.problem.construction.transitions
        evaluation = transitions.truth.evaluate(self.world(spots), at)
        hard = _States(evaluation.judge, set())
        fallen = frozenset(n for n, i in enumerate(self._numbers) if not hard.holds(i))
        out = evaluation.unavailable - self._out
        allowed = (
            not any(spots[n].leans for n in fallen)
            and all(self._ready(evaluation, n, spot.doing) for n, spot in enumerate(spots))
            and transitions.bears(evaluation, out)
        )
        lasting = not out and all(evaluation.holds(asset) for asset in self._held)
        return Truths(out, lasting, fallen, allowed, self._crossings(evaluation))

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


def step_of(unit: Unit, task: Task) -> Step:
    """The step of a task, at no time in particular."""
    return Step(task.key, task.kind, (unit.subject,), 0, task.minutes, to=task.to)


def is_home(node: Node, n: int) -> bool:
    """Whether a unit has not changed since the anchor."""
    return n not in node.moved - node.anchor and node.rows[n].chain != MOVE
