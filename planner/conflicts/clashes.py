"""The sets of facts that conflict: each refused by itself, and no more without any one of its facts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from planner.conflicts.candidate import Candidate, lifted
from planner.conflicts.gather import candidates
from planner.conflicts.oracle import EFFORT, Ask, Oracle
from planner.conflicts.smallest import smallest_refused
from planner.model.inventory import Inventory
from planner.plan.refusal import Conflict

MOST_CONFLICTS = 6
"""Sets of facts that are told; where there are more, the refusal's reasons name the rest."""
LAYERS = 6
"""How often what is refused behind what is refused is looked at."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A conflict with the facts as they may be lifted, in the same order."""

    told: Conflict
    candidates: tuple[Candidate, ...]


@dataclass(slots=True)
class Clashing:
    """A search for them among the facts of ``universe``, which grows by what is refused behind these."""

    inventory: Inventory
    universe: tuple[Candidate, ...]
    ask: Ask
    stopped: Callable[[], bool]

    def run(self) -> Iterator[Clash]:
        """One set after the other, each without the facts of those before.

        Raises
        ------
        Stopped
            If the search was stopped.
        """
        self._look_behind()
        oracle = Oracle(self.inventory, self.universe, self.ask, self.stopped)
        left = frozenset(range(len(self.universe)))
        for _ in range(MOST_CONFLICTS):
            found = self._clash(oracle, left) if left else None
            if found is None:
                return
            numbers, clash = found
            yield clash
            left -= numbers

    def _look_behind(self) -> None:
        """Add the facts that keep the inventory refused where none of those known binds."""
        for _ in range(LAYERS):
            refusal = self.ask(lifted(self.inventory, self.universe), EFFORT)
            known = {candidate.id for candidate in self.universe}
            behind = candidates(self.inventory, refusal.reasons) if refusal else ()
            more = [candidate for candidate in behind if candidate.id not in known]
            if not more:
                return
            self.universe = (*self.universe, *more)

    def _clash(self, oracle: Oracle, left: frozenset[int]) -> tuple[frozenset[int], Clash] | None:
        """The smallest set of these, and asked again: it is refused, and without any one of its facts it is not."""
        found = smallest_refused(left, oracle.refused)
        if found is None or not found[0]:
            return None
        numbers, smallest = frozenset(found[0]), found[1]
        proof = oracle.proof(numbers)
        if proof is None or any(oracle.refused(numbers - {number}) for number in numbers):
            return None
        chosen = tuple(self.universe[number] for number in found[0])
        return numbers, Clash(Conflict(tuple(c.fact for c in chosen), proof, smallest), chosen)
