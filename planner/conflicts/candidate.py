"""What can be taken away from an inventory, and the small steps by which it can be given way to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce

from planner.model.inventory import Inventory
from planner.plan.refusal import Fact

Change = Callable[[Inventory], Inventory]
"""The same inventory but for one fact; what it is given stays as it is."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One useful step: what is changed in words, how much the office gives way by it (`Cost`), and the change."""

    told: Fact
    cost: int
    change: Change


@dataclass(frozen=True, slots=True)
class Relief:
    """One way to give way, in steps that grow: each of ``rungs`` allows whatever those before it allow."""

    rungs: tuple[Rung, ...]

    @property
    def cost(self) -> int:
        """What its smallest step costs."""
        return self.rungs[0].cost

    @property
    def id(self) -> tuple[str, str]:
        """What tells it from others: all its steps are told alike."""
        return self.rungs[0].told.path, self.rungs[0].told.key


def relief(told: Fact, cost: int, change: Change) -> Relief:
    """A way to give way in one step."""
    return Relief((Rung(told, cost, change),))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact that may take part in a conflict. ``lift`` gives the inventory as if the fact bound nobody.

    ``either``: taking the fact away leaves open whether it is so, as that a thing moves: it may still be as it is.
    """

    fact: Fact
    lift: Change
    reliefs: tuple[Relief, ...] = ()
    either: bool = False

    @property
    def id(self) -> tuple[str, str]:
        """What tells it from others: one path may hold several facts."""
        return self.fact.path, self.fact.key


class Cost:
    """How hard an office finds it to give way, roughly; the next larger step of one kind costs one more."""

    PAPER = 10  # a date, an application, a line in a contract
    PEOPLE = 20  # one more person, or another day for one
    WINDOW = 30  # a longer or a further window
    OUTAGE = 40  # a longer outage for users
    NETWORK = 50  # a segment, a link, a permission
    SPACE = 60  # racks, circuits, cooling, floors
    DATE = 70  # a room earlier or longer, a blackout lifted
    STAY = 90  # the thing is not moved


def lifted(inventory: Inventory, candidates: Iterable[Candidate]) -> Inventory:
    """The inventory as if none of these facts bound anybody."""
    return reduce(lambda found, candidate: candidate.lift(found), candidates, inventory)


def relieved(inventory: Inventory, rungs: Iterable[Rung]) -> Inventory:
    """The inventory with all of these steps taken."""
    return reduce(lambda found, rung: rung.change(found), rungs, inventory)
