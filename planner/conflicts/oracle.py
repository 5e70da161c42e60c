"""Whether an inventory has no plan for certain: by facts, placement, the target state, or every plan gone through."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from planner.conflicts.candidate import Candidate, lifted
from planner.model.inventory import Inventory
from planner.plan.refusal import Proof, Refusal, RefusalKind
from planner.scheduling.schedule import refuted

EFFORT = 1.0
"""How hard small problems are gone through."""


class Stopped(Exception):
    """Who asked for the search has asked for its end."""


def proof_of(refusal: Refusal) -> Proof:
    """How a refusal by `refuted` is proved."""
    if refusal.kind is RefusalKind.NO_PATH:
        return Proof.EXHAUSTED
    placed = all(reason.key.startswith("placement_") for reason in refusal.reasons)
    return Proof.PLACES if placed else Proof.FACTS


@dataclass(slots=True)
class Oracle:
    """Answers for one inventory and the facts that may be lifted, each question only once.

    Asking is counted in ``asked``.
    """

    inventory: Inventory
    candidates: Sequence[Candidate]
    stopped: Callable[[], bool]
    asked: int = 0
    _known: dict[frozenset[int], Proof | None] = field(default_factory=dict)

    def refused(self, kept: frozenset[int]) -> bool:
        """Whether there is no plan for certain where only these of the candidates bind.

        Raises
        ------
        Stopped
            If the search was stopped: then nothing is certain.
        """
        return self.proof(kept) is not None

    def proof(self, kept: frozenset[int]) -> Proof | None:
        """The proof of the same; None proves nothing."""
        if kept not in self._known:
            if self.stopped():
                raise Stopped
            self.asked += 1
            away = (c for number, c in enumerate(self.candidates) if number not in kept)
            self._known[kept] = self._prove(lifted(self.inventory, away))
        return self._known[kept]

    def _prove(self, inventory: Inventory) -> Proof | None:
        found = refuted(inventory, EFFORT, self.stopped)
        return None if found is None else proof_of(found)
