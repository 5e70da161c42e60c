"""A plan: what is decided, what follows from it, and how good it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.model.inventory import Inventory
from planner.model.place import Position
from planner.plan.step import Step
from planner.plan.wave import Wave
from planner.units.span import Span


@dataclass(frozen=True, slots=True)
class Outage:
    """A declared interval in which people are told that a system is not available.

    ``inside`` are the computed minutes in it that fall into service hours, ``computed`` all computed minutes.
    """

    system: str
    span: Span
    computed: int
    inside: int


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the objective (hundredths): its value, a lower bound valid for any plan, and how that was proved.

    The proof `exhausted` is one of the whole objective: no plan has less of the first term, nor with that a smaller sum
    of the others; a plan that is worse as a whole may have less of one of these.
    """

    id: str
    value: int
    bound: int
    proof: str
    first: bool = False


GIVEN_UP = "given_up"
"""Why an asset stays where it is: its role ends on a ``day``, before its room closes."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the planner chose where the inventory leaves it open, such as "zei stays, it leaves for the cloud".

    ``why`` is the key of the reason, such as `GIVEN_UP`, and ``values`` what it speaks of; documents have the words.
    """

    subject: str
    chosen: str
    why: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Making:
    """How the plan was made: enough to repeat it. ``stopped`` says that a limit or Ctrl-C ended the search.

    ``alternative`` is what the plan is best in, by the id of the aim, where that is not the policy's own objective.
    """

    product: str
    solver: str
    seed: int = 0
    effort: float = 1.0
    stopped: bool = False
    effort_done: Mapping[str, float] = field(default_factory=dict)
    alternative: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A complete plan of one inventory.

    ``preparation`` are the steps outside waves. ``placements`` give the final position of each asset that changes
    place. ``outages`` are sorted by (start, system). ``rules`` are those that the plan was made to satisfy.
    """

    inventory: Inventory
    inventory_hash: str
    making: Making
    preparation: tuple[Step, ...]
    waves: tuple[Wave, ...]
    outages: tuple[Outage, ...]
    placements: Mapping[str, Position] = field(default_factory=dict)
    objective: tuple[Term, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def steps(self) -> tuple[Step, ...]:
        """All steps of preparation and waves by (start, id)."""
        every = (*self.preparation, *(step for wave in self.waves for step in wave.steps))
        return tuple(sorted(every, key=lambda step: (step.start, step.id)))
