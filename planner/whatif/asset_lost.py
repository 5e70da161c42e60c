"""Every asset that does not come up again (N-1).

What is assumed of the crew: that the asset is lost shows when the step ends that brings it up. If the check point of
that step, or where it has none the next one of its turn, is reached before its deadline, they turn back there by the
plan's own rollback; the asset stays lost in its old place too, as the worst case. Otherwise they finish the turn
without it and begin no other. Either way VMs of a lost host start on other hosts of the cluster that have memory for
them, and nothing of later waves is done until the reckoning ends. What is lost in preparation is seen days before:
nothing more is begun.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.model.chain import StepKind
from planner.plan.contingency import Case, Cover, CoverKind, Failure, Obstacle, Reaction
from planner.plan.step import Step
from planner.plan.wave import CheckPoint
from planner.safety.change import Become
from planner.safety.condition import Condition, State
from planner.safety.context import Context
from planner.safety.effects import effects
from planner.safety.replay import Replay
from planner.safety.witness import length, steps_of, undoing
from planner.units.span import Minute, Span
from planner.whatif.broken import Broken, broken, but_for, state_after, stuck
from planner.whatif.course import Course, decided_at, in_time
from planner.whatif.covers import covers_of, fallbacks
from planner.whatif.hosts import other_hosts
from planner.whatif.reckoning import Reckoning


@dataclass(frozen=True, slots=True)
class Occasion:
    """A step at whose end an asset comes up."""

    asset: str
    step: Step


class Loser:
    """Takes assets out of a plan, one occasion at a time."""

    def __init__(self, course: Course, reckoning: Reckoning) -> None:
        self._course = course
        self._context: Context = course.context
        self._inventory = course.context.inventory
        self._undoing = undoing(self._inventory)
        self._reckoning = reckoning
        self._worth: dict[str, int] = {}

    def occasions(self) -> Iterator[Occasion]:
        """Every step of the plan that brings an asset up, in order of time."""
        steps = self._context.plan.steps()
        for timed in effects(self._inventory, steps, State.start(self._inventory)):
            change = timed.change
            if isinstance(change, Become) and change.condition is Condition.UP and change.id in self._inventory.assets:
                step = next((s for s in steps if change.id in s.assets and s.end == timed.minute), None)
                if step is not None:
                    yield Occasion(change.id, step)

    def case(self, occasion: Occasion) -> Case:
        """What comes of it if the asset does not come up on this occasion."""
        step, wave = occasion.step, self._course.wave_of.get(occasion.step.id)
        point = self._point(step)
        back = point if point is not None and in_time(point, point.planned) else None
        lost, hosts = self._without(occasion, back)
        losses, end = self._reckoning.losses(lost, step.end), lost.replay.moments[-1]
        moved = (Cover(CoverKind.HOSTS, hosts),) if hosts else ()
        put_off = Reaction.NOT_BEGUN if wave is None else Reaction.CARRY_ON
        return Case(
            Failure.ASSET,
            occasion.asset,
            wave.id if wave else None,
            step.id,
            step.end,
            put_off if back is None else Reaction.TURN_BACK,
            check_point=point.id if point else None,
            deadline=point.deadline if point else None,
            rollback=None if wave is None else back is not None,
            losses=losses,
            covers=(
                *moved,
                *covers_of(self._inventory, occasion.asset, end),
                *fallbacks(self._inventory, losses),
            ),
            if_back=self._old_end(occasion) if back is None else self._if_back(back),
            obstacle=Obstacle.MISSING if wave is None else None,
        )

    def _point(self, step: Step) -> CheckPoint | None:
        """Where turning back is decided: after the step, or at the next check point of its turn."""
        wave = self._course.wave_of.get(step.id)
        if wave is None:
            return None
        end = self._course.end_of_turn(step)
        later = (point for point in wave.check_points if step.end <= point.planned <= end and not point.final)
        return decided_at(wave, step) or min(later, key=lambda point: point.planned, default=None)

    def _without(self, occasion: Occasion, back: CheckPoint | None) -> tuple[Broken, tuple[str, ...]]:
        """The replay in which the asset is lost, and the hosts that its VMs have moved to."""
        step, dead = occasion.step, {occasion.asset: occasion.step.end}
        inventory, at = self._inventory, self._course.begin(step.start)
        state, done = self._context.replay.state_at(at), self._course.since(at, self._course.end_of_turn(step))
        until = self._until(max(other.end for other in (step, *done)))
        if back is not None:
            done = stuck(inventory, state, done, dead, until)
            inventory, at, state = self._undoing, back.planned, state_after(inventory, state, done, back.planned)
            done = steps_of(back)
            until = self._until(at + length(back))
        end = state_after(inventory, state, stuck(inventory, state, done, dead, until), until - 1)
        goals = other_hosts(inventory, occasion.asset, end)
        if goals:
            done = (*done, _restart(goals, max(at, step.end)))
        return broken(inventory, state, done, dead, Span(at, until)), tuple(sorted(set(goals.values())))

    def _until(self, end: Minute) -> Minute:
        """How far a replay of work that ends at an instant goes."""
        return max(self._reckoning.until(end), end + 1)

    def _if_back(self, back: CheckPoint) -> int:
        """What is lost by turning back if the asset works again where it was; worked out once for a check point."""
        if back.id not in self._worth:
            at = back.planned
            span = Span(at, self._until(at + length(back)))
            replay = Replay(self._undoing, self._context.replay.state_at(at), steps_of(back), span)
            self._worth[back.id] = sum(loss.weighted for loss in self._reckoning.losses(Broken(replay), at))
        return self._worth[back.id]

    def _old_end(self, occasion: Occasion) -> int | None:
        """What is lost if a line whose old end is still there is not switched over; None for anything else."""
        step = occasion.step
        if step.kind is not StepKind.SWITCH_OVER or not self._inventory.assets[occasion.asset].dual_lay:
            return None
        at = self._course.begin(step.start)
        done = but_for(self._course.since(at, self._course.end_of_turn(step)), occasion.asset, step.start)
        span = Span(at, self._until(self._course.end_of_turn(step)))
        replay = Replay(self._inventory, self._context.replay.state_at(at), done, span)
        return sum(loss.weighted for loss in self._reckoning.losses(Broken(replay), step.end))


def _restart(goals: dict[str, str], at: Minute) -> Step:
    """The VMs are entered on other hosts; how long they take to start stands in their own steps."""
    return Step("restart", StepKind.MIGRATE, tuple(goals), at, at + 1, hosts=goals)
