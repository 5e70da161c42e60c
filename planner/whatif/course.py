"""The course of a plan around one instant: which steps a changed replay begins and ends with."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from planner.plan.step import Step
from planner.plan.wave import CheckPoint, Turn, Wave
from planner.safety.context import Context
from planner.units.span import Minute


class Course:
    """Where each step belongs, and from which quiet instants a replay can begin again."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.steps = {step.id: step for step in context.plan.steps()}
        self.wave_of = {step.id: wave for wave in context.plan.waves for step in wave.steps}
        self._quiet = tuple(_quiet(context))

    def begin(self, at: Minute) -> Minute:
        """The last instant not after ``at`` at which no step of a wave is under way."""
        return self._quiet[max(bisect_right(self._quiet, at) - 1, 0)]

    def since(self, begin: Minute, until: Minute) -> tuple[Step, ...]:
        """The steps that are done between two instants; preparation that is under way at the first is among them."""
        return tuple(step for step in self.context.plan.steps() if step.end > begin and step.start < until)

    def turn_of(self, step: Step) -> Turn | None:
        """The turn in which a step of a wave is done."""
        wave = self.wave_of.get(step.id)
        turns = wave.turns if wave else ()
        return next((turn for turn in turns if turn.start <= step.start < turn.end), None)

    def end_of_turn(self, step: Step) -> Minute:
        """When the turn of a step is over; where the wave has no turns, the wave; the step itself outside waves."""
        turn, wave = self.turn_of(step), self.wave_of.get(step.id)
        if turn is not None:
            return turn.end
        return max(other.end for other in wave.steps) if wave else step.end


def _quiet(context: Context) -> Iterator[Minute]:
    """The start of the horizon, of preparation and of turns, where no step of a wave is under way."""
    plan = context.plan
    work = [step for wave in plan.waves for step in wave.steps]
    starts = {step.start for step in plan.preparation} | {turn.start for wave in plan.waves for turn in wave.turns}
    starts |= {min(step.start for step in wave.steps) for wave in plan.waves if wave.steps}
    yield context.horizon.start
    for start in sorted(starts):
        if start > context.horizon.start and not any(step.start < start < step.end for step in work):
            yield start


def decided_at(wave: Wave, step: Step) -> CheckPoint | None:
    """The check point at which turning back is decided after a step."""
    return next((point for point in wave.check_points if step.id in point.after), None)


def in_time(point: CheckPoint, at: Minute) -> bool:
    """Whether turning back can still be decided at a check point that is reached at an instant (S13)."""
    return not point.final and point.deadline is not None and at <= point.deadline


def spread(steps: Iterable[Step]) -> tuple[Minute, Minute]:
    """The first start and the last end."""
    done = tuple(steps)
    return min(step.start for step in done), max(step.end for step in done)
