"""What becomes of a project that stops: the answers of `planner stops`."""

from dataclasses import dataclass
from enum import StrEnum

from planner.plan.finding import Finding
from planner.units.span import Minute


class Stopping(StrEnum):
    """What stopping means there."""

    TURN_BACK = "turn_back"  # at a gate: the turn under way is undone, the turns that are over stay
    CARRY_ON = "carry_on"  # at a gate after the point of no return: the wave is finished first
    PAUSE = "pause"  # between two waves: the next one is not begun


@dataclass(frozen=True, slots=True)
class Stop:
    """A gate or the gap after a wave (``id``), and the state that is left there.

    ``at`` is when it is decided or reached, ``begins`` when the state is left, ``resumes`` when the plan goes on or the
    wave can be tried again, ``asked`` until when the state has to last by the policy (S23). ``breaks`` is everything
    that the state violates up to the horizon and that was not so before the first step, by its first instant;
    ``windows`` are the starts of the windows from ``resumes`` on in which what comes next could still be done before
    the first of them, blackouts and closed rooms considered.
    """

    id: str
    wave: str
    how: Stopping
    at: Minute
    begins: Minute
    resumes: Minute
    asked: Minute
    breaks: tuple[Finding, ...]
    windows: tuple[Minute, ...]

    @property
    def lasts(self) -> Minute | None:
        """The first instant at which a rule would be broken; None: not before the horizon ends."""
        return next((finding.span.start for finding in self.breaks if finding.span is not None), None)
