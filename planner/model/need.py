"""What a subject requires: typed needs with trees of all-of and k-of-n.

The trees are data. Whether one holds is decided twice, by `planner.scheduling` and by `planner.safety`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from planner.units.span import Minute


class NeedKind(StrEnum):
    """How a dependent suffers when a need fails (safety.md, "States, places, needs")."""

    HARD = "hard"  # must be stopped cleanly before, and started after
    LIVE = "live"  # unavailable, but need not be stopped
    START = "start"  # required through the start and check steps
    SOFT = "soft"  # degraded: counted and reported
    BATCH = "batch"  # required in its time slot


@dataclass(frozen=True, slots=True)
class Leaf:
    """One asset or system, by id."""

    id: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part."""

    parts: "tuple[Tree, ...]"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least ``count`` of ``parts``.

    ``keep`` members (``count`` or more) have to stay during the move (S04). With ``in_room`` only members that stand
    in the dependent's own room count. ``group`` names the declared group that this tree was written as, if any.
    """

    count: int
    parts: "tuple[Tree, ...]"
    keep: int
    in_room: bool = False
    group: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.count <= self.keep <= len(self.parts):
            raise ValueError(f"need 1 <= count <= keep <= number of parts: {self}")


Tree = Leaf | AllOf | AtLeast


def leaves(tree: Tree) -> Iterator[str]:
    """The ids that a tree names, in the order written."""
    match tree:
        case Leaf(id):
            yield id
        case AllOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from leaves(part)


@dataclass(frozen=True, slots=True)
class Need:
    """One requirement of one subject.

    ``mbps`` and ``latency_ms`` describe the traffic to each remote leaf; None is unknown. ``since`` and ``until`` bound
    its validity; None is always. ``slot`` names the hours in which a batch need is required.
    """

    kind: NeedKind
    tree: Tree
    mbps: int | None = None
    latency_ms: float | None = None
    same_room: bool = False
    since: Minute | None = None
    until: Minute | None = None
    slot: str | None = None
    may_miss: int = 0
