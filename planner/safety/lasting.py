"""States that may last: the one before a wave, and those between its turns (S13, S23)."""

from planner.plan.wave import CheckPoint, Wave
from planner.safety.context import Context
from planner.safety.preparation import is_preparatory
from planner.safety.replay import Replay
from planner.units.span import Minute, Span


class Lasting:
    """Finds and judges the states to which a wave may be turned back; each is judged once."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._out: dict[Minute, tuple[str, ...]] = {}

    def instant(self, wave: Wave, point: CheckPoint) -> Minute | None:
        """When the anchor's state is reached: the start of the wave, or the end of a turn before what is decided about.

        None if there is no such turn, or if it ends after the first step that the check point is about has begun.
        """
        if point.anchor is None:
            binding = [s.start for s in wave.steps if not is_preparatory(self.context.inventory, s)]
            return min((*binding, point.planned))
        turn = next((turn for turn in wave.turns if turn.id == point.anchor), None)
        begun = [step.start for step in wave.steps if step.id in point.after]
        return turn.end if turn is not None and turn.end <= min((*begun, point.planned)) else None

    def unavailable(self, wave: Wave, at: Minute) -> tuple[str, ...]:
        """The systems that are out at an instant between turns though they were not before the wave."""
        first = min((step.start for step in wave.steps), default=at)
        before = self._unavailable(first)
        return tuple(id for id in self._unavailable(at) if id not in before)

    def _unavailable(self, at: Minute) -> tuple[str, ...]:
        if at not in self._out:
            state = self.context.replay.state_at(at)
            moment = Replay(self.context.inventory, state, (), Span(at, at + 1)).moments[0]
            self._out[at] = tuple(id for id in self.context.inventory.systems if not moment.fine(id))
        return self._out[at]
