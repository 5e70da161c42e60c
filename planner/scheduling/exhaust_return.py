"""Every way of turning back from a state of a small problem, grain by grain (S13)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from planner.model.asset import Work
from planner.model.chain import StepKind
from planner.plan.step import RollbackStep
from planner.scheduling.exhaust_crew import Pool, crews, demands_of, pools
from planner.scheduling.exhaust_state import REST, Node, Spot, Worlds, is_home
from planner.scheduling.exhaust_units import AGAIN, Unit
from planner.scheduling.turning_back import Return
from planner.units.span import Minute

K = StepKind
HOMEWARD = {K.UNMOUNT: K.MOUNT, K.CARRY: K.CARRY, K.MOUNT: K.UNMOUNT}
Started = tuple[tuple[int, int, int], ...]
"""(unit, number of its step, grain) of what has begun so far, in order."""


@dataclass(frozen=True, slots=True)
class Undo:
    """What one unit does on the way back; its spots: ``waiting`` before each step and after all, ``busy`` in each."""

    steps: tuple[RollbackStep, ...]
    works: tuple[Work, ...]
    grains: tuple[int, ...]
    waiting: tuple[Spot, ...]
    busy: tuple[Spot, ...]

    @property
    def arrives(self) -> bool:
        """Whether it is up again in the end."""
        return self.waiting[-1].leans


class At(NamedTuple):
    """Where a unit is on the way back: ``left`` grains of a step, 0 before it begins."""

    step: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is on duty in a window: how many per team and skill, and who by team."""

    capacity: Mapping[Pool, int]
    people: Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class WaysBack:
    """Answers are remembered by who has done what since the anchor, and the grains that are left."""

    worlds: Worlds
    duty: Duty
    _known: dict[tuple[object, ...], tuple[Return, ...]] = field(default_factory=dict)

    def ways(self, node: Node, at: Minute, limit: int) -> tuple[Return, ...]:
        """The ways from the state at the check point ``at`` back to the anchor's that take at most ``limit`` grains."""
        rows = tuple((row.chain, row.task, row.left > 0) for row in node.rows)
        key = (node.moved, node.anchor, rows, limit)
        if key not in self._known:
            self._known[key] = tuple(self._found(node, at, limit))
        return self._known[key]

    def _found(self, node: Node, at: Minute, limit: int) -> list[Return]:
        found: list[Return] = []
        options = [tuple(self._options(node, n, at)) for n in range(len(node.rows))]
        for undos in product(*options):
            for way in _Search(self.worlds, self.duty, undos, at).run(limit):
                if not any(other.no_worse(way) for other in found):
                    found = [other for other in found if not way.no_worse(other)] + [way]
        return found

    def _options(self, node: Node, n: int, at: Minute) -> Iterator[Undo]:
        """One unit goes home, starts again, or stays up; what may fall meanwhile may stop and start too."""
        row, unit = node.rows[n], self.worlds.problem.units[n]
        if not is_home(node, n):
            yield self._undo(node, n, self._home(unit, node, n))
        elif row.chain == AGAIN:
            done = frozenset(task.kind for task in unit.again[: row.task])
            yield self._undo(node, n, [k for k in _again(unit) if k is not K.STOP and k not in done])
            if K.START in done or (row.left and unit.again[row.task].kind is not K.STOP):
                yield self._undo(node, n, _again(unit))
        else:
            yield self._undo(node, n, [])
            if unit.again and unit.subject in self._falling(node, at):
                yield self._undo(node, n, _again(unit))

    def _home(self, unit: Unit, node: Node, n: int) -> list[StepKind]:
        """The chain of a move backwards (contract, "Rollback")."""
        row = node.rows[n]
        begun = unit.move if row == REST else unit.move[: row.task + (row.left > 0)]
        kinds = [HOMEWARD[task.kind] for task in reversed(begun) if task.kind in HOMEWARD]
        started = row == REST or any(task.kind in (K.START, K.CHECK) for task in begun)
        before = [K.STOP] if kinds and started else []
        return [*before, *kinds, K.START, K.CHECK]

    def _undo(self, node: Node, n: int, kinds: list[StepKind]) -> Undo:
        """The steps of these kinds that take time, and the spots that they lead through."""
        worlds, unit = self.worlds, self.worlds.problem.units[n]
        facts = worlds.problem.construction.inventory.subject(unit.subject)
        works = [(kind, facts.rollback.get(kind, facts.works.get(kind))) for kind in kinds]
        timed = [(kind, work) for kind, work in works if work and work.duration.likely]
        home = worlds.base.position(unit.subject) if unit.move else None
        to = {unit.subject: home} if home else {}
        steps = tuple(
            RollbackStep(kind, (unit.subject,), 0, work.duration.likely, to=to if kind in (K.CARRY, K.MOUNT) else {})
            for kind, work in timed
        )
        here = worlds.spots(node)[n]
        world = worlds.base.copy()
        worlds.put(world, n, here)
        waiting, busy = [here], []
        for number, step in enumerate(steps, 1):
            worlds.effects.begin(world, step)
            busy.append(worlds.read(world, n, steps, number - 1, busy=True))
            worlds.effects.end(world, step)
            waiting.append(worlds.read(world, n, steps, number, busy=False))
        # What is broken off stays as it is until its way back begins: it leans on what it leant on.
        waiting[0] = here._replace(doing=None)
        grains = tuple(step.minutes // worlds.problem.grain for step in steps)
        return Undo(steps, tuple(work for _, work in timed), grains, tuple(waiting), tuple(busy))

    def _falling(self, node: Node, at: Minute) -> frozenset[str]:
        """Who could fall while everything goes back that has to."""
        units = self.worlds.problem.units
        away = [u.subject for n, u in enumerate(units) if n in node.moved - node.anchor or node.rows[n].chain]
        truth = self.worlds.problem.construction.transitions.truth
        return frozenset(truth.stop_closure(self.worlds.anchor(node.anchor), away, at)) if away else frozenset()


def _again(unit: Unit) -> list[StepKind]:
    return [task.kind for task in unit.again]


@dataclass(slots=True)
class _Search:
    """All schedules of one choice of undoings, as early as they get there."""

    worlds: Worlds
    duty: Duty
    undos: tuple[Undo, ...]
    at: Minute

    def run(self, limit: int) -> Iterator[Return]:
        """Grain by grain; states that are reached with the same systems out are one."""
        if not all(undo.arrives for undo in self.undos):
            return
        start = tuple(At() for _ in self.undos)
        layer: dict[tuple[tuple[At, ...], tuple[tuple[str, int], ...]], Started] = {(start, ()): ()}
        for now in range(limit + 1):
            following: dict[tuple[tuple[At, ...], tuple[tuple[str, int], ...]], Started] = {}
            for (state, out), begun in layer.items():
                if all(at.step == len(undo.steps) for at, undo in zip(state, self.undos, strict=True)):
                    way = self._named(now, out, begun)
                    if way is not None:
                        yield way
                    continue
                for during in self._beginnings(state, limit - now):
                    truths = self.worlds.truths(self._spots(during), self.at)
                    if not truths.allowed:
                        continue
                    longer = tuple(sorted({**dict.fromkeys(truths.out, now), **dict(out)}.items()))
                    more = tuple(
                        (n, a.step, now) for n, (was, a) in enumerate(zip(state, during, strict=True)) if a != was
                    )
                    following.setdefault((tuple(_later(a) for a in during), longer), (*begun, *more))
            layer = following

    def _beginnings(self, state: tuple[At, ...], limit: int) -> Iterator[tuple[At, ...]]:
        choices = [self._choices(at, undo, limit) for at, undo in zip(state, self.undos, strict=True)]
        for during in product(*choices):
            busy: dict[Pool, int] = {}
            for at, undo in zip(during, self.undos, strict=True):
                for pool, count in pools(demands_of(undo.works[at.step])).items() if at.left else ():
                    busy[pool] = busy.get(pool, 0) + count
            if all(count <= self.duty.capacity.get(pool, 0) for pool, count in busy.items()):
                yield during

    def _choices(self, at: At, undo: Undo, limit: int) -> list[At]:
        """Go on, begin or wait, as far as the rest of the chain still ends in time."""
        if at.step == len(undo.steps):
            return [at]
        rest = sum(undo.grains[at.step + 1 :])
        if at.left:
            return [at] if at.left + rest <= limit else []
        whole = undo.grains[at.step]
        begin = [At(at.step, whole)] if whole + rest <= limit else []
        return [at, *begin] if whole + rest < limit else begin

    def _spots(self, state: tuple[At, ...]) -> tuple[Spot, ...]:
        return tuple(
            undo.busy[at.step] if at.left else undo.waiting[at.step] for at, undo in zip(state, self.undos, strict=True)
        )

    def _named(self, now: int, out: tuple[tuple[str, int], ...], begun: Started) -> Return | None:
        """The way with its people; None if skills are missing after all."""
        size = self.worlds.problem.grain
        rows = [(self.undos[n], number, at * size) for n, number, at in begun]
        timed = [(undo.steps[number], undo.works[number], offset) for undo, number, offset in rows]
        steps = crews(self.worlds.problem.construction.inventory, self.duty.people, timed)
        return None if steps is None else Return(now * size, {id: since * size for id, since in out}, steps)


def _later(at: At) -> At:
    return At(at.step + 1) if at.left == 1 else At(at.step, max(0, at.left - 1))
