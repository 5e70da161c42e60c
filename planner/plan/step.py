"""One step of a plan, and one step of a rollback."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.model.chain import StepKind
from planner.model.place import Position
from planner.units.span import Minute, Span


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of work on one or more subjects (assets, systems, links), ``[start, end)``.

    ``people`` do it and ``witness`` is the second pair of eyes; all of them are busy throughout. ``to`` is where a
    CARRY, MOUNT or SWITCH_OVER of a line ends, per asset; ``hosts`` the new host of each migrated VM. ``holder`` is
    the reference's holder of an UPDATE. A step of length 0 is not written.
    """

    id: str
    kind: StepKind
    assets: tuple[str, ...]
    start: Minute
    end: Minute
    people: tuple[str, ...] = ()
    witness: str | None = None
    to: Mapping[str, Position] = field(default_factory=dict)
    hosts: Mapping[str, str] = field(default_factory=dict)
    holder: str | None = None
    provisional: bool = False

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class RollbackStep:
    """A step of a witness schedule; ``offset`` minutes after the decision to turn back.

    ``holder`` is who is told the old address again by an UPDATE.
    """

    kind: StepKind
    assets: tuple[str, ...]
    offset: int
    minutes: int
    people: tuple[str, ...] = ()
    witness: str | None = None
    to: Mapping[str, Position] = field(default_factory=dict)
    hosts: Mapping[str, str] = field(default_factory=dict)
    holder: str | None = None
