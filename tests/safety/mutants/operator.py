"""A fault operator: what it does to a plan, the rule that it breaks, and a proof of that by counting."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from planner.model.inventory import Inventory
from planner.plan.plan import Plan

Apply = Callable[[Random, Inventory, Plan], Plan | None]
"""The mutated plan; None where the operator does not apply."""
Proof = Callable[[Inventory, Plan], bool]
"""Whether the mutated plan breaks the rule, decided without the verifier."""

GONE = (LookupError, StopIteration, ValueError)
"""What happens where a step is looked for that another fault has taken away."""


@dataclass(frozen=True, slots=True)
class Operator:
    """``needs`` are the parts that a town has to have. ``decides``: what the proof lets pass keeps the rule."""

    name: str
    rule: str
    needs: tuple[str, ...]
    apply: Apply
    proves: Proof
    decides: bool

    def tried(self, random: Random, inventory: Inventory, plan: Plan) -> Plan:
        """A plan, wrong already maybe, as the operator leaves it; unchanged where what it looks for is gone."""
        try:
            return self.apply(random, inventory, plan) or plan
        except GONE:
            return plan

    def holds(self, inventory: Inventory, plan: Plan) -> bool:
        """Whether the proof holds for any plan; it says nothing where what it counts is gone."""
        try:
            return self.proves(inventory, plan)
        except GONE:
            return False

    def __str__(self) -> str:
        return self.name.replace("_", "-")


class Family(list[Operator]):
    """The operators of one kind, in the order written."""

    def breaks(self, rule: str, proves: Proof, *needs: str, decides: bool = False) -> Callable[[Apply], Apply]:
        """The function is an operator; its name says what is done wrong."""

        def add(apply: Apply) -> Apply:
            self.append(Operator(apply.__name__, rule, needs, apply, proves, decides))  # type: ignore[attr-defined]
            return apply

        return add
