"""Turning back when a check point is reached late.

Work that waits for nothing late has gone on meanwhile, so that the rollback of the check point may undo too little. The
one that is taken is the first later one to the same anchor that undoes everything that has been begun by then; of it
only what is about subjects that have been touched since the anchor is done.
"""

from dataclasses import replace

from planner.plan.contingency import Loss
from planner.plan.step import Step
from planner.plan.wave import CheckPoint, Wave
from planner.safety.replay import Replay
from planner.safety.witness import steps_of, undoing
from planner.units.span import Minute, Span
from planner.whatif.broken import Broken
from planner.whatif.course import Course
from planner.whatif.reckoning import Reckoning
from planner.whatif.waiting import Later


class LateReturn:
    """Finds and replays the way back of a wave that is late."""

    def __init__(self, course: Course, reckoning: Reckoning) -> None:
        self._course = course
        self._context = course.context
        self._undoing = undoing(course.context.inventory)
        self._reckoning = reckoning

    def way(self, wave: Wave, reached: CheckPoint, changed: Later) -> CheckPoint | None:
        """The check point whose rollback undoes all that is begun when another one is reached, as if planned then.

        None if none does: what is left of the wave has no rollback.
        """
        begun = self._begun(wave, reached.planned, changed)
        last = max((step.start for step in begun), default=0)
        same = (point for point in wave.check_points if point.anchor == reached.anchor and not point.final)
        enough = [point for point in same if point.planned > last or not begun]
        point = min(enough, key=lambda point: (point.planned, point.id), default=None)
        if point is None:
            return None
        touched = {id for step in begun if step.start >= self._anchor(wave, point) for id in step.assets}
        rollback = (replace(s, assets=tuple(id for id in s.assets if id in touched)) for s in point.rollback)
        return replace(point, planned=reached.planned, rollback=tuple(step for step in rollback if step.assets))

    def losses(self, point: CheckPoint, changed: Later, since: Minute) -> tuple[Loss, ...]:
        """What is lost by turning back there, from when the delay is seen."""
        begin = self._course.begin(min((since, *(self._course.steps[id].start for id in changed))))
        done = (changed.get(step.id, step) for step in self._course.since(begin, point.planned))
        until = max(self._reckoning.until(point.planned), point.planned + 1)
        state = self._context.replay.state_at(begin)
        before = Replay(self._context.inventory, state, done, Span(begin, max(point.planned, begin + 1)))
        turned = Replay(self._undoing, before.state_at(point.planned), steps_of(point), Span(point.planned, until))
        return self._reckoning.losses(Broken(turned), since, before)

    def _begun(self, wave: Wave, at: Minute, changed: Later) -> tuple[Step, ...]:
        """The steps of a wave, as planned, that have begun before an instant although some are late."""
        return tuple(step for step in wave.steps if changed.get(step.id, step).start < at)

    @staticmethod
    def _anchor(wave: Wave, point: CheckPoint) -> Minute:
        """When the state was left to which a rollback leads."""
        turn = next((turn for turn in wave.turns if turn.id == point.anchor), None)
        return turn.end if turn is not None else min(step.start for step in wave.steps)
