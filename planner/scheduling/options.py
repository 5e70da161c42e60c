"""How hard to look, and what made a plan."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version

from planner.plan.plan import Making

QUESTIONS = "questions"
"""Under this name stands among the effort done how often a stopped search had asked whether to stop."""
STATES = 150_000
"""How many states are looked at for each unit of effort."""


@dataclass(frozen=True, slots=True)
class Options:
    """``effort`` multiplies every limit of the search; 1 is the default. ``seed`` goes to the solver.

    Effort is counted in drafts and deterministic units of the solver, never by the clock. A search asks at many points
    whether to stop: with ``questions`` it stops where it did when a limit or Ctrl-C had ended it after so many.
    """

    effort: float = 1.0
    seed: int = 0
    questions: int | None = None

    @classmethod
    def of(cls, making: Making) -> Options:
        """Those that a plan was made with, so that it is made again."""
        questions = int(making.effort_done[QUESTIONS]) if making.stopped and QUESTIONS in making.effort_done else None
        return cls(making.effort, making.seed, questions)


def solver_name() -> str:
    """Name and version of the solver, for the plan."""
    return f"ortools {version('ortools')}"
