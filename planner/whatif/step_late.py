"""Every step that ends late.

What is assumed of the crew: that a step is late shows when it should have ended, and how much is known then. If what
waits for it (`planner.whatif.waiting`) keeps every rollback deadline ahead, ends in the window and lets no system be
out for longer than it may be (S02), they carry on, also where that costs a little more service than planned. Otherwise
they turn back when they reach the next check point, if that is before the deadline of the rollback which undoes what
is begun by then (`planner.whatif.late_return`), and carry on, late, if it is not. Where preparation is so late that a
wave would suffer, the wave is put off.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from planner.plan.contingency import Case, Cover, CoverKind, Failure, Loss, Obstacle, Reaction
from planner.plan.step import Step
from planner.plan.wave import CheckPoint, Wave
from planner.safety.replay import Replay
from planner.units.span import Minute, Span
from planner.whatif.broken import Broken
from planner.whatif.course import Course, in_time
from planner.whatif.covers import fallbacks
from planner.whatif.late_return import LateReturn
from planner.whatif.reckoning import Reckoning
from planner.whatif.retimed import Retimed
from planner.whatif.waiting import Later, Waiting


@dataclass(frozen=True, slots=True)
class Delay:
    """What a delay comes to: the steps that change, where each check point comes then, what is missed and lost.

    ``beyond`` are the systems that are out for longer than they may be.
    """

    changed: Later
    points: tuple[CheckPoint, ...]
    missed: tuple[str, ...]
    losses: tuple[Loss, ...]
    beyond: tuple[str, ...]

    @property
    def harmful(self) -> bool:
        """Whether it breaks a limit: a rollback deadline, the window, or how long a system may be out."""
        return bool(self.missed or self.beyond)


class Delayer:
    """Delays the steps of a plan, one at a time."""

    def __init__(self, course: Course, waiting: Waiting, reckoning: Reckoning) -> None:
        self._course = course
        self._context = course.context
        self._waiting = waiting
        self._retimed = Retimed(course.context)
        self._reckoning = reckoning
        self._return = LateReturn(course, reckoning)

    def case(self, step: Step, minutes: int) -> Case:
        """What comes of it if a step ends so many minutes late."""
        wave = self._course.wave_of.get(step.id)
        delay = self.delay(self._waiting.shifted({step.id: minutes}), step.end)
        reached = _next(wave, delay, step)
        point = None if wave is None or reached is None else self._return.way(wave, reached, delay.changed)
        possible = None if reached is None else point is not None and in_time(point, point.planned)
        reaction, losses = Reaction.CARRY_ON, delay.losses
        if delay.harmful and possible and point is not None:
            reaction, losses = Reaction.TURN_BACK, self._return.losses(point, delay.changed, step.end)
        elif delay.harmful and wave is None:
            reaction, losses = Reaction.NOT_BEGUN, ()
        unnoticed = not losses and reaction is Reaction.CARRY_ON and not delay.harmful
        return Case(
            Failure.STEP,
            step.id,
            wave.id if wave else None,
            step.id,
            step.end,
            reaction,
            late=minutes,
            check_point=point.id if point else None,
            deadline=point.deadline if point else None,
            rollback=possible,
            missed=delay.missed,
            beyond=delay.beyond,
            losses=losses,
            covers=(Cover(CoverKind.SLACK),) if unnoticed else tuple(fallbacks(self._context.inventory, losses)),
            obstacle=Obstacle.DELAY if reaction is Reaction.NOT_BEGUN else None,
        )

    def delay(self, changed: Later, since: Minute) -> Delay:
        """What comes of it if these steps change, seen at an instant."""
        points, missed = [], []
        for wave in self._context.plan.waves:
            if not any(step.id in changed for step in wave.steps):
                continue
            for point in wave.check_points:
                moved = _moved(wave, point, changed)
                points.append(moved)
                if not moved.final and moved.deadline is not None and moved.planned > moved.deadline:
                    missed.append(moved.id)
            if max(changed.get(step.id, step).end for step in wave.steps) > wave.window.end:
                missed.append("window")
        replay = self._replayed(changed, since)
        losses = () if replay is None else self._reckoning.losses(Broken(replay), since)
        beyond = () if replay is None else self._reckoning.beyond(replay)
        return Delay(changed, tuple(points), tuple(dict.fromkeys(missed)), losses, beyond)

    def _replayed(self, changed: Later, since: Minute) -> Replay | None:
        """The replay until everything is as planned again; None where it shows that nobody loses anything."""
        last = max((step.end for step in changed.values()), default=since)
        if last <= since or not self._reckoning.is_open(self._affected(changed.values()), Span(since, last)):
            return None
        begin = self._course.begin(min(since, *(self._course.steps[id].start for id in changed)))
        steps = tuple(changed.get(step.id, step) for step in self._course.since(begin, last))
        span = Span(begin, last + 1)
        out = self._retimed.out(steps, span)
        if out is not None and not any(self._reckoning.is_lost(id, when, since) for id, when in out.items()):
            return None
        return Replay(self._context.inventory, self._context.replay.state_at(begin), steps, span)

    def _affected(self, steps: Iterable[Step]) -> set[str]:
        affected, inventory = self._context.replay.world.affected, self._context.inventory
        found: set[str] = set()
        for id in {id for step in steps for id in step.assets}:
            if id in inventory.links:
                return set(inventory.systems)
            found |= affected.of(id) | ({id} & inventory.systems.keys())
        return found


def _moved(wave: Wave, point: CheckPoint, changed: Later) -> CheckPoint:
    """The check point when it is reached: at the end of its steps, or before the first step of what it is about."""
    ends = [changed[id].end for id in point.after if id in changed]
    if point.after:
        return replace(point, planned=max((point.planned, *ends)))
    coming = [changed.get(step.id, step).start for step in wave.steps if step.start == point.planned]
    return replace(point, planned=max(point.planned, min(coming, default=point.planned)))


def _next(wave: Wave | None, delay: Delay, step: Step) -> CheckPoint | None:
    """The first check point after the delay that is not final."""
    if wave is None:
        return None
    own = {point.id for point in wave.check_points if point.planned >= step.end and not point.final}
    late = {point.id: point for point in delay.points}
    points = (late.get(point.id, point) for point in wave.check_points if point.id in own)
    return min(points, key=lambda point: point.planned, default=None)
