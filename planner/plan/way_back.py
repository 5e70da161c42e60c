"""What turning back at a check point comes to."""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.units.span import Minute, Span


@dataclass(frozen=True, slots=True)
class WayBack:
    """Turning back, decided at the planned instant of a check point, as it was replayed.

    ``latest`` is when all has to be back, without any margin; ``bound_by`` names what gives it: a system's id or
    "window". ``out`` is from when to when each system is not available; it begins with the decision where the system is
    out already. Systems that turning back does not bring back are not in it.
    """

    latest: Minute
    bound_by: str
    out: Mapping[str, Span]
