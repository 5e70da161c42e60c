"""How hard to look, and what made a plan."""

from dataclasses import dataclass
from importlib.metadata import version


@dataclass(frozen=True, slots=True)
class Options:
    """``effort`` multiplies every limit of the search; 1 is the default. ``seed`` goes to the solver.

    Effort is counted in drafts and deterministic units of the solver, never by the clock.
    """

    effort: float = 1.0
    seed: int = 0


def solver_name() -> str:
    """Name and version of the solver, for the plan."""
    return f"ortools {version('ortools')}"
