"""How a state of a small problem was reached, and what that cost."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.calendar import Window
from planner.scheduling.exhaust_state import Node
from planner.scheduling.turning_back import Return
from planner.units.span import Minute

Layer = dict[Node, list["Way"]]
"""The ways that are worth following, by the state that they lead to."""


@dataclass(frozen=True, slots=True)
class Event:
    """What begins at an instant, as (unit, chain, task), who is out in the grain, and whether a turn ends with it.

    ``returns`` are the ways back from the check points at its two ends.
    """

    at: Minute
    begun: tuple[tuple[int, int, int], ...]
    out: frozenset[str]
    ends_turn: bool
    window: Window
    returns: Mapping[Minute, Return] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Way:
    """``first`` are hundredths for minutes in service hours, ``rest`` sixtieths of these for all else.

    ``spent`` are the minutes of each system's budget.
    """

    first: int
    rest: int
    spent: tuple[int, ...]
    last: Event | None = None
    before: "Way | None" = None

    @property
    def score(self) -> tuple[int, int]:
        return self.first, self.rest

    def no_worse(self, other: "Way") -> bool:
        return self.score <= other.score and all(a <= b for a, b in zip(self.spent, other.spent, strict=True))

    def events(self) -> list[Event]:
        """From the first to the last."""
        found, way = [], self
        while way.before:
            found += [way.last] if way.last else []
            way = way.before
        return found[::-1]


def keep(layer: Layer, node: Node, way: Way) -> None:
    """Remember a way to a state unless one that is known is no worse; forget those that it beats."""
    known = layer.setdefault(node, [])
    if not any(other.no_worse(way) for other in known):
        layer[node] = [other for other in known if not way.no_worse(other)] + [way]
