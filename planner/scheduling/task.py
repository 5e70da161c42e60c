"""A step before it has a time and people."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.model.asset import Crew, Demand
from planner.model.chain import StepKind
from planner.model.place import Position
from planner.units.span import Spans


@dataclass(frozen=True, slots=True)
class Task:
    """One step to be timed: ``minutes`` long (at least 1), after the ends of the tasks in ``after`` (keys).

    ``inside`` restricts it to these spans (None: anywhere in the block); ``weak`` says that the restriction may be
    given up for a provisional acceptance. ``uses`` are the conveyances that carry it.
    """

    key: str
    kind: StepKind
    assets: tuple[str, ...]
    minutes: int
    crew: Crew = ()
    witness: Demand | None = None
    after: frozenset[str] = frozenset()
    to: Mapping[str, Position] = field(default_factory=dict)
    hosts: Mapping[str, str] = field(default_factory=dict)
    holder: str | None = None
    inside: Spans | None = None
    provisional: bool = False
    uses: tuple[str, ...] = ()

    @property
    def demands(self) -> Crew:
        """Everybody that the task keeps busy."""
        return (*self.crew, self.witness) if self.witness else self.crew
