"""What happens in one window: turns, check points, gates."""

from dataclasses import dataclass

from planner.plan.step import RollbackStep, Step
from planner.units.span import Minute, Span

CARRY_ON = "carry_on"
"""The fallback of a wave in which nobody is out after the point of no return."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A part of a wave after which the state may last: what is moved together, from ``start`` to ``end``."""

    id: str
    assets: tuple[str, ...]
    start: Minute
    end: Minute


@dataclass(frozen=True, slots=True)
class CheckPoint:
    """An instant at which turning back is decided (S13).

    ``after`` are the steps that end there (empty: the instant before the first disconnection). ``planned`` is that
    instant, ``minutes`` the length R of ``rollback``, ``deadline`` = min(window end, latest permitted returns) -
    margin - R. ``bound_by`` names what gives the minimum: a system's id or "window". ``anchor`` is the id of the
    turn whose end state the rollback returns to, None for the state before the wave. ``final`` check points have no
    deadline.
    """

    id: str
    after: tuple[str, ...]
    planned: Minute
    final: bool = False
    minutes: int | None = None
    deadline: Minute | None = None
    bound_by: str | None = None
    anchor: str | None = None
    rollback: tuple[RollbackStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """A go/no-go decision directly before ``before`` (a step id); "no" is the default."""

    id: str
    at: Minute
    before: str
    decider: str
    deputy: str
    criteria: tuple[str, ...]
    default: str = "no"


@dataclass(frozen=True, slots=True)
class Wave:
    """Everything that happens in one window, steps ordered by (start, id).

    After the ``point_of_no_return``, a step's id, ``fallback`` is what people do while what is left takes longer, or
    `CARRY_ON`, and ``fallback_minutes`` how much longer than planned that may be.
    """

    id: str
    window_id: str
    window: Span
    turns: tuple[Turn, ...]
    steps: tuple[Step, ...]
    check_points: tuple[CheckPoint, ...] = ()
    gates: tuple[Gate, ...] = ()
    point_of_no_return: str | None = None
    fallback: str | None = None
    fallback_minutes: int | None = None
